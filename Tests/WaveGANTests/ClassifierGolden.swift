import Foundation

/// What PyTorch and NumPy say, from `Tests/Golden/classifier_golden.json`; the script that made it is
/// beside it.
struct ClassifierGolden: Decodable {
  struct Network: Decodable {
    let bandCount: Int
    let frameCount: Int
    let labelCount: Int
    let channelCounts: [Int]
    let labels: [Int]
    let smoothing: Double
    let input: [Float]
    let weights: [String: [Float]]
    let embeddings: [Float]
    let logits: [Float]
    let loss: Double
    let gradients: [String: [Float]]
  }

  struct Scores: Decodable {
    let probabilities: [[Double]]
    let labels: [Int]
    let reference: [Double]
    let accuracy: Double
    let inceptionScore: Double
    let modifiedInceptionScore: Double
    let amScore: Double
  }

  let network: Network
  let scores: [Scores]

  init() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Golden/classifier_golden.json")
    self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: file))
  }
}
