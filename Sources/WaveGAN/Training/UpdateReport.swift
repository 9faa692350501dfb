/// What one update of the discriminator measured.
package struct CriticReport: Sendable, Hashable {
  /// The loss, without the penalty.
  package var loss: Double
  /// The gradient penalty; 0 without one.
  package var penalty: Double
  /// Mean norm of the gradient at the places that the penalty measures; 0 without one.
  package var penalizedNorm: Double
  /// Mean logit of real clips.
  package var realLogit: Double
  /// Mean logit of generated clips.
  package var generatedLogit: Double
  /// Part of the real clips that the discriminator called real, 0 ... 1.
  package var realAccuracy: Double
  /// Part of the generated clips that it called generated, 0 ... 1.
  package var generatedAccuracy: Double
  /// Norm of the gradient of loss and penalty by the parameters.
  package var gradientNorm: Double
}

/// What one update of the generator measured.
package struct GeneratorReport: Sendable, Hashable {
  package var loss: Double
  /// Norm of the gradient by the parameters.
  package var gradientNorm: Double
}
