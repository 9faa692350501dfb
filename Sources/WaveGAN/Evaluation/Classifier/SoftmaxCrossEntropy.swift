import Foundation

/// Probabilities of labels from logits, and the loss that a classifier is trained by.
///
///     p[b, l] = exp(z[b, l]) / Σₖ exp(z[b, k])
///     loss    = −1/B · Σ_b Σₗ q[b, l] · ln p[b, l],   ∂loss/∂z = (p − q) / B
///
/// q is 1 at the right label, less a part ε that all labels share: q = 1 − ε + ε/L there and ε/L at
/// the others, so that the logits do not grow for ever. Source: Szegedy et al. 2016, section 7.
package struct SoftmaxCrossEntropy {
  /// Mean over the batch.
  package let loss: Double

  /// With respect to the logits, `[B · L]`.
  package let gradient: [Float]

  /// - Parameters:
  ///   - logits: z, `[B · L]`.
  ///   - labels: the right ones, `[B]`.
  ///   - labelCount: L.
  ///   - smoothing: ε, 0 ..< 1.
  package init(_ logits: [Float], labels: [Int], labelCount: Int, smoothing: Double) {
    var loss = 0.0
    var gradient: [Float] = []
    gradient.reserveCapacity(logits.count)
    for (row, p) in Self.probabilities(logits, labelCount: labelCount).enumerated() {
      for label in 0..<labelCount {
        let q = smoothing / Double(labelCount) + (label == labels[row] ? 1 - smoothing : 0)
        loss -= q * log(max(p[label], .leastNormalMagnitude))
        gradient.append(Float((p[label] - q) / Double(labels.count)))
      }
    }
    self.loss = loss / Double(labels.count)
    self.gradient = gradient
  }

  /// The softmax of each row.
  ///
  /// - Parameters:
  ///   - logits: z, `[B · L]`.
  ///   - labelCount: L.
  /// - Returns: p, `[B][L]`.
  package static func probabilities(_ logits: [Float], labelCount: Int) -> [[Double]] {
    stride(from: 0, to: logits.count, by: labelCount).map { first in
      let row = logits[first..<first + labelCount].map(Double.init)
      // Equal to the formula, and finite for all finite logits.
      let highest = row.max() ?? 0
      let powers = row.map { exp($0 - highest) }
      let sum = powers.reduce(0, +)
      return powers.map { $0 / sum }
    }
  }
}
