import AudioFiles
import Yams

/// A configuration of ReSEval, with a folder of sounds for each condition in which the same names belong
/// together.
///
/// The program itself hides from listeners which is which; its folders do not.
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
    let configuration = Configuration(
      name: test.name, test: kind, participants: test.settings.listeners,
      samples: test.pages.count, seed: test.settings.seed,
      welcome: test.description.texts.welcome,
      survey: test.description.texts.instructions)
    let encoder = YAMLEncoder()
    encoder.options.allowUnicode = true
    encoder.options.width = -1
    return [HostFile(path: "\(test.name).yaml", text: try encoder.encode(configuration))]
      + sounds(in: kind)
  }

  private func sounds(in folder: String) -> [HostFile] {
    var hidden: Set<String> = []
    if test.settings.design == .mushra {
      // Of a page's two references, one is enough.
      hidden = Set(test.description.trials.values.compactMap(\.reference))
    }
    let rows = test.key.rows.filter {
      [.test, .reference, .anchor35, .anchor70].contains($0.kind) && $0.twin.isEmpty
        && !hidden.contains($0.stimulus)
    }
    let pages = firstPages
    func page(_ row: KeyRow) -> Int { pages[row.stimulus] ?? .max }
    let conditions = Dictionary(grouping: rows, by: \.condition)
    return conditions.sorted { $0.key < $1.key }.flatMap { name, rows in
      // Clips of one page have the same number in every condition.
      let ordered = rows.sorted { (page($0), $0.stimulus) < (page($1), $1.stimulus) }
      return ordered.enumerated().compactMap { place, row in
        test.sounds[row.stimulus].map {
          HostFile(path: "\(folder)/\(name)/\((place + 1).zeroPadded(to: 4)).wav", bytes: $0)
        }
      }
    }
  }

  /// The first page that each stimulus is on.
  private var firstPages: [String: Int] {
    var places: [String: Int] = [:]
    for (place, page) in test.pages.enumerated() {
      for id in page.trial.stimuli where places[id] == nil { places[id] = place }
    }
    return places
  }
}
