/// What one listener answered: the content of `answers/LISTENER.json`, and what the page downloads.
package struct ListenerAnswers: Codable, Sendable, Hashable {
  /// The version of this form of file, 1.
  package var format = 1
  /// ``TestDescription/test``.
  package var test: String
  /// Who it was: a number from 1, or any other name without personal data.
  package var listener: String
  /// Index in ``TestDescription/orders``.
  package var order: Int
  /// When the test began, as in ISO 8601.
  package var began: String
  /// When the last page was answered; nil if it was not.
  package var ended: String?
  /// The browser, as it calls itself.
  package var agent: String?
  /// Answers to ``TestDescription/questionnaire``, by name.
  package var questionnaire: [String: String]
  /// nil if it was not taken.
  package var headphoneCheck: HeadphoneResult?
  /// The judgements, in time.
  package var answers: [Answer]

  package enum CodingKeys: String, CodingKey {
    case format, test, listener, order, began, ended, agent, questionnaire
    case headphoneCheck = "headphone-check"
    case answers
  }

  /// How the check for headphones ended.
  package struct HeadphoneResult: Codable, Sendable, Hashable {
    package var passed: Bool
    /// Right answers.
    package var right: Int
    /// Questions.
    package var of: Int

    package init(passed: Bool, right: Int, of: Int) {
      self.passed = passed
      self.right = right
      self.of = of
    }
  }

  package init(
    test: String, listener: String, order: Int, began: String, ended: String? = nil,
    agent: String? = nil, questionnaire: [String: String] = [:],
    headphoneCheck: HeadphoneResult? = nil, answers: [Answer] = []
  ) {
    self.test = test
    self.listener = listener
    self.order = order
    self.began = began
    self.ended = ended
    self.agent = agent
    self.questionnaire = questionnaire
    self.headphoneCheck = headphoneCheck
    self.answers = answers
  }
}
