/// A number that was measured or follows from what was, under its names for programs and people.
struct Figure {
  /// In JSON: `gflops`.
  let key: String
  /// In a table, with its unit: `GFLOP/s`.
  let label: String
  let value: Double
}

/// A piece of work with its times.
struct Measurement {
  /// What was done: `critic step`, in JSON `critic_step_seconds` and so on.
  let name: String
  let timing: Timing
  /// What follows from the times; the measurements of one report have the same figures.
  var figures: [Figure] = []

  /// The name's letters and digits, with a `_` for whatever is between.
  var key: String { name.split { !$0.isLetter && !$0.isNumber }.joined(separator: "_") }
}

extension Measurement {
  /// Work that is counted in operations.
  ///
  /// - Parameters:
  ///   - operationCount: multiplications and additions of one pass, done directly.
  ///   - peak: the rate of sgemm, in GFLOP/s.
  init(_ name: String, _ timing: Timing, operationCount: Double, peak: Double) {
    let rate = operationCount / timing.median * 1e-9
    self.init(
      name: name, timing: timing,
      figures: [
        Figure(key: "gflops", label: "GFLOP/s", value: rate),
        Figure(key: "percent_of_sgemm", label: "% of sgemm", value: 100 * rate / peak),
      ])
  }
}
