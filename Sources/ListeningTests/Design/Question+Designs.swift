extension Question {
  /// The categories of absolute category rating. Source: ITU-T P.800, annex B.
  private static let categories = [
    Step(5, "Excellent"), Step(4, "Good"), Step(3, "Fair"), Step(2, "Poor"), Step(1, "Bad"),
  ]

  /// The bands of a continuous scale, each with its lower end. Source: ITU-R BS.1534-3.
  private static let bands = [
    Step(80, "Excellent"), Step(60, "Good"), Step(40, "Fair"), Step(20, "Poor"), Step(0, "Bad"),
  ]

  /// The names of the questions that `mos` can ask.
  package static let ratingNames = ["quality", "naturalness", "fit", "diversity"]

  /// A question of `mos`.
  static func rating(_ name: String) -> Question? {
    switch name {
    case "quality":
      Question(
        name: name, text: "How good is the sound quality?", scale: .category, steps: categories)
    case "naturalness":
      Question(
        name: name, text: "How natural does it sound?", scale: .category,
        steps: [
          Step(5, "Completely natural"), Step(4, "Mostly natural"),
          Step(3, "As natural as unnatural"), Step(2, "Mostly unnatural"),
          Step(1, "Completely unnatural"),
        ])
    case "fit":
      Question(
        name: name, text: "How well does it fit what it should be?", scale: .category,
        steps: [
          Step(5, "Perfectly"), Step(4, "Well"), Step(3, "Somewhat"), Step(2, "Badly"),
          Step(1, "Not at all"),
        ])
    case "diversity":
      Question(
        name: name, text: "How different are these sounds from each other?", scale: .category,
        steps: [
          Step(5, "Very different"), Step(4, "Rather different"), Step(3, "Somewhat different"),
          Step(2, "Rather alike"), Step(1, "All alike"),
        ])
    default: nil
    }
  }

  /// What a design asks on each page.
  ///
  /// - Parameters:
  ///   - ratings: what `mos` asks.
  ///   - labels: what `identify` lets choose, in order.
  static func asked(by design: TestDesign, ratings: [String], labels: [String]) -> [Question] {
    switch design {
    case .mos: ratings.compactMap(rating)
    case .multi:
      [
        Question(
          name: "quality", text: "How good is the quality of each sound?", scale: .continuous,
          steps: bands)
      ]
    case .mushra:
      [
        Question(
          name: "quality", text: "How close is each sound to the reference?", scale: .continuous,
          steps: bands)
      ]
    case .ab:
      [Question(name: "preference", text: "Which sound do you prefer?", scale: .choice)]
    case .abx: [Question(name: "same", text: "Which sound is the same as X?", scale: .choice)]
    case .realOrFake:
      [Question(name: "real", text: "Which sound was recorded?", scale: .choice)]
    case .identify:
      [
        Question(
          name: "label", text: "What is it?", scale: .choice, choices: labels),
        Question(
          name: "ease", text: "How easy was it to tell?", scale: .category,
          steps: [
            Step(5, "Very easy"), Step(4, "Easy"), Step(3, "Neither easy nor hard"),
            Step(2, "Hard"), Step(1, "Very hard"),
          ]),
      ]
    }
  }
}
