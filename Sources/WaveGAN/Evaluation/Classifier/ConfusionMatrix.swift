/// How often clips of each label were taken for each.
package struct ConfusionMatrix: Sendable, Hashable, Encodable {
  /// Clips by the label that they have or claim, then by the one that they were taken for, `[L][L]`.
  package let counts: [[Int]]

  /// Counts clips.
  ///
  /// - Parameters:
  ///   - labels: of each clip, 0 ..< `labelCount`, `[n]`.
  ///   - judged: what each was taken for, `[n]`.
  ///   - labelCount: L.
  package init(labels: [Int], judged: [Int], labelCount: Int) {
    precondition(labels.count == judged.count, "not every clip was judged")
    var counts = [[Int]](repeating: Array(repeating: 0, count: labelCount), count: labelCount)
    for (label, judged) in zip(labels, judged) { counts[label][judged] += 1 }
    self.counts = counts
  }

  /// The part of all clips that were taken for what they are, 0 to 1; nil without clips.
  package var accuracy: Double? {
    part(counts.indices.reduce(0) { $0 + counts[$1][$1] }, of: counts.joined().reduce(0, +))
  }

  /// The same label by label, `[L]`; nil for a label without clips.
  package var labelAccuracies: [Double?] {
    counts.indices.map { part(counts[$0][$0], of: counts[$0].reduce(0, +)) }
  }

  private func part(_ count: Int, of total: Int) -> Double? {
    total > 0 ? Double(count) / Double(total) : nil
  }
}
