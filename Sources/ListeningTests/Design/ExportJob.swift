import AudioFiles
import Foundation
import WaveGAN

/// Makes a listening test.
///
///     let settings = TestSettings(design: .ab, conditions: […])
///     try ExportJob(settings: settings).run(into: TestFolder("test"))
///
/// The folder then holds:
///
///     listener/       all that listeners get: index.html, test.json, audio/
///     key.csv         what each stimulus is
///     manifest.json   how the test was made
///     texts/          what listeners read, to edit and to give to the next export
///     answers/        empty
///     hosts/NAME/     files for other programs
///
/// Equal settings and sources give equal bytes, in any folder.
package struct ExportJob: Sendable {
  package var settings: TestSettings
  /// Threads that render; without influence on the result.
  package var threadCount: Int?

  /// What is being done.
  package enum Stage: Sendable, Hashable {
    /// Taking the clips of a condition.
    case clips(String)
    /// Training a classifier that chooses.
    case classifier
    /// Encoding stimuli.
    case stimuli
  }

  /// Called as work goes on; what it throws ends it.
  package typealias Progress = @Sendable (_ stage: Stage, _ done: Int, _ total: Int) throws -> Void

  package init(settings: TestSettings, threadCount: Int? = nil) {
    self.settings = settings
    self.threadCount = threadCount
  }

  /// Makes the test.
  ///
  /// - Parameters:
  ///   - folder: the folder to make; it appears whole or not at all.
  ///   - command: the arguments to note in the manifest.
  ///   - overwrites: whether an earlier test there, that nobody answered, is replaced.
  ///   - progress: is told how the work goes.
  /// - Returns: what was made.
  /// - Throws: ``ListeningTestError``, and what reading the sources throws.
  package func run(
    into folder: TestFolder, command: [String] = [], overwrites: Bool = false,
    progress: @escaping Progress = { _, _, _ in }
  ) throws -> ExportReport {
    try settings.validate()
    let target = try ExportFolder(folder, overwrites: overwrites)
    let (conditions, labels) = try ClipGathering(
      settings: settings, threadCount: threadCount, progress: progress
    ).gather()
    if settings.questions.contains("fit"), conditions.contains(where: { $0.lacksLabel }) {
      throw ListeningTestError(
        .refused, "--question fit",
        "asks whether a clip fits its label, and not every clip has one; give clips with labels, or "
          + "leave it out")
    }
    let hidden = settings.hidingSeed(by: conditions)
    var composer = TestComposer(settings: hidden, conditions: conditions)
    let composition = try composer.compose()
    let level = try composer.addLevel()
    let headphones = try composer.addHeadphoneCheck()
    let gain = try composer.finish()

    let orders = Orders(
      blocks: composition.blocks, stimuli: composition.trials.mapValues(\.stimuli),
      attention: composition.attention, seed: hidden.seed
    ).orders(listenerCount: settings.listeners)
    let asked = Question.asked(
      by: settings.design, ratings: settings.questions, labels: labels.sorted())
    let minutes = try minutes(composition, orders, composer.shelf, questionCount: asked.count)
    let (key, sounds) = try encoded(composer.shelf, seed: hidden.seed, progress)
    let texts = try ListenerTexts(
      usual: .usual(for: settings, minutes: minutes, hasTraps: composer.hasTraps),
      folder: settings.texts)
    let description = TestDescription(
      test: String(ContentDigest(of: Array(key.csv.utf8)).description.prefix(12)),
      title: settings.title, language: settings.language, design: settings.design,
      questions: asked,
      stimuli: sounds.reduce(into: [:]) { $0[$1.key] = address($1.key, $1.value) },
      trials: composition.trials, training: composition.training, level: level,
      headphones: headphones, orders: orders, minutes: minutes, texts: texts.texts,
      questionnaire: texts.questionnaire, collect: settings.collect)

    let test = ExportedTest(
      settings: settings, description: description, key: key, sounds: sounds,
      attention: Set(composition.attention))
    var files = try listenerFiles(test) + texts.files().map { ("texts/\($0.name)", $0.bytes) }
    files.append(("key.csv", Array(key.csv.utf8)))
    for host in settings.hosts {
      files += try host.files(for: test).map { ("hosts/\(host.rawValue)/\($0.path)", $0.bytes) }
    }
    let digests = files.map { ($0.0, ContentDigest(of: $0.1).description) }
    let manifest = ExportManifest(
      test: description.test, design: settings.design, command: command, settings: settings,
      seed: settings.seed, conditions: conditions.map(ExportManifest.Condition.init),
      selection: .init(settings.selection), labels: labels, commonGainDecibels: gain,
      minutes: minutes, listeners: settings.listeners, trials: composition.trials.count,
      stimuli: sounds.count, files: Dictionary(uniqueKeysWithValues: digests))
    files.append(
      ("manifest.json", Array(try JSONEncoder.forReading.encode(manifest)) + [0x0A]))
    try target.fill(files, emptyFolders: ["answers"])
    return ExportReport(
      test: description, key: key, gainDecibels: gain, settings: settings, conditions: conditions)
  }

  /// The estimated duration.
  ///
  /// - Throws: ``ListeningTestError`` `.refused` when nobody would listen that long.
  private func minutes(
    _ composition: TestComposer.Composition, _ orders: [[Turn]], _ shelf: StimulusShelf,
    questionCount: Int
  ) throws -> Double {
    let page = composition.blocks.first?.first.flatMap { composition.trials[$0] }
    let stimulusCount =
      (page?.stimuli.count ?? 1) + (page?.reference == nil ? 0 : 1) + (page?.x == nil ? 0 : 1)
    let time = SittingTime(
      stimulusSeconds: shelf.items.first?.sound.seconds ?? 0, design: settings.design,
      questionCount: questionCount, stimulusCount: stimulusCount)
    let pages = (orders.first?.count ?? 0) + composition.training.count
    let minutes = time.minutes(pages: pages)
    guard minutes <= settings.minutesLimit else {
      throw ListeningTestError(
        .refused, "--count \(settings.count)",
        "makes a test of \(pages.counted("page")) and about \(Int(minutes.rounded())) minutes, and "
          + "after \(Int(settings.minutesLimit)) nobody listens well; give a smaller --count or fewer "
          + "conditions, or allow it with --max-minutes")
    }
    return minutes
  }

  /// The files of the stimuli, by id, and the finished key; its rows stand in the order of ids.
  private func encoded(
    _ shelf: StimulusShelf, seed: UInt64, _ progress: Progress
  ) throws -> (TestKey, [String: [UInt8]]) {
    let indexed = Array(shelf.items.enumerated())
    let files = try indexed.parallelMap(threadCount: threadCount) { item in
      try item.element.sound.encoded(seed: seed, index: item.offset)
    }
    var rows = shelf.items.map(\.row)
    var sounds: [String: [UInt8]] = [:]
    for (place, file) in files.enumerated() {
      rows[place].sha256 = ContentDigest(of: file).description
      sounds[rows[place].stimulus] = file
    }
    try progress(.stimuli, files.count, files.count)
    return (TestKey(rows: rows.sorted { $0.stimulus < $1.stimulus }), sounds)
  }

  /// Where the page finds a sound.
  private func address(_ id: String, _ sound: [UInt8]) -> String {
    settings.embedsSounds
      ? "data:audio/wav;base64," + Data(sound).base64EncodedString() : "audio/\(id).wav"
  }

  private func listenerFiles(_ test: ExportedTest) throws -> [(String, [UInt8])] {
    let json = try JSONEncoder.forReading.encode(test.description)
    var files = [
      ("listener/index.html", Array(try ListenerPage.html(for: test.description).utf8)),
      ("listener/test.json", Array(json) + [0x0A]),
    ]
    if !settings.embedsSounds {
      files += test.sounds.sorted { $0.key < $1.key }.map { ("listener/audio/\($0).wav", $1) }
    }
    return files
  }
}

extension ConditionClips {
  fileprivate var lacksLabel: Bool { (test + training).contains { $0.label == nil } }
}
