import AudioFiles

/// Clips of one condition, one after another, for the question how different they are.
enum Medley {
  /// Silence between two clips, in seconds.
  private static let pause = 0.25

  /// Joins clips by eights, each of one label where there are labels.
  static func join(_ clips: [SourceClip], labels: [String]) -> [SourceClip] {
    let size = ClipGathering.medleySize
    var waiting =
      labels.isEmpty
      ? [clips[...]] : labels.map { label in clips.filter { $0.label == label }[...] }
    var result: [SourceClip] = []
    while waiting[result.count % waiting.count].count >= size {
      let place = result.count % waiting.count
      result.append(joined(Array(waiting[place].prefix(size))))
      waiting[place].removeFirst(size)
    }
    return result
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
