/// How a part of 0 ... 1 went, from the first step watched to the last, in few numbers.
///
/// Each number is a mean over as many steps as the others. When there are too many, each two
/// become one, so that the whole past is always there, ever more coarsely.
package struct AccuracyHistory: Sendable, Hashable {
  /// Numbers at most, even.
  private static let capacity = 128

  private var means: [Double] = []
  private var stepsPerMean = 1
  private var pendingSum = 0.0
  private var pendingCount = 0

  /// A history without steps.
  package init() {}

  /// Takes in another step.
  package mutating func add(_ value: Double) {
    pendingSum += value
    pendingCount += 1
    guard pendingCount == stepsPerMean else { return }
    means.append(pendingSum / Double(stepsPerMean))
    (pendingSum, pendingCount) = (0, 0)
    guard means.count == Self.capacity else { return }
    means = stride(from: 0, to: Self.capacity, by: 2).map { (means[$0] + means[$0 + 1]) / 2 }
    stepsPerMean *= 2
  }

  /// The whole past as one small bar a column, oldest first: full is 1, half full is guessing.
  ///
  /// - Parameter length: columns at most; a short past takes fewer.
  package func sparkline(length: Int) -> String {
    let count = min(length, means.count)
    let bars = Array("▁▂▃▄▅▆▇█")
    return String(
      (0..<max(0, count)).map { column in
        let range = column * means.count / count..<(column + 1) * means.count / count
        let mean = means[range].reduce(0, +) / Double(range.count)
        return bars[min(bars.count - 1, Int(mean * Double(bars.count)))]
      })
  }
}
