/// All that a listener's page needs to know of a test: the content of `listener/test.json`.
///
/// Nothing in it gives away the condition, the source or, but for the choices of `identify`, the label
/// of a stimulus; `key.csv`, ``TestKey``, tells those.
package struct TestDescription: Codable, Sendable, Hashable {
  /// The version of this form of file, 1.
  package var format = 1
  /// Names the test: 12 hexadecimal digits of a digest of the key.
  package var test: String
  /// What listeners see above everything.
  package var title: String
  /// The language of all texts, as in HTML's `lang`.
  package var language = "en"
  package var design: TestDesign
  /// What is asked on each page, in order.
  package var questions: [Question]
  /// Where the sound of each stimulus is, relative to the page or as a `data:` URI, by its id.
  package var stimuli: [String: String]
  /// The pages that listeners answer, by name.
  package var trials: [String: Trial]
  /// Trials to begin with, whose answers do not count.
  package var training: [String]
  /// The stimulus that a listener sets the level by.
  package var level: String?
  /// A check that headphones are worn; nil: none.
  package var headphones: HeadphoneCheck?
  /// What each planned listener hears, in order; listener n has order (n − 1) modulo the number of
  /// orders. A trial that comes twice is a repeat.
  package var orders: [[Turn]]
  /// Pages between two breaks.
  package var breakEvery: Int
  /// Estimated duration for a listener.
  package var minutes: Double
  package var texts: Texts
  /// What listeners are asked about themselves.
  package var questionnaire: [QuestionnaireItem]
  /// An address that answers are posted to; nil: none.
  package var collect: String?

  package enum CodingKeys: String, CodingKey {
    case format, test, title, language, design, questions, stimuli, trials, training, level
    case headphones, orders
    case breakEvery = "break-every"
    case minutes, texts, questionnaire, collect
  }

  package init(
    test: String, title: String, language: String = "en", design: TestDesign,
    questions: [Question], stimuli: [String: String], trials: [String: Trial],
    training: [String] = [], level: String? = nil, headphones: HeadphoneCheck? = nil,
    orders: [[Turn]], breakEvery: Int = 20, minutes: Double, texts: Texts,
    questionnaire: [QuestionnaireItem] = [], collect: String? = nil
  ) {
    self.test = test
    self.title = title
    self.language = language
    self.design = design
    self.questions = questions
    self.stimuli = stimuli
    self.trials = trials
    self.training = training
    self.level = level
    self.headphones = headphones
    self.orders = orders
    self.breakEvery = breakEvery
    self.minutes = minutes
    self.texts = texts
    self.questionnaire = questionnaire
    self.collect = collect
  }

  /// Which order a listener has, by the number that they were given, from 1.
  package func order(ofListener number: Int) -> Int {
    orders.isEmpty ? 0 : max(0, number - 1) % orders.count
  }
}
