extension DataSettings {
  /// The rate up to which the lengths of frames are chosen for it, in Hz.
  static let frameBaseRate = 16_000

  /// How many times as many samples a frame has as at 16 kHz, s: 1 below 32 kHz, 2 from 32 kHz, 4 from
  /// 64 kHz, 8 from 128 kHz.
  ///
  /// Above 16 kHz frames last between half as long and as long as there: 73 % at 44.1 kHz, 67 % at 48 kHz.
  /// Powers of two keep transforms fast, and 44.1 and 48 kHz alike.
  package var frameScale: Int {
    var scale = 1
    while sampleRate / Self.frameBaseRate >= 2 * scale { scale *= 2 }
    return scale
  }
}
