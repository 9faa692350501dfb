import Foundation

/// What SciPy and NumPy say, from `Tests/Golden/listening_golden.json`; the script that made it is
/// beside it.
struct ListeningGolden: Decodable {
  struct Student: Decodable {
    let freedom: Double
    let t: Double
    let cumulative: Double
  }
  struct StudentQuantile: Decodable {
    let freedom: Double
    let p: Double
    let t: Double
  }
  struct NormalQuantile: Decodable {
    let p: Double
    let x: Double
  }
  struct Beta: Decodable {
    let x: Double
    let a: Double
    let b: Double
    let value: Double
  }
  struct Noncentral: Decodable {
    let freedom: Double
    let t: Double
    let noncentrality: Double
    let cumulative: Double
  }
  struct Binomial: Decodable {
    let k: Int
    let n: Int
    let p: Double
    let twoSided: Double
    let atLeast: Double
    let low: Double
    let high: Double
  }
  struct Wilcoxon: Decodable {
    let seed: Int
    let count: Int
    let step: Double
    let statistic: Double
    let exact: Double?
    let asymptotic: Double
  }
  struct Mean: Decodable {
    let seed: Int
    let count: Int
    let mean: Double
    let deviation: Double
    let low: Double
    let high: Double
  }
  struct Correction: Decodable {
    let p: [Double]
    let adjusted: [Double]
  }
  struct Agreement: Decodable {
    let seed: Int
    let units: Int
    let raters: Int
    let answers: Int
    let nominal: Double
    let ordinal: Double
    let interval: Double
  }
  struct Information: Decodable {
    let seed: Int
    let labels: Int
    let count: Int
    let bits: Double
    let correctedBits: Double
  }
  struct Correlation: Decodable {
    let seed: Int
    let count: Int
    let r: Double
  }
  struct Screening: Decodable {
    let seed: Int
    let count: Int
    let step: Double
    let p: Double
  }
  struct Power: Decodable {
    let listeners: Int
    let difference: Double
    let level: Double
    let power: Double
  }

  let student: [Student]
  let studentQuantiles: [StudentQuantile]
  let normalQuantiles: [NormalQuantile]
  let beta: [Beta]
  let noncentral: [Noncentral]
  let binomial: [Binomial]
  let wilcoxon: [Wilcoxon]
  let means: [Mean]
  let corrections: [Correction]
  let agreement: [Agreement]
  let information: [Information]
  let correlation: [Correlation]
  let screening: [Screening]
  let power: [Power]

  init() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Golden/listening_golden.json")
    self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: file))
  }

  /// The numbers that the script makes, 0 ... 1 (Park and Miller).
  static func numbers(seed: Int, count: Int) -> [Double] {
    var state = seed
    return (0..<count).map { _ in
      state = state * 48271 % 2_147_483_647
      return Double(state) / 2_147_483_647
    }
  }

  /// The differences that the script makes, about 0.15.
  static func differences(seed: Int, count: Int, step: Double) -> [Double] {
    numbers(seed: seed, count: count).map { $0 - 0.35 }
      .map { step > 0 ? ($0 / step + 0.5).rounded(.down) * step : $0 }
  }

  /// The whole numbers that the script makes, 0 ..< answers.
  static func steps(seed: Int, count: Int, answers: Int) -> [Int] {
    numbers(seed: seed, count: count).map { Int($0 * Double(answers)) }
  }
}

/// Whether two numbers are as near as the requirement asks, 10⁻⁶ of SciPy's, or equal.
func agree(_ ours: Double?, _ theirs: Double, within tolerance: Double = 1e-6) -> Bool {
  guard let ours else { return false }
  return abs(ours - theirs) <= tolerance * max(abs(theirs), 1e-3)
}
