package import NeuralNet

/// The latent vector of each recording for training, which a warm-up learns.
///
/// Recordings are counted label by label. After the warm-up, their vectors stay as they are.
package final class RecordingLatents {
  /// The one parameter `latents`, `[N, Z]`.
  package let arena: ParameterArena

  /// The label of each recording, `[N]`; 0 where the networks are told none.
  package let labels: [Int]

  /// Standard deviation of the vectors before the first step: so small that where a recording comes
  /// to lie depends on its sound more than on chance.
  static let firstDeviation: Float = 0.1

  let size: Int
  private let latents: Parameter

  /// Draws the first vectors from the seed.
  init(labels: [Int], settings: TrainingSettings) {
    self.labels = labels
    size = settings.model.latentSize
    arena = ParameterArena([
      .init("latents", [labels.count, size], .normal(deviation: Self.firstDeviation))
    ])
    arena.initialize(seed: settings.seed, firstStream: 2_000)
    latents = arena.parameter("latents")
  }

  /// The vector of a recording, `[Z]`.
  func vector(of recording: Int) -> [Float] {
    (0..<size).map { arena.values[place(recording, $0)] }
  }

  /// What the generator is given for a recording, `[Z + L]`.
  func input(for recording: Int, model: ModelSettings) -> [Float] {
    vector(of: recording) + model.shares(ofLabel: labels[recording])
  }

  /// Where coordinate `z` of a recording's vector lies in the arena: memory is `[Z, N]`.
  func place(_ recording: Int, _ z: Int) -> Int {
    latents.offset + z * labels.count + recording
  }

  /// What the vectors are like as they are.
  func prior(labelCount: Int, bandwidth: Double) -> LatentPrior {
    LatentPrior(
      fittedTo: latents.fileOrder(of: arena.values), labels: labels,
      componentCount: max(1, labelCount), size: size, bandwidth: bandwidth)
  }

  /// Has the draws of a prior that was fitted to the vectors lie around them.
  func center(_ prior: LatentPrior) {
    prior.center(on: latents.fileOrder(of: arena.values), labels: labels)
  }

  /// Mean and standard deviation of each coordinate over all recordings, `[Z]` each.
  var coordinateMoments: (means: [Float], deviations: [Float]) {
    let count = Double(labels.count)
    var (means, deviations): ([Float], [Float]) = ([], [])
    for z in 0..<size {
      let places = place(0, z)..<place(0, z) + labels.count
      let mean = places.reduce(0) { $0 + Double(arena.values[$1]) } / count
      let variance = places.reduce(0) {
        let offset = Double(arena.values[$1]) - mean
        return $0 + offset * offset / count
      }
      means.append(Float(mean))
      deviations.append(Float(variance.squareRoot()))
    }
    return (means, deviations)
  }
}
