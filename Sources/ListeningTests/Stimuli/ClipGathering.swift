import AudioFiles
import Foundation
import NeuralNet
import WaveGAN

/// Takes the clips of all conditions.
struct ClipGathering {
  let settings: TestSettings
  let threadCount: Int?
  let progress: ExportJob.Progress

  /// Clips of each condition to begin with.
  private var trainingCount: Int {
    switch settings.design {
    case .mos, .identify: (4 + settings.conditions.count) / settings.conditions.count
    default: 2
    }
  }
  private var asksDiversity: Bool {
    settings.design == .mos && settings.questions == ["diversity"]
  }

  /// - Returns: the clips, of each condition in order; and the labels that they have in turn.
  /// - Throws: ``ListeningTestError``, and what the sources throw.
  func gather() throws -> (conditions: [ConditionClips], labels: [String]) {
    let sources = try self.sources()
    let labels = try commonLabels(of: sources)
    if settings.design == .identify && labels.count < 2 {
      throw ListeningTestError(
        .refused, "--design identify",
        "needs clips of two labels or more, known for every condition: which is it would have but one "
          + "answer; ask for mos")
    }
    if settings.design == .mushra { return (try versions(of: sources), []) }
    let chosen = try SelectionTable(settings)
    return (
      try sources.map { source in
        var clips = try clips(of: source, labels, chosen)
        clips.rejected = source.rejected
        return clips
      }, labels
    )
  }

  // MARK: Sources

  private func sources() throws -> [any ClipSource] {
    let resolved = try settings.conditions.map { try $0.resolved() }
    let runs = try resolved.compactMap { source -> (path: String, record: RunRecord)? in
      guard case .run(let path, _) = source else { return nil }
      return (path, try RunRecord(of: RunFolder(path)))
    }
    return try zip(settings.conditions, resolved).enumerated().map { index, pair in
      let (condition, source) = pair
      switch source {
      case .real:
        return try RealClips(settings: settings, runs: runs)
          .clips(condition: condition, index: index, progress: progress)
      case .run(let path, let choice):
        return RunClips(
          condition: condition,
          renderer: try Renderer(
            run: RunFolder(path), checkpoint: choice, threadCount: threadCount),
          seed: settings.seed)
      case .folder(let path):
        return try FileClips(
          folder: path, condition: condition, seed: settings.seed, index: index)
      }
    }
  }

  /// The labels that are taken in turn: those asked for, or all that every condition has.
  private func commonLabels(of sources: [any ClipSource]) throws -> [String] {
    let common = sources.dropFirst().reduce(Set(sources.first?.labels ?? [])) {
      $0.intersection($1.labels)
    }
    for label in settings.labels where !common.contains(label) {
      let lacking = sources.first { !$0.labels.contains(label) }
      throw ListeningTestError(
        .unusable, lacking?.subject ?? "--label",
        "has no clips that are known to have the label “\(label)”; "
          + (common.isEmpty
            ? "leave --label out"
            : "every condition has \(common.sorted().joined(separator: ", "))"))
    }
    let labels = settings.labels.isEmpty ? common.sorted() : settings.labels
    if !settings.labels.isEmpty, !settings.count.isMultiple(of: labels.count) {
      throw ListeningTestError(
        .refused, "--count \(settings.count)",
        "cannot be shared equally by \(labels.count) labels; give a multiple of \(labels.count)")
    }
    return labels
  }

  // MARK: Clips

