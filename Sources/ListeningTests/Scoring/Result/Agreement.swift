/// How far listeners agree with each other, and with themselves.
package struct Agreement: Sendable, Hashable, Codable {
  /// ``Question/name``.
  package var question: String
  /// Krippendorff's α over clips, or over trials where one of two is chosen; nil where it cannot be
  /// told.
  package var alpha: Double?
  package var metric: KrippendorffAlpha.Metric
  /// Judgements that were asked for again.
  package var repeats: Int
  /// The mean size of the difference between both; nil without repeats, or where there are no numbers.
  package var meanRepeatDifference: Double?
  /// The part of repeats with the same answer; nil without repeats.
  package var sameRepeats: Double?
  /// Pearson's correlation of both; nil where either does not vary.
  package var repeatCorrelation: Double?

  init(
    question: String, units: [[Double]], metric: KrippendorffAlpha.Metric,
    repeats: [AnswerSheet.Repeat]
  ) {
    self.question = question
    self.metric = metric
    alpha = KrippendorffAlpha.value(units, metric: metric)
    let (first, later) = (repeats.map(\.first), repeats.map(\.later))
    self.repeats = repeats.count
    guard !repeats.isEmpty else { return }
    sameRepeats = Double(zip(first, later).count { $0 == $1 }) / Double(repeats.count)
    guard metric != .nominal else { return }
    meanRepeatDifference = zip(first, later).map { abs($0 - $1) }.mean
    repeatCorrelation = Self.correlation(first, later)
  }

  /// Σ (x − x̄)(y − ȳ) / √(Σ (x − x̄)² Σ (y − ȳ)²); nil where either does not vary.
  package static func correlation(_ x: [Double], _ y: [Double]) -> Double? {
    guard x.count > 1 else { return nil }
    let (meanX, meanY) = (x.mean, y.mean)
    var (product, squareX, squareY) = (0.0, 0.0, 0.0)
    for (x, y) in zip(x, y) {
      product += (x - meanX) * (y - meanY)
      squareX += (x - meanX) * (x - meanX)
      squareY += (y - meanY) * (y - meanY)
    }
    let size = (squareX * squareY).squareRoot()
    return size > 0 ? product / size : nil
  }
}
