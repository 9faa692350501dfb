import AudioFiles

extension Renderer {
  /// What stands for some recordings that the run learnt from.
  ///
  ///     n = L⁻¹·(z − μ)
  ///
  /// with z the vector that the warm-up has for a recording, and μ and L of the Gaussian of its label:
  /// of n the prior makes z again. So walks between recordings go where those between seeds go.
  ///
  /// - Throws: ``RunError`` `.unusable` when the checkpoint has no vector for one of them.
  func draws(of digests: Set<ContentDigest>) throws -> [ContentDigest: LatentDraw] {
    let learnt = try LearntRecordings(of: run)
    var draws: [ContentDigest: LatentDraw] = [:]
    for digest in digests {
      guard case .training(let place, let label) = learnt[digest] else {
        throw RunError(
          .unusable, run.path,
          "did not learn from the recording \(digest), so it has no vector for it")
      }
      let vector = try checkpoint.recordingVector(
        at: place, of: learnt.trainingCount, path: run.checkpoint(step: step))
      let model = record.settings.model
      let component = model.labels.firstIndex(of: label) ?? 0
      guard let noise = clipGenerator.noise(of: vector, component: component),
        noise.allSatisfy(\.isFinite)
      else {
        throw RunError(
          .unusable, run.checkpoint(step: step),
          "does not say how the vectors of recordings are distributed, so no walk can begin with one"
        )
      }
      draws[digest] = LatentDraw(noise: noise, shares: model.shares(ofLabel: component))
    }
    return draws
  }
}