  private func clips(
    of source: any ClipSource, _ labels: [String], _ chosen: SelectionTable?
  ) throws -> ConditionClips {
    let size = asksDiversity ? Medley.size : 1
    let needed = settings.count * size
    if let names = chosen?.names(ofCondition: source.condition.name) {
      guard names.count >= needed else { throw tooFew(source, names.count, needed, []) }
      let test = try source.take(named: Array(names.prefix(needed)), progress: progress)
      return ConditionClips(
        condition: source.condition, test: asksDiversity ? Medley.join(test) : test, training: [])
    }
    // Each of the others meets recordings of its own, where there are enough.
    let isShared = settings.design == .realOrFake && source.condition.source == "real"
    let pairs = isShared ? max(1, settings.conditions.count - 1) : 1
    let wanted = needed * pairs
    // A medley has clips of one label; recordings have the labels of the clips that they are put beside.
    let turns =
      isShared && !labels.isEmpty
      ? (0..<needed).map { labels[$0 % labels.count] }
      : labels.flatMap { repeatElement($0, count: size) }
    let taken: [SourceClip]
    if settings.selection == .best {
      taken = try SurestClips(settings: settings, threadCount: threadCount, progress: progress)
        .take(wanted, of: source, labels: turns)
    } else {
      taken = try source.take(wanted + trainingCount * size, labels: turns, progress: progress)
    }
    guard taken.count >= needed else { throw tooFew(source, taken.count, needed, labels) }
    let test = Array(taken.prefix(min(wanted, taken.count / needed * needed)))
    let training = Array(taken.dropFirst(wanted))
    return ConditionClips(
      condition: source.condition, test: asksDiversity ? Medley.join(test) : test,
      training: asksDiversity ? Medley.join(training) : training)
  }

  private func tooFew(
    _ source: any ClipSource, _ count: Int, _ needed: Int, _ labels: [String]
  ) -> ListeningTestError {
    if let first = source.rejected.first {
      return ListeningTestError(
        .unusable, source.subject,
        "has \(count.counted("usable clip")) and the test needs \(needed.grouped); "
          + "\(source.rejected.count.counted("file")) cannot be used, the first because: \(first)")
    }
    return ListeningTestError(
      .unusable, source.subject,
      "has \(count.counted("usable clip"))\(labels.isEmpty ? "" : ", equally of all labels,") and the "
        + "test needs \(needed.grouped); ask for fewer with --count"
        + "\(labels.isEmpty ? "" : ", for fewer labels"), or give more clips")
  }

  /// Versions of the same recordings, found by their names.
  private func versions(of sources: [any ClipSource]) throws -> [ConditionClips] {
    let files = sources.compactMap { $0 as? FileClips }
    guard files.count == sources.count,
      let reference = files.first(where: { $0.condition.name == Condition.referenceName }),
      reference.condition.source != "real"
    else {
      throw ListeningTestError(
        .refused, "--design mushra",
        "compares versions of recordings with the recordings themselves, and clips of a run are versions "
          + "of nothing; give folders whose files have the same names, one of them as "
          + "reference=FOLDER, or ask for --design multi")
    }
    /// The names without what tells the kind of file.
    func stems(_ source: FileClips) -> [String: String] {
      Dictionary(
        source.names.map { (($0 as NSString).deletingPathExtension, $0) },
        uniquingKeysWith: { first, _ in first })
    }
    let named = files.map(stems)
    let common = named.dropFirst().reduce(Set(named[0].keys)) { $0.intersection($1.keys) }.sorted()
    guard common.count >= settings.count else {
      throw ListeningTestError(
        .unusable, "--design mushra",
        "finds \(common.count.counted("file")) with the same name in every folder, and the test needs "
          + "\(settings.count.grouped); ask for fewer with --count, or name files alike")
    }
    let order = RandomStream.order(of: common.count, seed: settings.seed, step: 6).map {
      common[$0]
    }
    let wanted = order.prefix(settings.count + trainingCount)
    return try zip(files, named).map { source, names in
      var clips = try source.take(
        named: wanted.compactMap { names[$0] }, progress: progress)
      for place in clips.indices {
        clips[place].name = order[place]
        clips[place].row.clip = order[place]
      }
      return ConditionClips(
        condition: source.condition, test: Array(clips.prefix(settings.count)),
        training: Array(clips.dropFirst(settings.count)))
    }
  }
}
