import Foundation

/// Cuts windows of a fixed length from prepared recordings.
///
///     w[t, c] = fade[t] · gain · (x[keptRange.lowerBound + start + t, c] − offsets[c])
///
/// and 0 before the recording's first frame and after its end. Fades are raised cosines, `½ (1 − cos(π (t + ½) / n))` over n
/// frames (2 ms) and their mirror image, so that no edge clicks:
///
/// - at the window's start when it lies inside the recording (`start > 0`);
/// - at the window's end when the recording goes on after it;
/// - at the recording's end when silence follows in the window. Recordings mostly end at 0, where
///   this changes nothing; one that stops short would otherwise step there.
///
/// A recording that begins, or ends, exactly with the window is not faded there, unless aligning its onset
/// has cut something off. A fade is never
/// longer than a quarter of the frames in the window, so that a click of one frame stays.
public struct WindowCutter: Sendable, Hashable {
  /// Frames in a window, T.
  public let windowLength: Int

  /// Channels in a frame, C.
  public let channelCount: Int

  /// Frames of a fade, n.
  public let fadeLength: Int

  /// - Precondition: all three are positive; checked in every build.
  public init(windowLength: Int, channelCount: Int, sampleRate: Int) {
    precondition(
      windowLength > 0 && channelCount > 0 && sampleRate > 0,
      "A window has frames and channels: [\(windowLength), \(channelCount)], \(sampleRate) Hz.")
    self.windowLength = windowLength
    self.channelCount = channelCount
    fadeLength = Int((0.002 * Double(sampleRate)).rounded())
  }

  /// Cuts one window.
  ///
  /// - Parameters:
  ///   - samples: the whole recording as it was decoded, `[·, C]`.
  ///   - preparation: what
  ///     ``ClipPreparation/plan(samples:summary:trimsSilence:alignsOnset:normalization:path:)`` said of
  ///     it.
  ///   - start: the window's first frame, counted from the start of the kept range.
  ///   - window: every element is written, `[T, C]`.
  /// - Precondition: `window` has T·C elements and `start` is not negative; checked in every build.
  public func cut(
    _ samples: Span<Float>, _ preparation: ClipPreparation, from start: Int,
    into window: inout MutableSpan<Float>
  ) {
    precondition(
      window.count == windowLength * channelCount,
      "A window of [\(windowLength), \(channelCount)] does not fit \(window.count) elements.")
    precondition(start >= 0, "A window starts in its recording, not \(start) frames after.")
    precondition(
      preparation.offsets.count == channelCount,
      "A recording of \(preparation.offsets.count) channels for windows of \(channelCount).")
    let available = max(0, preparation.frameCount - start)
    let count = min(windowLength, available)
    let first = preparation.keptRange.lowerBound + start
    let silent = min(count, max(0, -first))
    let kept = samples.extracting(
      (first + silent) * channelCount..<(first + count) * channelCount)
    let (silence, gain) = (silent * channelCount, preparation.gain)
    for i in 0..<silence { window[i] = 0 }
    if channelCount == 1 {
      let offset = preparation.offsets[0]
      for i in kept.indices { window[silence + i] = gain * (kept[i] - offset) }
    } else {
      for (channel, offset) in preparation.offsets.enumerated() {
        for i in stride(from: channel, to: kept.count, by: channelCount) {
          window[silence + i] = gain * (kept[i] - offset)
        }
      }
    }
    for i in count * channelCount..<window.count { window[i] = 0 }

    let n = min(fadeLength, count / 4)
    let isAligned = preparation.onset != nil
    let fadesIn = start > 0 || (isAligned && first > 0)
    let fadesOut = available != windowLength || isAligned
    for t in 0..<n {
      let weight = 0.5 * (1 - cos(Float.pi * (Float(t) + 0.5) / Float(n)))
      for c in 0..<channelCount {
        if fadesIn { window[t * channelCount + c] *= weight }
        if fadesOut { window[(count - 1 - t) * channelCount + c] *= weight }
      }
    }
  }
}
