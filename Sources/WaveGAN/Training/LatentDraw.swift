/// What a clip is made from: random numbers, and how much of each label it has.
struct LatentDraw: Hashable, Sendable {
  /// n, `[Z]`: from N(0, 1), or from U(−1, 1) with uniform latents.
  var noise: [Float]

  /// The part of each label, `[L]`, sum 1: 1 for a clip's label and 0 for the others, or between two
  /// on the way from one to the other. Empty without labels.
  var shares: [Float] = []

  /// What the generator takes, `[Z + L]`: the latent vector, then ``shares``.
  ///
  /// - Parameter prior: makes the latent of the random numbers; without one, they are the latent.
  func input(by prior: LatentPrior?) -> [Float] {
    (prior?.latent(of: noise, shares: shares) ?? noise) + shares
  }
}

extension ModelSettings {
  /// The parts of a clip that has one label, `[L]`; none without labels.
  func shares(ofLabel label: Int) -> [Float] {
    labels.indices.map { $0 == label ? 1 : 0 }
  }

  /// The label of a clip for which none was asked for: one after another, so that it does not depend
  /// on how many clips there are; 0 without labels.
  func label(inTurn index: Int) -> Int { index % max(1, labels.count) }
}
