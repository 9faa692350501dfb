import AudioFiles

extension TestSettings {
  /// The settings with a seed that nobody can know who has not the clips.
  ///
  /// Ids, names of pages, orders and dither are drawn from it. The user's seed is mostly 0, and with it
  /// alone whoever has this program could draw the same ids, and see what each stands for; and the key of
  /// one test would open every other of its seed. So every sample of every clip has a part in it
  /// (Fowler, Noll and Vo's hash, FNV-1a, of 64 bits, by words).
  func hidingSeed(by conditions: [ConditionClips]) -> TestSettings {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func take(_ word: UInt64) { hash = (hash ^ word) &* 0x100_0000_01B3 }
    take(seed)
    for clip in conditions.flatMap({ $0.test + $0.training }) {
      for sample in clip.audio.samples { take(UInt64(sample.bitPattern)) }
    }
    var settings = self
    // The low bits of the sum know little of its high ones.
    settings.seed = hash ^ hash >> 32
    return settings
  }
}
