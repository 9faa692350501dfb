/// Why a listener does not count.
package struct Exclusion: Sendable, Hashable, Codable {
  /// The rule that was broken.
  package enum Rule: String, Sendable, Hashable, Codable, CaseIterable {
    /// ITU-R BS.1534-3: the hidden reference below 90 in more than 15 % of the pages.
    case hiddenReference = "hidden-reference"
    /// ITU-R BS.1534-3: the anchor of 7 kHz above 90 in more than 15 % of the pages.
    case midAnchor = "mid-anchor"
    /// ITU-R BS.1116: the original not told from what is compared with it, by a one-sided t test.
    case noDiscrimination = "no-discrimination"
    /// ITU-T P.808: an item that says what to answer, answered otherwise.
    case trap
    /// ITU-T P.808: an item with a plain answer, answered otherwise.
    case gold
    /// Nothing that counts was judged.
    case empty

    /// What listeners did who broke it.
    var words: String {
      switch self {
      case .hiddenReference: "rated the hidden reference below 90"
      case .midAnchor: "rated the 7 kHz anchor above 90"
      case .noDiscrimination: "did not tell originals from what was compared with them"
      case .trap: "answered trapping items wrongly"
      case .gold: "answered gold items wrongly"
      case .empty: "judged nothing that counts"
      }
    }
  }

  package var listener: String
  package var rule: Rule
  /// A sentence that says what was found.
  package var reason: String

  package init(listener: String, rule: Rule, reason: String) {
    self.listener = listener
    self.rule = rule
    self.reason = reason
  }
}
