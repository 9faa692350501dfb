import Foundation

/// What librosa says, from `Tests/Golden/spectra_golden.json`; the script that made it is beside it.
struct Golden: Decodable {
  struct Mel: Decodable {
    struct Row: Decodable {
      let first: Int
      let weights: [Float]
    }
    let sampleRate: Int
    let fftLength: Int
    let lowHz: Double
    let highHz: Double
    let scale: String
    let isAreaNormalized: Bool
    let rows: [Row]
  }

  struct LogMel: Decodable {
    let sampleRate: Int
    let sampleCount: Int
    let fftLength: Int
    let hopLength: Int
    let bandCount: Int
    let frameCount: Int
    let frames: [Int]
    let features: [[Float]]
    let magnitudes: [Float]
    let amplitudes: [Float]
  }

  let mel: [Mel]
  let logMel: [LogMel]

  static func load() throws -> Golden {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Golden/spectra_golden.json")
    return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
  }
}
