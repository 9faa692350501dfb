package import AudioFiles

/// Chooses the recordings that training never sees.
package enum Holdout {
  /// Of each label, the ⌈part · N⌉ of its N recordings with the smallest digests.
  ///
  /// So the choice is the same for every run on the same recordings, whatever its seed, the
  /// names or the order of the files. One recording at least is left for training.
  ///
  /// - Parameters:
  ///   - recordings: each with its label.
  ///   - part: 0 ..< 1.
  /// - Returns: the digests of the recordings held out.
  package static func digests(
    of recordings: [(label: String, digest: ContentDigest)], part: Double
  ) -> Set<ContentDigest> {
    let labels = Dictionary(grouping: recordings, by: \.label)
    return labels.values.reduce(into: []) { held, recordings in
      // 0.1 · 70 is above 7 by a rounding error, which must not hold out an eighth.
      let wanted = Int((part * Double(recordings.count) - 1e-9).rounded(.up))
      let count = max(0, min(wanted, recordings.count - 1))
      held.formUnion(recordings.map(\.digest).sorted().prefix(count))
    }
  }
}
