/// Which labels the clips of one condition were taken for.
package struct NamingScore: Sendable, Hashable, Codable {
  package var condition: String
  /// Labels, in the order of rows and columns, L.
  package var labels: [String]
  /// Judgements by true label, then by answer, `[L][L]`.
  package var counts: [[Int]]
  /// Answers that name the true label.
  package var right: Int
  /// All answers, n.
  package var judgements: Int
  /// Clopper and Pearson's, of `right` of `judgements`, as if every answer were a listener's only one.
  package var interval: Interval?
  /// Of the binomial test that so many or more are right by guessing, 1 of L.
  package var p: Double
  /// What an answer tells of the label; nil without answers.
  package var information: MutualInformation?

  /// The part of right answers.
  package var part: Double { Double(right) / Double(max(judgements, 1)) }
}
