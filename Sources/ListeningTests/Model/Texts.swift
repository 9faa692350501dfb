/// What listeners read besides questions: plain text, with an empty line between paragraphs.
package struct Texts: Codable, Sendable, Hashable {
  package var welcome: String
  package var consent: String
  package var instructions: String
  package var end: String

  package init(welcome: String, consent: String, instructions: String, end: String) {
    self.welcome = welcome
    self.consent = consent
    self.instructions = instructions
    self.end = end
  }
}

/// Something that listeners are asked about themselves.
package struct QuestionnaireItem: Codable, Sendable, Hashable {
  /// The name in answers.
  package var name: String
  /// What listeners read.
  package var text: String
  package var kind: Kind
  /// What there is to choose from; nil for other kinds.
  package var choices: [String]?
  /// Whether the test goes on without an answer.
  package var required: Bool

  /// How it is answered.
  package enum Kind: String, Codable, Sendable, Hashable {
    case choice, text, number
  }

  package init(
    name: String, text: String, kind: Kind, choices: [String]? = nil, required: Bool = false
  ) {
    self.name = name
    self.text = text
    self.kind = kind
    self.choices = choices
    self.required = required
  }
}
