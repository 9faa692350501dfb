import Foundation
import WaveGAN

/// What NumPy, SciPy and librosa say, from `Tests/Golden/evaluation_golden.json`; the script that made
/// it is beside it.
struct EvaluationGolden: Decodable {
  struct Case: Decodable {
    let count: Int
    let referenceCount: Int
    let width: Int
    let scale: Double
    let shift: Double
    let frechetDistance: Double
    let kernelDistance: Double
    let selfDistance: Double
    let trainDistance: Double
    let pairDistance: Double
    let precision: Double
    let recall: Double
    let density: Double
    let coverage: Double

    var candidate: FeatureMatrix {
      .made(seed: 7, count: count, width: width, scale: scale, shift: shift)
    }
    var reference: FeatureMatrix { .made(seed: 11, count: referenceCount, width: width) }
  }

  struct Clip: Decodable {
    let sampleRate: Int
    let length: Int
    let frameCount: Int
    /// Every eighth part of the frames, from the first on.
    let levels: [[Double]]
    let envelope: [[Double]]

    /// The clip that the script makes.
    var samples: [Float] {
      let noise = FeatureMatrix.made(seed: 99, count: length, width: 1).values
      return (0..<length).map { index in
        let t = Double(index) / Double(sampleRate)
        guard t < 0.8 * Double(length) / Double(sampleRate) else { return 0 }
        let tone = sin(2 * Double.pi * (300 * t + 400 * t * t))
        return Float((tone + 0.1 * noise[index]) * exp(-4 * t))
      }
    }
  }

  let cases: [Case]
  let clips: [Clip]
  let quantiles: [Double]

  init() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Golden/evaluation_golden.json")
    self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: file))
  }
}

extension FeatureMatrix {
  /// Points from the generator of Park and Miller: the same numbers in Swift and in Python.
  static func made(
    seed: Int, count: Int, width: Int, scale: Double = 1, shift: Double = 0
  ) -> FeatureMatrix {
    var state = seed
    let values = (0..<count * width).map { index in
      state = state * 48_271 % 2_147_483_647
      let value = Double(state) / 2_147_483_647 - 0.5
      return value * (scale / Double(1 + index % width)) + shift
    }
    return FeatureMatrix(rowCount: count, width: width, values: values)
  }
}
