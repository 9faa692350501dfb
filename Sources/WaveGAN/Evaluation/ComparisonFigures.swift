/// How a set of clips compares with one of training clips; a figure is nil where there are too few
/// clips for it.
///
/// The features are those of the article <doc:EvaluatingSounds>: distances of clips are root mean square
/// differences of log-mel levels, in dB; the figures that compare distributions use their envelopes.
public struct ComparisonFigures: Sendable, Hashable, Codable {
  /// Fréchet distance of the envelopes, dB²; 0 is best. Takes two clips.
  public var frechetDistance: Double?
  /// Kernel audio distance (KAD), 100 · MMD²; 0 is best, and chance may bring it below. Takes two clips.
  public var kernelDistance: Double?
  /// Part of the clips that are near some training clip; 1 is best. Takes six clips, like the next three.
  public var precision: Double?
  /// Part of the training clips that are near some clip; 1 is best.
  public var recall: Double?
  /// How densely training clips lie about the clips; 1 is usual, more is more typical.
  public var density: Double?
  /// Part of the training clips that have a clip in their neighbourhood; 1 is best.
  public var coverage: Double?
  /// |D|self: mean distance to the nearest other clip of the same set, in dB. Takes two clips.
  public var selfDistance: Double?
  /// |D|train: mean distance to the nearest of the training clips compared with, in dB.
  public var trainDistance: Double?
  /// NDB: bins of the training clips that hold another part of the clips. Takes 20 clips.
  public var differentBins: Int?
  /// K: the number of bins.
  public var binCount: Int?
  /// Mean distance of two different clips of the set, in dB. Takes two clips.
  public var pairDistance: Double?
  /// ``pairDistance`` over that of the training clips compared with: below 1, the clips are more alike.
  public var variety: Double?
  /// BS.1770 loudness of the prepared clips that are not silent, LUFS.
  public var loudness: MeanAndDeviation?
  /// Spectral centroid of the clips that are not silent, Hz.
  public var centroidHz: MeanAndDeviation?
  /// Time until the last sample above −60 dB of a clip's peak, seconds.
  public var durationSeconds: MeanAndDeviation?

  package init() {}

  /// Writes every figure, those that are not there as null.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(frechetDistance, forKey: .frechetDistance)
    try container.encode(kernelDistance, forKey: .kernelDistance)
    try container.encode(precision, forKey: .precision)
    try container.encode(recall, forKey: .recall)
    try container.encode(density, forKey: .density)
    try container.encode(coverage, forKey: .coverage)
    try container.encode(selfDistance, forKey: .selfDistance)
    try container.encode(trainDistance, forKey: .trainDistance)
    try container.encode(differentBins, forKey: .differentBins)
    try container.encode(binCount, forKey: .binCount)
    try container.encode(pairDistance, forKey: .pairDistance)
    try container.encode(variety, forKey: .variety)
    try container.encode(loudness, forKey: .loudness)
    try container.encode(centroidHz, forKey: .centroidHz)
    try container.encode(durationSeconds, forKey: .durationSeconds)
  }
}
