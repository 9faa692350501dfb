import Foundation
package import NeuralNet

/// The formulas of the losses, and their derivatives by each logit.
///
/// x is a real clip, g a generated one; means are over a batch of B.
///
/// | loss | discriminator | generator | source |
/// | --- | --- | --- | --- |
/// | wgan, wgan-gp | mean D(g) − mean D(x) | −mean D(g) | Arjovsky et al. 2017 |
/// | lsgan | ½ (mean (D(x) − 1)² + mean D(g)²) | mean (D(g) − 1)² | Mao et al. 2017 |
/// | dcgan | ½ (mean ς(−D(x)) + mean ς(D(g))) | mean ς(−D(g)) | Goodfellow et al. 2014 |
/// | hinge | mean (1 − D(x))₊ + mean (1 + D(g))₊ | −mean D(g) | Lim & Ye 2017 |
/// | relativistic | mean ς(D(g) − D(x)) | mean ς(D(x) − D(g)) | Jolicoeur-Martineau 2018 |
///
/// The relativistic loss, in the form of Huang et al. 2024, pairs clip i of one batch with clip i
/// of the other, so a logit alone says nothing. ς(a) = log(1 + eᵃ), so that ς(−D) is the
/// cross-entropy of "real" under the probability 1 / (1 + e^−D). The factors ½ are the reference's.
extension ObjectiveSettings.Loss {
  /// A loss with its derivatives.
  package struct Value {
    package var loss: Double
    /// One for each clip.
    package var gradient: [Float]
  }

  /// Whether the loss of a clip depends on the logit of another that it is paired with.
  package var isPaired: Bool { self == .relativistic }

  /// The part of the discriminator's loss that real clips make, by their logits.
  ///
  /// Half of a pair's loss counts as made by either clip.
  ///
  /// - Parameters:
  ///   - logits: of real clips, `[B]`.
  ///   - generated: of the generated clips that they are paired with, `[B]`; other losses
  ///     do not look at them.
  package func onReal(_ logits: [Float], against generated: [Float]) -> Value {
    switch self {
    case .wganGP, .wgan: mean(logits) { (-$0, -1) }
    case .lsgan: mean(logits) { (($0 - 1) * ($0 - 1) / 2, $0 - 1) }
    case .dcgan: mean(logits) { (softplus(-$0) / 2, -sigmoid(-$0) / 2) }
    case .hinge: mean(logits) { (max(0, 1 - $0), $0 < 1 ? -1 : 0) }
    case .relativistic:
      mean(differences(logits, generated)) { (softplus(-$0) / 2, -sigmoid(-$0)) }
    }
  }

  /// The part that generated clips make, by their logits.
  ///
  /// - Parameters:
  ///   - logits: of generated clips, `[B]`.
  ///   - real: of the real clips that they are paired with, `[B]`; other losses
  ///     do not look at them.
  package func onGenerated(_ logits: [Float], against real: [Float]) -> Value {
    switch self {
    case .wganGP, .wgan: mean(logits) { ($0, 1) }
    case .lsgan: mean(logits) { ($0 * $0 / 2, $0) }
    case .dcgan: mean(logits) { (softplus($0) / 2, sigmoid($0) / 2) }
    case .hinge: mean(logits) { (max(0, 1 + $0), $0 > -1 ? 1 : 0) }
    case .relativistic: mean(differences(logits, real)) { (softplus($0) / 2, sigmoid($0)) }
    }
  }

  /// The generator's loss, by the logits of its clips.
  ///
  /// - Parameters:
  ///   - logits: of generated clips, `[B]`.
  ///   - real: of the real clips that they are paired with, `[B]`; other losses
  ///     do not look at them.
  package func ofGenerator(_ logits: [Float], against real: [Float]) -> Value {
    switch self {
    case .wganGP, .wgan, .hinge: mean(logits) { (-$0, -1) }
    case .lsgan: mean(logits) { (($0 - 1) * ($0 - 1), 2 * ($0 - 1)) }
    case .dcgan: mean(logits) { (softplus(-$0), -sigmoid(-$0)) }
    case .relativistic: mean(differences(logits, real)) { (softplus(-$0), -sigmoid(-$0)) }
    }
  }

  /// What keeps the gradient of a discriminator of waveforms small; nil for nothing.
  var gradientPenalty: GradientPenalty? {
    switch self {
    case .wganGP: .towardsOne
    case .relativistic: .towardsZero(gamma: GradientPenalty.gamma)
    case .wgan, .lsgan, .dcgan, .hinge: nil
    }
  }

  /// The logit above which the discriminator calls a clip real.
  ///
  /// A Wasserstein or relativistic critic has no such point of its own, as a constant added to all
  /// its logits changes nothing: there it is half-way between the means of real and generated
  /// clips.
  package func threshold(real: [Float], generated: [Float]) -> Float {
    switch self {
    case .wganGP, .wgan, .relativistic:
      (real.reduce(0, +) / Float(real.count) + generated.reduce(0, +) / Float(generated.count)) / 2
    case .lsgan: 0.5
    case .dcgan, .hinge: 0
    }
  }

  /// The discriminator's loss where it gives every clip the logit that is neither real nor generated:
  /// 0, ¼, ln 2 or 2.
  package var lossOfGuessing: Double {
    let undecided = [threshold(real: [0], generated: [0])]
    return onReal(undecided, against: undecided).loss
      + onGenerated(undecided, against: undecided).loss
  }

  /// How the optimisers of both networks move, as the loss's source has it, or the reference.
  package var optimizerRule: OptimizerRule {
    switch self {
    case .wganGP, .hinge: .adam(beta1: 0.5, beta2: 0.9)
    case .dcgan: .adam(beta1: 0.5, beta2: 0.999)
    case .relativistic: .adam(beta1: 0, beta2: 0.99)
    case .lsgan, .wgan: .rmsProp()
    }
  }

  private func differences(_ logits: [Float], _ others: [Float]) -> [Float] {
    precondition(
      logits.count == others.count, "\(logits.count) logits cannot be paired with \(others.count)")
    return zip(logits, others).map { $0 - $1 }
  }

  private func mean(
    _ logits: [Float], _ term: (Double) -> (value: Double, slope: Double)
  ) -> Value {
    let terms = logits.map { term(Double($0)) }
    return Value(
      loss: terms.reduce(0) { $0 + $1.value } / Double(logits.count),
      gradient: terms.map { Float($0.slope / Double(logits.count)) })
  }
}

/// log(1 + eᵃ), without overflow.
private func softplus(_ a: Double) -> Double { max(a, 0) + log1p(exp(-abs(a))) }

/// 1 / (1 + e^−a), the slope of ``softplus(_:)``.
private func sigmoid(_ a: Double) -> Double {
  a >= 0 ? 1 / (1 + exp(-a)) : exp(a) / (1 + exp(a))
}
