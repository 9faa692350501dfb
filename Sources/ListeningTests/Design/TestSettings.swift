import Foundation
import WaveGAN

/// What decides a listening test, apart from the sounds themselves.
package struct TestSettings: Codable, Sendable, Hashable {
  package var design: TestDesign
  /// What is compared, in the order of the command line.
  package var conditions: [Condition]
  package var title = "Listening test"
  /// The language of the texts.
  package var language = "en"
  /// What `mos` asks: names of ``Question/ratingNames``.
  package var questions = ["quality"]
  /// Clips of each condition.
  package var count = 20
  /// The labels that clips are taken of, equally many; empty: all, in turn, where there are labels.
  package var labels: [String] = []
  package var seed: UInt64 = 0
  /// Listeners that orders are made for.
  package var listeners = 20
  /// Loudness of all clips, in LUFS; nil leaves each as it is.
  package var loudness: Double? = -23
  /// Which clips are taken.
  package var selection = Selection.random
  /// Recordings for `real`; empty: those that the first run learnt from.
  package var reference: [String] = []
  /// A folder with texts to use; nil: the usual ones.
  package var texts: String?
  /// Other programs to write files for.
  package var hosts: [TestHost] = []
  /// Where hosts will find the sounds on the web.
  package var audioAddress = "https://example.org/audio/"
  /// Whether the page holds its sounds itself.
  package var embedsSounds = false
  /// An address that the page posts answers to.
  package var collect: String?
  /// A difference that should be seen, in the scale's unit; nil: nobody asked.
  package var plannedDifference: Double?
  /// The longest a test may take, in minutes.
  package var minutesLimit = 45.0

  package enum CodingKeys: String, CodingKey {
    case design, conditions, title, language, questions, count, labels, seed, listeners, loudness
    case selection = "select"
    case reference, texts, hosts
    case audioAddress = "audio-url"
    case embedsSounds = "embed"
    case collect
    case plannedDifference = "plan"
    case minutesLimit = "max-minutes"
  }

  /// How clips are chosen of those that a condition has.
  package enum Selection: Codable, Sendable, Hashable {
    /// The first of a seed, or by chance.
    case random
    /// Those that a classifier of the recordings is surest of.
    case best
    /// Those that a table lists.
    case file(String)

    package init(_ text: String) {
      switch text {
      case "random": self = .random
      case "best": self = .best
      default: self = .file(text)
      }
    }

    package var text: String {
      switch self {
      case .random: "random"
      case .best: "best"
      case .file(let path): path
      }
    }

    package init(from decoder: any Decoder) throws {
      self.init(try decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(text)
    }
  }

  package init(design: TestDesign, conditions: [Condition]) {
    self.design = design
    self.conditions = conditions
  }
}
