/// How loud a sound is to a listener, after ITU-R BS.1770-4.
public struct Loudness: Sendable, Hashable, Codable {
  /// Loudness in LUFS; nil when every part is below the standard's absolute gate of −70 LUFS.
  public var lufs: Double?

  /// How it was measured.
  public var method: LoudnessMethod

  /// Measures frames in memory, `[T, C]`.
  ///
  /// - Precondition: 1 to 64 channels, at a rate within ``AudioFileInfo/sampleRates``; checked in
  ///   every build. One channel counts as a left one, two as left and right.
  public init(of samples: Span<Float>, channelCount: Int, sampleRate: Int) {
    let meter = LoudnessMeter(channelCount: channelCount, sampleRate: sampleRate)
    meter.add(samples)
    self = meter.finish()
  }

  init(lufs: Double?, method: LoudnessMethod) {
    self.lufs = lufs
    self.method = method
  }
}

/// How a loudness was measured.
public enum LoudnessMethod: String, Sendable, Hashable, Codable, CaseIterable {
  /// The standard's integrated loudness: the mean over blocks of 400 ms that pass both gates.
  case integrated

  /// For sounds shorter than one block, where the standard says nothing: the sound followed by
  /// silence up to 400 ms, as a single block without gates.
  ///
  /// It joins the integrated value at 400 ms without a step, and it counts energy, as hearing does
  /// with sounds this short: of two hits with the same peak, the longer one is louder.
  case padded
}

extension AudioClip {
  /// The clip's loudness; see ``LoudnessMethod`` for clips under 400 ms and
  /// ``Loudness/init(of:channelCount:sampleRate:)`` for what is checked.
  public var loudness: Loudness {
    Loudness(of: samples.span, channelCount: channelCount, sampleRate: sampleRate)
  }
}
