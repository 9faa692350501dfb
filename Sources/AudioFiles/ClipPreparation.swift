import Foundation

/// How a decoded recording is prepared for training, as a description that is applied whenever a
/// window is cut from it:
///
///     y[t, c] = gain · (x[keptRange.lowerBound + t, c] − offsets[c])
///
/// and 0 before the recording's first frame.
///
/// The decoded samples themselves stay as they are, so that they can lie in a file and be shared.
public struct ClipPreparation: Sendable, Hashable, Codable {
  /// The DC offset to subtract from each channel, `[C]`.
  public var offsets: [Float]

  /// The frames that are used; all of them unless silence was trimmed or the onset aligned. It begins
  /// below 0 where silence is put before an onset.
  public var keptRange: Range<Int>

  /// The frame where the sound begins; nil unless it was asked for.
  public var onset: Int?

  /// What samples are multiplied by, after the offset is gone.
  public var gain: Float

  /// The loudness of the kept range before the gain; nil unless the gain follows from it.
  public var loudness: Loudness?

  /// What makes recordings equally loud.
  public enum Normalization: String, Sendable, Hashable, Codable, CaseIterable {
    /// Largest absolute sample 1.
    case peak
    /// BS.1770 loudness −23 LUFS (EBU R 128), held below full scale.
    case loudness
    /// As recorded.
    case none
  }

  /// EBU R 128's target level, in LUFS.
  public static let targetLUFS = -23.0

  /// A recording whose largest absolute sample, without DC, is not above this is silent: −80 dB,
  /// three steps of 16 bits, where converters' own noise is.
  public static let silencePeak: Float = 1e-4

  /// Silence at an end is what stays below this part of the peak: −60 dB.
  public static let trimThreshold: Float = 1e-3

  /// Kept before the first and after the last sample above the threshold, in seconds.
  public static let trimMarginSeconds = 0.005

  /// Where an aligned onset lies, in seconds from the start of the kept range.
  public static let onsetSeconds = 0.005

  /// Describes the preparation of one recording.
  ///
  /// The offset is each channel's mean; of a recording of one frame, whose mean would leave nothing,
  /// it is 0.
  ///
  /// - Parameters:
  ///   - samples: the whole recording, `[T, C]`.
  ///   - summary: what the decoder returned for exactly these samples.
  ///   - trimsSilence: whether frames before the first and after the last in which some channel
  ///     exceeds −60 dB of the peak are left out, except for 5 ms.
  ///   - alignsOnset: whether the recording is moved so that its onset, where its energy first comes
  ///     within 30 dB of its peak, lies 5 ms from the start: of a sound under 20 ms, a quarter of it. What
  ///     is put before it as silence is cut off at the end, so that no recording becomes longer.
  ///   - normalization: what the gain follows from.
  ///   - path: the subject of errors.
  /// - Throws: ``AudioFileError`` `.silent`.
  public static func plan(
    samples: Span<Float>, summary: DecodedSummary, trimsSilence: Bool, alignsOnset: Bool = false,
    normalization: Normalization, path: String
  ) throws(AudioFileError) -> ClipPreparation {
    precondition(
      samples.count == summary.frameCount * summary.channels.count,
      "\(samples.count) samples are not the \(summary.frameCount) frames of the summary.")
    let plan = plan(
      samples: samples, channels: summary.channels, sampleRate: summary.sampleRate,
      trimsSilence: trimsSilence, alignsOnset: alignsOnset, normalization: normalization)
    guard let plan else {
      throw AudioFileError(.silent, path: path, reason: summary.reasonForSilence)
    }
    return plan
  }

  /// Describes the preparation of a sound in memory, of one channel or two, as if it were a recording.
  ///
  /// - Returns: nil for a clip that is silent or has no frames.
  package static func plan(
    of clip: AudioClip, trimsSilence: Bool, alignsOnset: Bool = false,
    normalization: Normalization
  ) -> ClipPreparation? {
    guard clip.frameCount > 0 else { return nil }
    var statistics = StatisticsCollector(channelCount: clip.channelCount)
    guard statistics.add(clip.samples.span) else { return nil }
    return plan(
      samples: clip.samples.span, channels: statistics.channels, sampleRate: clip.sampleRate,
      trimsSilence: trimsSilence, alignsOnset: alignsOnset, normalization: normalization)
  }

