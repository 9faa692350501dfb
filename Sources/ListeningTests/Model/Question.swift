/// Something that is asked of a trial, or of each of its stimuli.
package struct Question: Codable, Sendable, Hashable {
  /// The name in answers: `quality`, `label`.
  package var name: String
  /// What listeners read.
  package var text: String
  package var scale: Scale
  /// The categories, or the bands of a continuous scale, from best to worst.
  package var steps: [Step]
  /// What there is to choose from, in the order shown; nil for other scales.
  package var choices: [String]?

  /// How it is answered.
  package enum Scale: String, Codable, Sendable, Hashable {
    /// One of ``Question/steps``.
    case category
    /// A number 0–100.
    case continuous
    /// One of the stimuli, or of ``Question/choices``.
    case choice
  }

  /// A category with its value; or a band of a continuous scale, whose value is its lower end.
  package struct Step: Codable, Sendable, Hashable {
    package var value: Int
    package var text: String

    package init(_ value: Int, _ text: String) {
      self.value = value
      self.text = text
    }
  }

  package init(
    name: String, text: String, scale: Scale, steps: [Step] = [], choices: [String]? = nil
  ) {
    self.name = name
    self.text = text
    self.scale = scale
    self.steps = steps
    self.choices = choices
  }
}
