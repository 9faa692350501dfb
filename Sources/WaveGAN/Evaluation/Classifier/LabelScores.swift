import Foundation

/// Scores of clips by what a classifier makes of them, p(y|xᵢ): one row of L probabilities a clip.
///
/// Logarithms are natural, and of nothing smaller than 10⁻¹⁶, so that a probability that was rounded
/// to 0 does not make a score infinite.
///
/// Each takes probabilities `[n][L]`, and costs O(n·L).
package enum LabelScores {
  /// The smallest probability that a logarithm is taken of.
  private static let smallest = 1e-16

  private static func logarithm(_ p: Double) -> Double { log(max(p, smallest)) }

  /// The label with the highest probability, the first of equal ones.
  package static func likeliest(_ probabilities: [Double]) -> Int {
    probabilities.indices.reduce(0) { probabilities[$1] > probabilities[$0] ? $1 : $0 }
  }

  /// The part of the clips whose likeliest label is the one that they claim, 0 to 1.
  ///
  /// - Parameters:
  ///   - probabilities: `[n][L]`.
  ///   - labels: the right ones, or those that clips were generated for, `[n]`.
  package static func accuracy(_ probabilities: [[Double]], labels: [Int]) -> Double {
    precondition(probabilities.count == labels.count, "not every clip has a label")
    let rightCount = zip(probabilities, labels).count { likeliest($0) == $1 }
    return Double(rightCount) / Double(max(1, labels.count))
  }

  /// The mean probability of each label, p(y), `[L]`.
  package static func marginal(_ probabilities: [[Double]]) -> [Double] {
    means(probabilities.count, probabilities.first?.count ?? 0) { probabilities[$0][$1] }
  }

  /// The Inception Score: high where each clip is surely something, and the clips together
  /// everything.
  ///
  ///     exp(1/n · Σᵢ KL(p(y|xᵢ) ‖ p(y)))
  ///
  /// 1 where no clip tells anything, L where each surely has one label and all labels are equally
  /// frequent. Over all clips at once: the mean over ten splits that is often reported is lower, the
  /// more so the fewer the clips.
  ///
  /// Source: Salimans et al. 2016, section 4.
  package static func inceptionScore(_ probabilities: [[Double]]) -> Double {
    let marginal = marginal(probabilities)
    return exp(
      mean(probabilities) { p in
        zip(p, marginal).reduce(0) { $0 + $1.0 * (logarithm($1.0) - logarithm($1.1)) }
      })
  }

  /// The modified Inception Score, which counts diversity twice: every clip is compared with every
  /// other instead of with their mean.
  ///
  ///     exp(1/n² · Σᵢ Σⱼ KL(p(y|xᵢ) ‖ p(y|xⱼ)))
  ///
  /// 1 where all clips are alike to the classifier; without a bound above.
  ///
  /// Source: Gurumurthy et al. 2017 (DeLiGAN), section 4; over all clips, not label by label.
  package static func modifiedInceptionScore(_ probabilities: [[Double]]) -> Double {
    let marginal = marginal(probabilities)
    // Σᵢ Σⱼ Σ p(y|xᵢ) ln p(y|xⱼ) is a product of two sums.
    let meanLogarithms = means(probabilities.count, marginal.count) {
      logarithm(probabilities[$0][$1])
    }
    let crossEntropy = -zip(marginal, meanLogarithms).reduce(0) { $0 + $1.0 * $1.1 }
    return exp(crossEntropy - mean(probabilities, entropy))
  }

  /// The AM score, low where each clip is surely something, and the labels are as frequent as they
  /// ought to be.
  ///
  ///     KL(r(y) ‖ p(y)) + 1/n · Σᵢ H(p(y|xᵢ))
  ///
  /// 0 at best, in nats. Unlike the Inception Score it knows how frequent labels are in the
  /// reference, r.
  ///
  /// Source: Zhou et al. 2018 (activation maximisation), section 5.
  ///
  /// - Parameters:
  ///   - probabilities: `[n][L]`.
  ///   - reference: r(y), the frequency of each label in the reference, `[L]`.
  package static func amScore(_ probabilities: [[Double]], reference: [Double]) -> Double {
    let divergence = zip(reference, marginal(probabilities)).reduce(0) {
      $0 + $1.0 * (logarithm($1.0) - logarithm($1.1))
    }
    return divergence + mean(probabilities, entropy)
  }

  /// −Σ p ln p, in nats.
  private static func entropy(_ p: [Double]) -> Double {
    -p.reduce(0) { $0 + $1 * logarithm($1) }
  }

  private static func mean(
    _ probabilities: [[Double]], _ term: ([Double]) -> Double
  ) -> Double {
    probabilities.reduce(0) { $0 + term($1) } / Double(max(1, probabilities.count))
  }

  /// The mean over rows of each column.
  private static func means(
    _ rowCount: Int, _ columnCount: Int, _ number: (_ row: Int, _ column: Int) -> Double
  ) -> [Double] {
    (0..<columnCount).map { column in
      (0..<rowCount).reduce(0) { $0 + number($1, column) } / Double(max(1, rowCount))
    }
  }
}
