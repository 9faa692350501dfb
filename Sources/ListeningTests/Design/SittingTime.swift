/// How long a listener takes, as far as can be told beforehand.
struct SittingTime {
  /// Seconds of a stimulus.
  var stimulusSeconds: Double
  var design: TestDesign
  var questionCount: Int
  /// Stimuli on a page, with reference or X.
  var stimulusCount: Int

  /// Seconds of a page: sounds are played about so often, and answers take their time.
  var secondsOfPage: Double {
    let plays = design == .multi || design == .mushra || design == .abx ? 2.5 : 1.25
    let choosing = 2 + 2.5 * Double(questionCount)
    let rated = design == .multi || design == .mushra ? Double(stimulusCount) * 3 : 0
    return Double(stimulusCount) * plays * (stimulusSeconds + 0.5) + choosing + rated
  }

  /// Minutes of so many pages, with welcome, questionnaire, level and check of headphones.
  func minutes(pages: Int) -> Double {
    let all = 3 + secondsOfPage * Double(pages) / 60
    return (all * 10).rounded() / 10
  }
}
