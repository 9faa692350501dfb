import ArgumentParser
import AudioFiles
import Foundation
import WaveGAN

/// Trains on recordings, or goes on with a training.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train on a folder of recordings, or go on with a run.",
    discussion: """
      Makes a run: a folder with settings, metrics, checkpoints and previews to listen to. Ctrl-C \
      saves and stops; --resume goes on as if it had never stopped.

      Example: wavegan train drums --run drums.run --minutes 60
      Example: wavegan train --resume drums.run --minutes 120
      """)

  @Argument(
    help: "Recordings, or folders that are looked through to any depth.", completion: .file())
  var paths: [String] = []

  @Option(
    name: .customLong("run"), help: ArgumentHelp("The folder to make.", valueName: "run"),
    completion: .directory)
  var newRun: String?

  @Option(
    help: ArgumentHelp(
      "Go on with this run; only what stands under Control can be given anew, and --memory.",
      valueName: "run"),
    completion: .directory)
  var resume: String?

  @Option(
    help: ArgumentHelp(
      """
      Begin with the weights of this run's newest checkpoint. Its networks must be those asked \
      for; --config RUN/run.json asks for the same.
      """, valueName: "run"),
    completion: .directory)
  var from: String?

  @Flag(help: "Replace the run that is there already.")
  var force = false

  @OptionGroup(title: "Control") var control: ControlOptions
  @OptionGroup(title: "Data") var data: DataOptions
  @OptionGroup(title: "Model") var model: ModelOptions
  @OptionGroup(title: "Objective") var objective: ObjectiveOptions

  @Option(
    help: ArgumentHelp("Decides every random number of the run. Default: 0.", valueName: "n"))
  var seed: UInt64?

  @OptionGroup(title: "Settings") var source: SettingsSource
  @OptionGroup(title: "Report") var report: ReportOptions

  func run() throws {
    try checkCombination()
    var options = try wanted
    let threadCount = options.threads ?? ProcessInfo.processInfo.activeProcessorCount
    options.threads = threadCount
    let interruption = Interruption(includesHangup: true)
    let training = try begin(options, interruption)
    let traits = TerminalTraits.standardError
    if !report.quiet {
      let opening = TrainingOpening(run: training, threadCount: threadCount)
      StandardError.write(
        opening.text(width: traits.redraws ? min(80, TerminalTraits.size.columns) : .max))
    }
    let reporter = TrainingReporter(
      TrainingStatus(of: training), traits: traits, isQuiet: report.quiet,
      interruption: interruption)
    let outcome = try reporter.during {
      try training.train(shouldStop: { interruption.isRequested }, onEvent: reporter.note)
    }
    try close(training, outcome)
  }

  // MARK: Beginning

  /// What was asked for, completed by settings file and preset; of a run that goes on, only what may
  /// be given anew.
  private var wanted: TrainingOptions {
    get throws {
      var said = TrainingOptions()
      if resume != nil {
        said.memory = data.memory
        return said.completed(with: control.said)
      }
      said.seed = seed
      let options = try source.options(
        said, control.said, data.said, model.said, objective.said)
      try options.validate()
      try model.checkMeaning(for: options.generator)
      return options
    }
  }

  private func begin(
    _ options: TrainingOptions, _ interruption: Interruption
  ) throws -> TrainingRun {
    let loading = LoadingReporter(isQuiet: report.quiet, interruption: interruption)
    defer { loading.clear() }
    do {
      return try load(options, onLoading: loading.progress)
    } catch is LoadingReporter.Interrupted {
      loading.clear()
      if !report.quiet {
        StandardError.write(
          "Stopped while reading the recordings; "
            + (resume == nil ? "nothing was written.\n" : "the run is as it was.\n"))
      }
      throw ExitCode(ExitStatus.interrupted.rawValue)
    }
  }

  private func load(
    _ options: TrainingOptions, onLoading: @escaping TrainingRun.LoadingProgress
  ) throws -> TrainingRun {
    if let resume {
      return try TrainingRun(
        resuming: RunFolder(resume.withoutTrailingSlash), options: options, onLoading: onLoading)
    }
    return try TrainingRun(
      paths: paths, options: options, folder: RunFolder((newRun ?? "").withoutTrailingSlash),
      replaces: force, origin: from.map { RunFolder($0.withoutTrailingSlash) },
      onLoading: onLoading)
  }

  // MARK: Ending

  private func close(_ training: TrainingRun, _ outcome: TrainingOutcome) throws {
    let metrics = training.folder.lastMetrics
    let closing = TrainingClosing(
      folder: training.folder, outcome: outcome, seconds: metrics?.seconds ?? 0,
      verdict: metrics?.verdict)
    if report.json {
      let object = Report(
        run: training.folder.path, id: training.record.id, step: closing.step,
        seconds: closing.seconds, outcome: closing.word, metrics: metrics)
      print(try object.reportJSON())
    }
    if case .interrupted = outcome {
      if !report.quiet { StandardError.write(closing.interruption + "\n") }
      throw ExitCode(ExitStatus.interrupted.rawValue)
    }
    guard !report.quiet else { return }
    let lines = closing.lines.joined(separator: "\n") + "\n"
    if report.json { StandardError.write(lines) } else { print(lines, terminator: "") }
  }
}

extension String {
  /// A folder's path without the slash that completion leaves at its end.
  fileprivate var withoutTrailingSlash: String {
    var path = Substring(self)
    while path.count > 1 && path.hasSuffix("/") { path = path.dropLast() }
    return String(path)
  }
}

extension TrainingStatus {
  /// That of a run which is about to begin or go on.
  fileprivate init(of run: TrainingRun) {
    let step = run.folder.checkpointSteps.last ?? 0
    self.init(step: step, targetStep: run.record.control.steps)
    warmUpStepCount = run.record.settings.objective.warmUpSteps
    let metrics = run.folder.lastMetrics
    elapsedSeconds = metrics?.seconds ?? 0
    verdict = metrics?.verdict
    if let target = targetStep { fractionCompleted = min(1, Double(step) / Double(max(1, target))) }
  }
}
