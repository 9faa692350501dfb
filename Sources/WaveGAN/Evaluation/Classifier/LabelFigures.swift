/// What a classifier makes of some clips: figures that need labels.
///
/// Each has the same figure of held-out recordings beside it, which a generator is measured by: what
/// the classifier does not tell apart there, it cannot tell of generated clips.
public struct LabelFigures: Sendable, Hashable, Codable {
  /// The part of the clips that are taken for the label that they have or claim, 0 to 1; nil where
  /// none has one.
  public var labelAccuracy: Double?
  /// The same label by label, `[L]`; nil for a label that no clip has.
  public var labelAccuracies: [Double?]
  /// exp of the mean divergence of a clip's labels from those of all, 1 to L, high at best.
  public var inceptionScore: Double
  /// exp of the mean divergence of two clips' labels, from 1 up, high at best.
  public var modifiedInceptionScore: Double
  /// How unsure the labels are, and how far their frequencies are from the training clips', in
  /// nats; 0 at best.
  public var amScore: Double
  /// The Fréchet distance of what the classifier's last layer judges by, against that of training
  /// clips; nil where there are fewer than two clips on a side.
  public var classifierDistance: Double?
  /// Clips by the label that they have or claim, then by the one that they are taken for, `[L][L]`.
  public var confusion: [[Int]]

  /// The label that is recognised least, an index in ``Evaluation/Reference/labels``: the first of
  /// equal ones; nil where no clip has one.
  public var leastLabel: Int? {
    labelAccuracies.indices.filter { labelAccuracies[$0] != nil }
      .min { (labelAccuracies[$0] ?? 1) < (labelAccuracies[$1] ?? 1) }
  }

  /// Writes every figure, those that are not there as null.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(labelAccuracy, forKey: .labelAccuracy)
    try container.encode(labelAccuracies, forKey: .labelAccuracies)
    try container.encode(inceptionScore, forKey: .inceptionScore)
    try container.encode(modifiedInceptionScore, forKey: .modifiedInceptionScore)
    try container.encode(amScore, forKey: .amScore)
    try container.encode(classifierDistance, forKey: .classifierDistance)
    try container.encode(confusion, forKey: .confusion)
  }
}
