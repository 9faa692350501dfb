/// Counts lengths between round bounds that grow with them: 1, 1.5, 2, 3, 5, 7 times powers of 10.
enum DurationHistogram {
  /// One bar.
  struct Row: Encodable, Hashable {
    /// Shortest length counted here, in seconds.
    var from: Double
    /// First length counted in the next row, in seconds.
    var to: Double
    /// Recordings.
    var count: Int
  }

  /// From a hundred-thousandth of a second (a sample) to a hundred thousand (a day).
  private static let bounds: [Double] = [1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100, 1e3, 1e4, 1e5]
    .flatMap { decade in [1, 1.5, 2, 3, 5, 7].map { $0 * decade } }

  /// The rows from the first to the last that is not empty.
  static func rows(of seconds: [Double]) -> [Row] {
    var counts = [Int](repeating: 0, count: bounds.count - 1)
    for length in seconds {
      let next = bounds.firstIndex { $0 > length } ?? bounds.count
      counts[max(0, min(next - 1, counts.count - 1))] += 1
    }
    guard let first = counts.firstIndex(where: { $0 > 0 }),
      let last = counts.lastIndex(where: { $0 > 0 })
    else { return [] }
    return (first...last).map { Row(from: bounds[$0], to: bounds[$0 + 1], count: counts[$0]) }
  }
}
