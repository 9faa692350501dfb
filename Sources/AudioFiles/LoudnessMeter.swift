import CEBUR128

/// Measures the loudness of a stream, by libebur128: the one owner of its state.
///
/// One channel counts as a left one, two as left and right. Holds 8 bytes for each 100 ms of sound.
final class LoudnessMeter {
  private var state: UnsafeMutablePointer<ebur128_state>?
  private let channelCount: Int
  private let blockLength: Int
  private var frameCount = 0

  /// - Precondition: 1 to 64 channels, at a rate of ``AudioFileInfo/sampleRates``; libebur128 then
  ///   fails only without memory.
  init(channelCount: Int, sampleRate: Int) {
    state = ebur128_init(
      UInt32(channelCount), UInt(sampleRate), Int32(EBUR128_MODE_I.rawValue))
    precondition(
      state != nil, "libebur128 cannot measure \(channelCount) channels at \(sampleRate) Hz.")
    self.channelCount = channelCount
    // libebur128's own rounding: four steps of 100 ms.
    blockLength = 4 * ((sampleRate + 5) / 10)
  }

  deinit { ebur128_destroy(&state) }

  /// Takes in frames `[T, C]`.
  func add(_ frames: Span<Float>) {
    let count = frames.count / channelCount
    frames.withUnsafeBufferPointer {
      Self.check(ebur128_add_frames_float(state, $0.baseAddress, count))
    }
    frameCount += count
  }

  /// With a state of this mode, libebur128 fails only without memory.
  private static func check(_ status: Int32) {
    precondition(
      status == Int32(EBUR128_SUCCESS.rawValue), "libebur128 failed with code \(status).")
  }

  /// The loudness of everything so far; nothing may be added after.
  func finish() -> Loudness {
    var lufs = -Double.infinity
    let method: LoudnessMethod
    if frameCount < blockLength {
      let silence = [Float](repeating: 0, count: (blockLength - frameCount) * channelCount)
      add(silence.span)
      Self.check(ebur128_loudness_momentary(state, &lufs))
      method = .padded
    } else {
      Self.check(ebur128_loudness_global(state, &lufs))
      method = .integrated
    }
    return Loudness(lufs: lufs.isFinite && lufs > -70 ? lufs : nil, method: method)
  }
}
