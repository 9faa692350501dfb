/// How long one piece of work took, time after time.
struct Timing {
  /// In ascending order; at least one.
  let seconds: [Double]

  /// - Precondition: there is at least one time.
  init(_ seconds: [Double]) {
    precondition(!seconds.isEmpty, "nothing was timed")
    self.seconds = seconds.sorted()
  }

  var median: Double { quantile(0.5) }

  /// Between these two lies half of the times.
  var quartiles: (lower: Double, upper: Double) { (quantile(0.25), quantile(0.75)) }

  /// The time at a part of the way from the shortest to the longest, between two of them in
  /// proportion.
  private func quantile(_ part: Double) -> Double {
    let place = part * Double(seconds.count - 1)
    let (lower, upper) = (Int(place.rounded(.down)), Int(place.rounded(.up)))
    return seconds[lower] + (place - Double(lower)) * (seconds[upper] - seconds[lower])
  }
}

/// Does a piece of work over and over, and takes its times.
struct Stopwatch {
  /// How often; nil for as often as `seconds` allow.
  let repeats: Int?

  /// How long to go on, about, after the warm-up.
  let seconds: Double

  /// Times some work.
  ///
  /// The first pass fills buffers and caches, and is not counted; it decides how often there is time
  /// for, 3 to 200 times.
  func time<Failure>(_ work: () throws(Failure) -> Void) throws(Failure) -> Timing {
    let clock = ContinuousClock()
    func pass() throws(Failure) -> Double {
      let start = clock.now
      try work()
      return start.duration(to: clock.now) / .seconds(1)
    }
    var warmUp = try pass()
    if warmUp < 1 { warmUp = try pass() }
    let count = repeats ?? min(200, max(3, Int(seconds / max(warmUp, 1e-6))))
    var seconds: [Double] = []
    for _ in 0..<count { seconds.append(try pass()) }
    return Timing(seconds)
  }
}
