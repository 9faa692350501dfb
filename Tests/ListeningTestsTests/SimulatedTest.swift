import Foundation
import ListeningTests
import NeuralNet

/// A listening test with made-up listeners, whose preferences are known.
struct SimulatedTest {
  var design: TestDesign
  /// The mean that each condition deserves: on the scale or, of choices, how much it attracts.
  var worth: [(name: String, worth: Double)]
  var clipCount = 6
  var labels = ["kick", "snare"]
  var seed: UInt64 = 1
  /// In `ab`: how listeners' chances of choosing the first vary about one half, whatever is worth more.
  var preferenceDeviation: Double?

  /// A stimulus id.
  private func id(_ number: Int) -> String {
    let digits = String(UInt32(truncatingIfNeeded: number &* 2_654_435_761), radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  /// Each condition's clips; of `abx` with a third for each trial.
  var key: TestKey {
    var rows: [KeyRow] = []
    for (place, condition) in worth.enumerated() {
      for clip in 0..<clipCount {
        let kind = KeyRow.Kind(rawValue: condition.name) ?? .test
        var row = KeyRow(
          stimulus: id(1 + place * clipCount + clip),
          condition: kind == .test ? condition.name : "",
          clip: "\(clip)", kind: kind)
        row.label = labels[clip % labels.count]
        row.source = condition.name == "real" ? "real" : "runs/\(condition.name)"
        rows.append(row)
      }
    }
    if design == .abx {
      for (number, pair) in pairs.enumerated() {
        var row = KeyRow(stimulus: id(1_000 + number), clip: "x\(number)", kind: .test)
        row.twin = rows[number % 2 == 0 ? pair.0 : pair.1].stimulus
        rows.append(row)
      }
    }
    for number in 0..<2 {
      var gold = KeyRow(stimulus: id(2_000 + number), clip: "gold \(number)", kind: .gold)
      gold.expected = "5"
      var trap = KeyRow(stimulus: id(3_000 + number), clip: "trap \(number)", kind: .trap)
      trap.expected = "\(2 + number)"
      rows += design == .mos ? [gold, trap] : []
    }
    return TestKey(rows: rows)
  }

  /// Pairs of rows of the key that are compared.
  private var pairs: [(Int, Int)] {
    worth.indices.flatMap { first in
      worth.indices.filter { $0 > first }.flatMap { second in
        (0..<clipCount).map { (first * clipCount + $0, second * clipCount + $0) }
      }
    }
  }

  var description: TestDescription {
    let rows = key.rows
    let steps = [(5, "Excellent"), (4, "Good"), (3, "Fair"), (2, "Poor"), (1, "Bad")]
      .map { Question.Step($0.0, $0.1) }
    var questions: [Question]
    var trials: [String: Trial] = [:]
    switch design {
    case .mos, .identify:
      questions = [
        Question(name: "quality", text: "How good is it?", scale: .category, steps: steps)
      ]
      if design == .identify {
        questions = [
          Question(name: "label", text: "What is it?", scale: .choice, choices: labels.sorted()),
          Question(name: "ease", text: "How easy was it?", scale: .category, steps: steps),
        ]
      }
      for row in rows { trials["t\(row.stimulus)"] = Trial(stimuli: [row.stimulus]) }
    case .multi, .mushra:
      questions = [Question(name: "quality", text: "How good are they?", scale: .continuous)]
      for clip in 0..<clipCount {
        trials["t\(clip)"] = Trial(
          stimuli: worth.indices.map { rows[$0 * clipCount + clip].stimulus })
      }
    case .ab, .abx, .realOrFake:
      questions = [Question(name: "choice", text: "Which one?", scale: .choice)]
      for (number, pair) in pairs.enumerated() {
        var trial = Trial(stimuli: [rows[pair.0].stimulus, rows[pair.1].stimulus])
        if design == .abx { trial.x = id(1_000 + number) }
        trials["p\(String(100 + number))"] = trial
      }
    }
    return TestDescription(
      test: "0123456789ab", title: "Drums", design: design, questions: questions,
      stimuli: Dictionary(
        uniqueKeysWithValues: rows.map { ($0.stimulus, "audio/\($0.stimulus).wav") }),
      trials: trials, orders: [], minutes: 5,
      texts: Texts(welcome: "", consent: "", instructions: "", end: ""))
  }

  /// What a listener answers: worth, own taste, and chance.
  ///
  /// - Parameter isCareless: whether all answers are chance alone.
  func answers(of listener: Int, isCareless: Bool = false) -> ListenerAnswers {
    var stream = RandomStream(seed: seed, purpose: .resampling, index: listener)
    var given = ListenerAnswers(
      test: "0123456789ab", listener: "\(listener)", order: 0, began: "2026-01-01T10:00:00Z",
      ended: "2026-01-01T10:10:00Z")
    let rows = key.byStimulus
    let worth = Dictionary(uniqueKeysWithValues: self.worth.map { ($0.name, $0.worth) })
    let test = description
    let unit = [.multi, .mushra].contains(design) ? 10.0 : 0.4
    let taste = unit * Double(stream.nextNormal())
    let preference = preferenceDeviation.map { 0.5 + $0 * Double(stream.nextNormal()) }
    func opinion(_ row: KeyRow) -> Double {
      let name = row.condition.isEmpty ? row.kind.rawValue : row.condition
      return worth[name, default: 0] + taste + 2 * unit * Double(stream.nextNormal())
    }
    func add(_ trial: String, _ question: String, _ stimulus: String, _ value: Answer.Value) {
      given.answers.append(
        Answer(
          index: given.answers.count, trial: trial, question: question, stimulus: stimulus,
          value: value))
    }
    for (name, trial) in test.trials.sorted(by: { $0.key < $1.key }) {
      let stimuli = trial.stimuli.compactMap { rows[$0] }
      switch design {
      case .mos, .multi, .mushra:
        for row in stimuli {
          var value = opinion(row)
          if isCareless { value = Double(design == .mos ? 1 + stream.nextInteger(below: 5) : 50) }
          if let expected = Double(row.expected), !isCareless { value = expected }
          value =
            design == .mos ? min(max(value.rounded(), 1), 5) : min(max(value.rounded(), 0), 100)
          add(name, "quality", row.stimulus, .number(value))
        }
      case .identify:
        let row = stimuli[0]
        let knows = Double(stream.nextUniform()) < worth[row.condition, default: 0]
        let guess = labels[stream.nextInteger(below: labels.count)]
        add(name, "label", row.stimulus, .text(knows ? row.label : guess))
        add(name, "ease", row.stimulus, .number(knows ? 4 : 2))
      case .ab, .realOrFake:
        let choosesFirst =
          preference.map { Double(stream.nextUniform()) < $0 }
          ?? (opinion(stimuli[0]) > opinion(stimuli[1]))
        add(name, "choice", stimuli[choosesFirst ? 0 : 1].stimulus, .number(1))
      case .abx:
        let distance = abs(worth[stimuli[0].condition]! - worth[stimuli[1].condition]!)
        let hears = Double(stream.nextUniform()) < min(1, distance)
        let twin = rows[trial.x!]!.twin
        let guess = stimuli[stream.nextInteger(below: 2)].stimulus
        add(name, "choice", hears ? twin : guess, .number(1))
      }
    }
    return given
  }

  /// The sheets of listeners 1 to `count`, of whom those after `careful` answer by chance.
  func sheets(_ count: Int, careful: Int? = nil) throws -> [AnswerSheet] {
    let joiner = AnswerJoiner(test: description, key: key)
    return try (1...count).map {
      try joiner.sheet(
        of: answers(of: $0, isCareless: $0 > careful ?? count), file: "answers/\($0).json")
    }
  }

  /// The score of so many listeners.
  func score(
    _ count: Int, careful: Int? = nil, draws: Int = 400, plan: Double? = nil
  ) throws -> ListeningTestScore {
    try ScoreJob(
      test: description, key: key, drawCount: draws, seed: 7, plannedDifference: plan
    ).score(sheets(count, careful: careful))
  }

  /// Writes the test as `export` lays it out, with the answers of so many listeners.
  func write(to folder: String, listeners: Int) throws {
    let place = TestFolder(folder)
    for path in [place.listener, place.answers] {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    try JSONEncoder().encode(description).write(to: URL(filePath: place.description))
    try Data(key.csv.utf8).write(to: URL(filePath: place.key))
    for listener in 1...listeners {
      try JSONEncoder().encode(answers(of: listener))
        .write(to: URL(filePath: "\(place.answers)/\(listener).json"))
    }
  }
}
