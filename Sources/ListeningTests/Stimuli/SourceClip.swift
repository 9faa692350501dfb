import AudioFiles
import WaveGAN

/// A clip of a condition, before it becomes a stimulus.
struct SourceClip: Sendable {
  /// Unique in its condition; of `mushra`, equal for the versions of one recording.
  var name: String
  var label: String?
  var audio: AudioClip
  /// What the key tells of where it came from; its stimulus is not yet known.
  var row: KeyRow

  init(name: String, label: String?, audio: AudioClip, condition: Condition) {
    self.name = name
    self.label = label
    self.audio = audio
    row = KeyRow(stimulus: "", condition: condition.name, clip: name, kind: .test)
    row.label = label ?? ""
    row.source = condition.source
  }

  /// Notes what a rendered clip says of itself.
  mutating func note(_ provenance: ClipProvenance) {
    row.run = provenance.run
    row.checkpoint = provenance.checkpoint.description
    row.step = provenance.step
    row.seed = provenance.seed
    row.index = provenance.index
    row.average = provenance.settings.usesAverage
    row.spread = provenance.settings.spread
  }
}

/// What a condition has for a test.
struct ConditionClips: Sendable {
  var condition: Condition
  /// Those that listeners judge.
  var test: [SourceClip]
  /// Others, that they begin with.
  var training: [SourceClip]
  /// What its source could not use.
  var rejected: [AudioFileError] = []
}
