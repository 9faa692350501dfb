import AudioFiles
import Yams

/// A configuration of ReSEval for each question, with a folder of sounds for each condition in which the
/// same names belong together.
///
/// The program itself hides from listeners which is which; its folders do not. It asks nothing but what
/// stands in the instructions. The X of `abx` is its reference; `sounds.csv`, which stays at home,
/// tells which stimulus of the key each file is.
struct ReSEvalFiles {
  let test: ExportedTest

  private struct Configuration: Encodable {
    var name: String
    var test: String
    var datatype = "audio"
    var storage = "local"
    var database = "local"
    var server = "local"
    var participants: Int
    var samples: Int
    var seed: UInt64
    var welcome: String
    var prescreen: [String] = []
    var survey: String
    var followup: [String] = []

    enum CodingKeys: String, CodingKey {
      case name, test, datatype, storage, database, server, participants
      case samples = "samples_per_participant"
      case seed = "random_seed"
      case welcome = "welcome_text"
      case prescreen = "prescreen_questions"
      case survey = "survey_instructions"
      case followup = "followup_questions"
    }
  }

  func files() throws -> [HostFile] {
    let kind =
      switch test.settings.design {
      case .ab, .realOrFake: "ab"
      case .abx: "abx"
      case .mushra: "mushra"
      default: "mos"
      }
    let encoder = YAMLEncoder()
    encoder.options.allowUnicode = true
    encoder.options.width = -1
    let questions = test.description.questions
    let configurations = try questions.map { question in
      let name = questions.count == 1 ? test.name : "\(test.name)_\(question.name)"
      let configuration = Configuration(
        name: name, test: kind, participants: test.settings.listeners,
        samples: test.pages.count, seed: test.settings.seed,
        welcome: test.description.texts.welcome,
        survey: "\(test.description.texts.instructions)\n\n\(question.text)")
      return HostFile(path: "\(name).yaml", text: try encoder.encode(configuration))
    }
    let sounds = sounds(in: kind)
    let table = sounds.map { "\($0.path),\($0.stimulus)\n" }.joined()
    return configurations + [HostFile(path: "sounds.csv", text: "file,stimulus\n" + table)]
      + sounds.compactMap { sound in
        test.sounds[sound.stimulus].map { HostFile(path: sound.path, bytes: $0) }
      }
  }

  /// The sounds of each condition, and where X is asked for each page's X, under the same names.
  private func sounds(in folder: String) -> [(path: String, stimulus: String)] {
    var hidden: Set<String> = []
    if test.settings.design == .mushra {
      // Of a page's two references, one is enough.
      hidden = Set(test.description.trials.values.compactMap(\.reference))
    }
    let rows = test.key.rows.filter {
      [.test, .reference, .anchor35, .anchor70].contains($0.kind) && !hidden.contains($0.stimulus)
    }
    let pages = self.places
    func page(_ row: KeyRow) -> Int { pages[row.stimulus] ?? .max }
    let conditions = Dictionary(grouping: rows) { $0.twin.isEmpty ? $0.condition : "reference" }
    return conditions.sorted { $0.key < $1.key }.flatMap { name, rows in
      // Clips of one page have the same number in every condition.
      let ordered = rows.sorted { (page($0), $0.stimulus) < (page($1), $1.stimulus) }
      return ordered.enumerated().map { place, row in
        (path: "\(folder)/\(name)/\((place + 1).zeroPadded(to: 4)).wav", stimulus: row.stimulus)
      }
    }
  }

  /// The first page that each stimulus is on.
  private var places: [String: Int] {
    var places: [String: Int] = [:]
    for (place, page) in test.pages.enumerated() {
      for id in page.trial.stimuli + [page.trial.x].compactMap(\.self) where places[id] == nil {
        places[id] = place
      }
    }
    return places
  }
}
