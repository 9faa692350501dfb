/// A finished test, as the files for other programs are made of it.
package struct ExportedTest {
  let settings: TestSettings
  let description: TestDescription
  let key: TestKey
  /// The bytes of each stimulus's file, by id.
  let sounds: [String: [UInt8]]
  /// The names of gold and trapping trials.
  let attention: Set<String>

  /// The name of the test's files.
  var name: String { "wavegan_\(description.test)" }

  /// The pages that count, by name.
  var pages: [(name: String, trial: Trial)] {
    let planned = Set(description.orders.joined().map(\.trial))
    return description.trials.filter { planned.contains($0.key) && !attention.contains($0.key) }
      .sorted { $0.key < $1.key }.map { (name: $0.key, trial: $0.value) }
  }

  /// The gold and trapping pages, and those to begin with.
  var attentionPages: [(name: String, trial: Trial)] {
    description.trials.filter { attention.contains($0.key) }.sorted { $0.key < $1.key }
      .map { (name: $0.key, trial: $0.value) }
  }
  var trainingPages: [(name: String, trial: Trial)] {
    description.training.compactMap { name in
      description.trials[name].map { (name: name, trial: $0) }
    }
  }

  /// The stimuli of some pages, with reference and X, as files in a folder.
  func audio(
    of pages: [(name: String, trial: Trial)], in folder: String, level: Bool = false
  ) -> [HostFile] {
    var ids = Set(
      pages.flatMap { $0.trial.stimuli + [$0.trial.reference, $0.trial.x].compactMap(\.self) })
    if level, let id = description.level { ids.insert(id) }
    return ids.sorted().compactMap { id in
      sounds[id].map { HostFile(path: "\(folder)/\(id).wav", bytes: $0) }
    }
  }
}

/// A file for another program, by its path in the program's folder.
struct HostFile {
  var path: String
  var bytes: [UInt8]

  init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  init(path: String, text: String) {
    self.init(path: path, bytes: Array(text.utf8))
  }
}
