/// Finds where an increasing function reaches a value.
enum MonotoneInverse {
  /// Halves an interval until no number lies within it.
  ///
  /// - Parameters:
  ///   - target: the value to reach.
  ///   - range: where to look; an end is returned when the value is not reached inside.
  ///   - function: does not fall anywhere in `range`.
  /// - Returns: x with `function(x)` = `target`, to the last digit that `function` decides.
  /// - Complexity: at most 1,100 calls of `function`, usually 60.
  static func find(
    _ target: Double, in range: ClosedRange<Double>, of function: (Double) -> Double
  ) -> Double {
    var (low, high) = (range.lowerBound, range.upperBound)
    while true {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { return function(low) >= target ? low : high }
      if function(middle) < target { low = middle } else { high = middle }
    }
  }
}
