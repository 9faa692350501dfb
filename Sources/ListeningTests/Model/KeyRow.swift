/// What a stimulus really is: a row of `key.csv`.
package struct KeyRow: Sendable, Hashable {
  /// Its id, 8 hexadecimal digits.
  package var stimulus: String
  /// The name of its condition; empty for what belongs to none.
  package var condition: String
  /// The clip of the condition. Stimuli of several conditions that belong together, those of one
  /// `mushra` page for instance, have the same one.
  package var clip: String
  package var kind: Kind
  /// The clip's label; empty where there is none.
  package var label = ""
  /// Of the X of an `abx` trial: the stimulus that it equals.
  package var twin = ""
  /// Where the condition comes from, as it was named.
  package var source = ""
  /// The id of the run that made the clip.
  package var run = ""
  /// The digest of the checkpoint that made it.
  package var checkpoint = ""
  package var step: Int?
  package var seed: UInt64?
  /// Which clip of the seed.
  package var index: Int?
  /// Whether the run's average made it.
  package var average: Bool?
  package var spread: Double?
  /// The recording or clip, for what was not rendered for the test: a path within its folder.
  package var file = ""
  /// All gain, the common one included.
  package var gainDecibels: Double?
  /// Loudness of the sound as it came, in LUFS.
  package var loudness: Double?
  /// How that was measured.
  package var loudnessMethod = ""
  /// True peak of the stimulus, in dB under full scale.
  package var truePeakDecibels: Double?
  /// Digest of the stimulus's file.
  package var sha256 = ""
  /// The right value of `gold` and `trap` stimuli: a number, a label, or for choices among stimuli
  /// 1 for the right one and 0 for the others.
  package var expected = ""

  /// What a stimulus is for.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// A clip of a condition.
    case test
    /// The open or hidden reference.
    case reference
    /// The reference without what is above 3.5 kHz, and above 7 kHz.
    case anchor35, anchor70
    /// A clip whose right answer is plain to who listens.
    case gold
    /// A clip that says what to answer.
    case trap
    /// A clip whose answers do not count.
    case training
    /// The sound that the level is set by.
    case level
    /// A tone of ``HeadphoneCheck``.
    case headphones
  }

  package init(stimulus: String, condition: String = "", clip: String = "", kind: Kind) {
    self.stimulus = stimulus
    self.condition = condition
    self.clip = clip
    self.kind = kind
  }
}
