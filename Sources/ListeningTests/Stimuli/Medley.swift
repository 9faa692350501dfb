import AudioFiles

/// Clips of one condition, one after another, for the question how different they are.
enum Medley {
  /// Clips in a medley.
  static let size = 8

  /// Silence between two clips, in seconds.
  private static let pause = 0.25

  /// Joins clips by eights; fewer that are left over at the end are left out.
  static func join(_ clips: [SourceClip]) -> [SourceClip] {
    (0..<clips.count / size).map { joined(Array(clips[$0 * size..<($0 + 1) * size])) }
  }

  private static func joined(_ clips: [SourceClip]) -> SourceClip {
    var medley = clips[0]
    let audio = medley.audio
    let silence = [Float](
      repeating: 0, count: Int(pause * Double(audio.sampleRate)) * audio.channelCount)
    medley.audio.samples = Array(clips.map(\.audio.samples).joined(separator: silence))
    medley.name = clips.map(\.name).joined(separator: "+")
    medley.row.clip = medley.name
    medley.row.index = nil
    return medley
  }
}