  /// The plan, or nil for silence.
  private static func plan(
    samples: Span<Float>, channels: [ChannelStatistics], sampleRate: Int, trimsSilence: Bool,
    alignsOnset: Bool, normalization: Normalization
  ) -> ClipPreparation? {
    let frameCount = samples.count / channels.count
    let offsets = channels.map { frameCount > 1 ? Float($0.mean) : 0 }
    let peak = zip(channels, offsets).reduce(Float(0)) { peak, channel in
      max(peak, abs(channel.0.maximum - channel.1), abs(channel.0.minimum - channel.1))
    }
    guard peak > silencePeak else { return nil }
    var plan = ClipPreparation(offsets: offsets, keptRange: 0..<frameCount, gain: 1)
    if trimsSilence {
      plan.keptRange = plan.loudRange(
        of: samples, threshold: trimThreshold * peak,
        margin: Int(trimMarginSeconds * Double(sampleRate)))
    }
    if normalization == .loudness {
      plan.loudness = plan.loudness(of: samples, sampleRate: sampleRate)
    }
    plan.gain = gain(normalization, peak: peak, loudness: plan.loudness)
    if alignsOnset { plan.alignOnset(of: samples, sampleRate: sampleRate) }
    return plan
  }

  /// The gain that a normalisation gives to a sound.
  ///
  ///     peak:      1 / peak
  ///     loudness:  min(10^((−23 − loudness) / 20), 1 / peak)
  ///
  /// A sound below the absolute gate has no loudness. To reach −23 LUFS it would need over 47 dB,
  /// which full scale nearly always forbids; it gets 1 / peak. A sound without any sample other than
  /// 0 gets 1.
  ///
  /// - Parameters:
  ///   - normalization: what the gain follows from.
  ///   - peak: largest absolute sample.
  ///   - loudness: needed for `.loudness` only.
  public static func gain(
    _ normalization: Normalization, peak: Float, loudness: Loudness?
  ) -> Float {
    guard normalization != .none, peak > 0 else { return 1 }
    guard normalization == .loudness, let lufs = loudness?.lufs else { return 1 / peak }
    return min(Float(pow(10, (targetLUFS - lufs) / 20)), 1 / peak)
  }

  init(offsets: [Float], keptRange: Range<Int>, gain: Float) {
    self.offsets = offsets
    self.keptRange = keptRange
    self.gain = gain
  }

  /// Frames that can be cut into windows.
  public var frameCount: Int { keptRange.count }

  /// Finds the onset, and moves the kept range so that it lies where it should.
  private mutating func alignOnset(of samples: Span<Float>, sampleRate: Int) {
    let onset = OnsetDetector(offsets: offsets, sampleRate: sampleRate)
      .onset(of: samples, in: keptRange)
    let lead = min(Int(Self.onsetSeconds * Double(sampleRate)), keptRange.count / 4)
    let start = onset - lead
    self.onset = onset
    keptRange = start..<min(keptRange.upperBound, start + keptRange.count)
  }

  /// From the first to the last frame with a channel above the threshold, widened by the margin.
  private func loudRange(of samples: Span<Float>, threshold: Float, margin: Int) -> Range<Int> {
    let channelCount = offsets.count
    func isLoud(_ t: Int) -> Bool {
      (0..<channelCount).contains { abs(samples[t * channelCount + $0] - offsets[$0]) > threshold }
    }
    guard let first = keptRange.first(where: isLoud), let last = keptRange.last(where: isLoud)
    else { return keptRange }
    return max(0, first - margin)..<min(keptRange.upperBound, last + 1 + margin)
  }

  /// The loudness of the kept range without its DC offset, which the start of a short recording
  /// would otherwise turn into a thump.
  private func loudness(of samples: Span<Float>, sampleRate: Int) -> Loudness {
    let channelCount = offsets.count
    let meter = LoudnessMeter(channelCount: channelCount, sampleRate: sampleRate)
    let blockLength = 8_192
    var block = [Float](repeating: 0, count: blockLength * channelCount)
    for start in stride(from: keptRange.lowerBound, to: keptRange.upperBound, by: blockLength) {
      let count = min(blockLength, keptRange.upperBound - start) * channelCount
      for i in 0..<count {
        block[i] = samples[start * channelCount + i] - offsets[i % channelCount]
      }
      meter.add(block.span.extracting(first: count))
    }
    return meter.finish()
  }
}

extension DecodedSummary {
  /// Why nothing is left of a recording without its DC offset.
  fileprivate var reasonForSilence: String {
    let threshold = ClipPreparation.silencePeak
    if peak > threshold { return "is silent: it holds nothing but a constant offset" }
    if mixedPeak > threshold {
      return "is silent at a sample rate of \(sampleRate) Hz: it has nothing below "
        + "\(sampleRate / 2) Hz; raise --sample-rate"
    }
    // The mean of C channels has at least 1/C of a channel's peak, unless the others are against it.
    let sourceCount = sourceInfo.channelCount
    if channels.count == 1 && sourceCount > 1 && sourcePeak > threshold * Float(sourceCount) {
      return "is silent in mono: its channels cancel each other when they are mixed; "
        + "--channels 2 keeps two"
    }
    return "is silent: no sample is above −80 dB"
  }
}
