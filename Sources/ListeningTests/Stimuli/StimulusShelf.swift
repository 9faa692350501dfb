import AudioFiles
import NeuralNet
import WaveGAN

/// The stimuli of a test in the making.
struct StimulusShelf {
  /// A stimulus: what the key says of it, and its sound.
  struct Item {
    var row: KeyRow
    var sound: StimulusSound
  }

  private(set) var items: [Item] = []
  private var ids: Set<String> = []
  private var random: RandomStream
  private let loudness: Double?

  init(settings: TestSettings) {
    random = RandomStream(seed: settings.seed, purpose: .listening)
    loudness = settings.loudness
  }

  /// Takes a clip in, brought to the test's loudness.
  ///
  /// - Parameters:
  ///   - kind: what it is for.
  ///   - filter: makes an anchor of it.
  ///   - change: what the key says besides.
  /// - Returns: the id of its stimulus.
  mutating func add(
    _ clip: SourceClip, kind: KeyRow.Kind, filter: AnchorFilter? = nil,
    _ change: (inout KeyRow) -> Void = { _ in }
  ) throws -> String {
    var sound = try StimulusSound(clip.audio, path: clip.row.file)
    if let loudness { sound.match(loudness: loudness) }
    if let filter { sound.filter(filter) }
    var row = clip.row
    row.kind = kind
    return add(sound, row, change)
  }

  /// Takes in a sound that the tool made.
  mutating func add(
    _ audio: AudioClip, kind: KeyRow.Kind, matches: Bool = true,
    _ change: (inout KeyRow) -> Void = { _ in }
  ) throws -> String {
    var sound = try StimulusSound(audio, path: kind.rawValue)
    if matches, let loudness { sound.match(loudness: loudness) }
    return add(sound, KeyRow(stimulus: "", kind: kind), change)
  }

  private mutating func add(
    _ sound: StimulusSound, _ row: KeyRow, _ change: (inout KeyRow) -> Void
  ) -> String {
    var row = row
    row.stimulus = nextID()
    row.loudness = sound.loudness.lufs
    row.loudnessMethod = sound.loudness.lufs == nil ? "silent" : sound.loudness.method.rawValue
    change(&row)
    items.append(Item(row: row, sound: sound))
    return row.stimulus
  }

  private mutating func nextID() -> String {
    while true {
      let digits = String(random.nextWord(), radix: 16)
      let id = String(repeating: "0", count: 8 - digits.count) + digits
      if ids.insert(id).inserted { return id }
    }
  }

  /// The highest true peak that is left, in dB under full scale.
  static let peakLimit = -1.0

  /// Brings all sounds to one length, and all down by the one gain that the loudest needs.
  ///
  /// - Returns: that gain, in dB, 0 or less.
  mutating func finish() throws -> Double {
    let isOnPage = items.map { ![.level, .headphones].contains($0.row.kind) }
    let longest = zip(items, isOnPage).filter(\.1).map(\.0.sound.frameCount).max() ?? 0
    for place in items.indices {
      items[place].sound.pad(to: isOnPage[place] ? longest + StimulusSound.leadInLength : 0)
    }
    let sounds = items.map(\.sound)
    let peaks = try sounds.parallelMap(threadCount: nil) { try $0.truePeakDecibels() }
    // Dither and rounding add less than a thousandth of full scale.
    let gain = min(0, Self.peakLimit - 0.01 - (peaks.max() ?? 0))
    for place in items.indices {
      if gain < 0 { items[place].sound.amplify(decibels: gain) }
      items[place].row.gainDecibels = items[place].sound.gainDecibels
      items[place].row.truePeakDecibels = peaks[place] + gain
    }
    return gain
  }
}
