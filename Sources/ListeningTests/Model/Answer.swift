/// One judgement of a listener.
///
/// | design | one for each | `stimulus` | `value` |
/// | --- | --- | --- | --- |
/// | `mos` | question | the clip | 1–5 |
/// | `multi`, `mushra` | stimulus | the stimulus | 0–100 |
/// | `ab`, `real-or-fake` | trial | the one that is preferred, or called real | 1 |
/// | `abx` | trial | the one that X is said to be | 1 |
/// | `identify` | question | the clip | the label, or 1–5 |
package struct Answer: Codable, Sendable, Hashable {
  /// Place in the listener's order, from 0; training has its own count.
  package var index: Int
  /// The name of the trial.
  package var trial: String
  /// Whether it does not count.
  package var training: Bool
  /// Whether this listener has answered the trial before.
  package var `repeat`: Bool
  /// ``Question/name``.
  package var question: String
  package var stimulus: String?
  package var value: Value?
  /// How often each stimulus of the trial was played, by id; that of the reference and of X too.
  package var plays: [String: Int]
  /// From the page's appearance to this answer.
  package var seconds: Double
  /// When it was given, as in ISO 8601.
  package var at: String?

  /// A number, or the text of a choice.
  package enum Value: Sendable, Hashable {
    case number(Double)
    case text(String)
  }

  package init(
    index: Int, trial: String, training: Bool = false, repeat: Bool = false, question: String,
    stimulus: String?, value: Value?, plays: [String: Int] = [:], seconds: Double = 0,
    at: String? = nil
  ) {
    self.index = index
    self.trial = trial
    self.training = training
    self.repeat = `repeat`
    self.question = question
    self.stimulus = stimulus
    self.value = value
    self.plays = plays
    self.seconds = seconds
    self.at = at
  }
}

extension Answer.Value: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else {
      self = .text(try container.decode(String.self))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .number(let number): try container.encode(number)
    case .text(let text): try container.encode(text)
    }
  }
}
