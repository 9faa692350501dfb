/// Finds where the sound of a recording begins.
///
///     E[t] = 1/n · Σ (x[u, c] − offsets[c])² over channels c and the n frames t − n < u ≤ t (2 ms)
///     onset = the first t with E[t] ≥ 10⁻³ · max E
///
/// E is the energy of the last 2 ms, and the onset where it first comes within 30 dB of its peak. Noise
/// and hum that are softer than that do not count, nor does a click of one sample unless it has a
/// thousandth of the energy; an attack from silence is found at its first loud sample, as what lies ahead
/// is not looked at.
///
/// A threshold at a fixed part of the energy envelope's maximum is the first of the two methods of
/// Peeters 2004, section 3.2 (log-attack time), who puts it higher, as he looks for the attack and not
/// for what comes before it.
struct OnsetDetector {
  /// Over which energy is measured, in seconds.
  static let windowSeconds = 0.002

  /// The part of the greatest energy that the onset has: −30 dB.
  static let threshold = 1e-3

  /// Subtracted from each channel, `[C]`.
  let offsets: [Float]

  /// Frames of the window, n.
  let windowLength: Int

  init(offsets: [Float], sampleRate: Int) {
    self.offsets = offsets
    windowLength = max(1, Int((Self.windowSeconds * Double(sampleRate)).rounded()))
  }

  /// The onset, or the first frame where all are silent.
  ///
  /// - Parameters:
  ///   - samples: the whole recording, `[T, C]`.
  ///   - range: the frames to look through.
  func onset(of samples: Span<Float>, in range: Range<Int>) -> Int {
    var greatest = 0.0
    forEachEnergy(of: samples, in: range) { _, energy in
      greatest = max(greatest, energy)
      return true
    }
    guard greatest > 0 else { return range.lowerBound }
    var onset = range.lowerBound
    forEachEnergy(of: samples, in: range) { frame, energy in
      onset = frame
      return energy < Self.threshold * greatest
    }
    return onset
  }

  /// Calls `body` with each frame and n times its E, until it returns false.
  private func forEachEnergy(
    of samples: Span<Float>, in range: Range<Int>, _ body: (Int, Double) -> Bool
  ) {
    let channelCount = offsets.count
    func energy(_ frame: Int) -> Double {
      (0..<channelCount).reduce(0) {
        let x = Double(samples[frame * channelCount + $1] - offsets[$1])
        return $0 + x * x
      }
    }
    var sum = 0.0
    for frame in range {
      sum += energy(frame)
      // What leaves the window was added just so: what is left of rounding is 10⁻¹⁶ of the peak.
      if frame - windowLength >= range.lowerBound { sum -= energy(frame - windowLength) }
      if !body(frame, sum) { return }
    }
  }
}
