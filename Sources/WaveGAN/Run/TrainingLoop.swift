import AudioFiles
import Foundation
internal import NeuralNet

/// Carries a run on from its newest checkpoint, and writes what it leaves on the way.
final class TrainingLoop {
  /// How often a run goes back to one checkpoint before it gives up.
  static let retryLimit = 3

  private let folder: RunFolder
  private let record: RunRecord
  private let dataset: Dataset
  private let team: ThreadTeam
  private let adversaries: Adversaries
  private let preview: PreviewWriter
  private let evaluation: CheckpointEvaluation

  private var trainer: Trainer
  private var log: MetricsLog
  private var clock: TrainingClock

  /// Steps since the last line of metrics.
  private var pending: [StepReport] = []

  /// What the generator made last, and after which step.
  private var measured: (step: Int, measurement: PreviewWriter.Measurement)?

  /// How good it was at the last checkpoint, and after which step that was.
  private var evaluated: (step: Int, figures: ComparisonFigures?)?

  init(
    folder: RunFolder, record: RunRecord, dataset: Dataset,
    origin: (checkpoint: Checkpoint, path: String)?, team: ThreadTeam
  ) throws {
    self.folder = folder
    self.record = record
    self.dataset = dataset
    self.team = team
    adversaries = Adversaries(
      settings: record.settings,
      recordingLabels: dataset.trainingLabels(as: record.settings.model.labels), team: team)
    let clipGenerator = ClipGenerator(
      settings: record.settings, workspace: adversaries.workspace)
    preview = PreviewWriter(clipGenerator: clipGenerator, dataset: dataset)
    evaluation = try CheckpointEvaluation(
      clipGenerator: clipGenerator, dataset: dataset, team: team)
    var (step, attempt) = (0, 0)
    if let newest = folder.checkpointSteps.last {
      let path = folder.checkpoint(step: newest)
      let checkpoint = try Checkpoint(path: path, of: folder, settings: record.settings)
      try checkpoint.restore(adversaries, path: path)
      (step, attempt) = (checkpoint.step, checkpoint.attempt)
    } else {
      guard try MetricsLog.lines(at: folder.metrics).isEmpty else {
        throw RunError(
          .unusable, folder.path,
          "has metrics but no checkpoint; put its checkpoints back, or begin it again with --force")
      }
      // A run that was stopped before its first checkpoint begins again from its seed; weights of
      // another run are not at hand any more.
      guard (origin == nil) == (record.origin == nil) else {
        throw RunError(
          .unusable, folder.path,
          "was stopped before it saved the weights that --from gave; begin it again with --force")
      }
      if let origin {
        try origin.checkpoint.restoreWeights(of: adversaries, path: origin.path)
      }
      try Checkpoint.write(adversaries, step: 0, attempt: 0, to: folder.checkpoint(step: 0))
    }
    log = try MetricsLog(path: folder.metrics, keepingUpTo: step)
    clock = TrainingClock(after: log.lines.last?.seconds ?? 0)
    trainer = try Trainer(
      adversaries: adversaries, dataset: dataset, step: step, attempt: attempt, team: team)
  }

  /// Trains until the run has its length, has settled, or is asked to stop.
  func run(
    shouldStop: () -> Bool, onEvent: (TrainingEvent) -> Void
  ) throws -> TrainingOutcome {
    while true {
      let isFinished = hasItsLength
      if isFinished || shouldStop() {
        guard isStateFinite, pending.isEmpty || measurement.isFinite else {
          try goBack(because: .overflow, to: regularStep, onEvent)
          continue
        }
        if isFinished {
          try finish(onEvent)
          return .finished(step: trainer.step)
        }
        try save(onEvent)
        return .interrupted(step: trainer.step)
      }
      let report = trainer.makeStep()
      clock.markStep()
      let isCheckpoint = report.step % record.control.checkpointEvery == 0
      let isReported = isCheckpoint || report.step % RunControl.reportEvery == 0
      let hasPreviews = report.step % record.control.previewEvery == 0
      guard report.isFinite, !isCheckpoint || isStateFinite,
        !(isReported || hasPreviews) || measurement.isFinite
      else {
        try goBack(because: .overflow, to: regularStep, onEvent)
        continue
      }
      pending.append(report)
      onEvent(.step(progress(report)))
      if isCheckpoint {
        let health = health(with: try line(isCheckpoint: true))
        if let fault = health.fault {
          try goBack(because: fault, to: health.lastSoundStep, onEvent)
          continue
        }
        try save(onEvent)
        if hasSettled {
          try finish(onEvent)
          return .settled(step: trainer.step)
        }
      } else if isReported {
        try addLine(isCheckpoint: false, onEvent)
      }
      if hasPreviews { try writePreviews(onEvent) }
    }
  }

  // MARK: Length

  private var hasItsLength: Bool {
    if let steps = record.control.steps { return trainer.step >= steps }
    return clock.elapsedSeconds >= 60 * (record.control.minutes ?? 0)
  }

  private func progress(_ report: StepReport) -> TrainingProgress {
    let elapsed = clock.elapsedSeconds
    let speed = clock.stepsPerSecond
    let (fraction, remaining): (Double, Double)
    if let steps = record.control.steps {
      fraction = Double(report.step) / Double(steps)
      remaining = speed > 0 ? Double(steps - report.step) / speed : 0
    } else {
      let total = 60 * (record.control.minutes ?? 0)
      fraction = min(1, max(0, elapsed / total))
      remaining = max(0, total - elapsed)
    }
    return TrainingProgress(
      step: report.step, targetStep: record.control.steps, fractionCompleted: fraction,
      elapsedSeconds: elapsed, remainingSeconds: remaining, stepsPerSecond: speed, report: report)
  }

  /// The step of the checkpoint with the best score, of those that are there.
  private var bestStep: Int? {
    folder.bestCheckpointStep(by: log.lines, warmUpSteps: warmUpSteps)
  }

  private var warmUpSteps: Int { record.settings.objective.warmUpSteps }

  private var hasSettled: Bool {
    guard let limit = record.control.stopWhenSettled else { return false }
    // Not those of stops in between, which an uninterrupted run does not have.
    let scores = log.lines.afterWarmUp(ofSteps: warmUpSteps)
      .filter { $0.step % record.control.checkpointEvery == 0 }
      .scores.map(\.score)
    guard let best = scores.min(), let place = scores.firstIndex(of: best) else { return false }
    return scores.count - 1 - place >= limit
  }

  // MARK: Health

  /// Whether everything that would go into a checkpoint is a number.
  ///
  /// Losses do not tell: where the mean square of a gradient has overflowed, Adam never moves the
  /// weight again, and all goes on with numbers.
  private var isStateFinite: Bool {
    adversaries.stateParts.allSatisfy { $0.numbers.isFinite(team: team) }
  }

  /// What the generator makes now, and how far it is from the recordings.
  private var measurement: PreviewWriter.Measurement {
    if let measured, measured.step == trainer.step { return measured.measurement }
    let measurement = preview.measure(adversaries)
    measured = (trainer.step, measurement)
    return measurement
  }

  /// How good what it makes now is; nil where that cannot be told.
  private var figures: ComparisonFigures? {
    get throws {
      if let evaluated, evaluated.step == trainer.step { return evaluated.figures }
      let figures = try evaluation.figures(of: adversaries)
      evaluated = (trainer.step, figures)
      return figures
    }
  }

  /// What the log says of the output, with one more line if there is one.
  ///
  /// A copy of a recording is no sound that the training with the discriminator could lose: output
  /// counts from the warm-up's end on.
  private func health(with line: MetricsLine? = nil) -> CollapseRule {
    let lines = log.lines + (line.map { [$0] } ?? [])
    return CollapseRule(
      lines.afterWarmUp(ofSteps: warmUpSteps), interval: record.control.checkpointEvery)
  }

  /// The step of the newest regular checkpoint.
  private var regularStep: Int? {
    folder.regularCheckpointStep(every: record.control.checkpointEvery)
  }

  /// Goes back to a regular checkpoint, to go on with other random draws.
  ///
  /// Where to, and whether at all, depends on the training's state alone and not on where it was
  /// stopped: later checkpoints are removed.
  private func goBack(
    because fault: TrainingFault, to step: Int?, _ onEvent: (TrainingEvent) -> Void
  ) throws {
    let attempt = trainer.attempt + 1
    let present = step.flatMap { folder.checkpointSteps.contains($0) ? $0 : regularStep }
    let path = try present.map { folder.checkpoint(step: $0) } ?? folder.latestCheckpoint()
    let checkpoint = try Checkpoint(path: path, of: folder, settings: record.settings)
    let failureCount = attempt - checkpoint.attempt
    guard failureCount <= Self.retryLimit else {
      throw RunError(
        .diverged, folder.path,
        "cannot go on: after step \(checkpoint.step) training failed \(failureCount) times, "
          + "the last time because \(fault.cause); \(advice)")
    }
    try checkpoint.restore(adversaries, path: path)
    try folder.removeCheckpoints(after: checkpoint.step)
    pending = []
    measured = nil
    evaluated = nil
    log = try MetricsLog(path: folder.metrics, keepingUpTo: checkpoint.step)
    trainer = try Trainer(
      adversaries: adversaries, dataset: dataset, step: checkpoint.step, attempt: attempt,
      team: team)
    onEvent(.wentBack(toStep: checkpoint.step, reason: fault.reason))
  }

  /// What may help a training that failed at its present step.
  private var advice: String {
    // A warm-up has its own rates, which no option changes.
    warmUpSteps > 0 && trainer.step <= warmUpSteps
      ? "start a new run with another --seed, or without --warm-up-steps"
      : "start a new run with lower --critic-rate and --generator-rate"
  }

  // MARK: Files

  /// Saves a checkpoint of the present step, with its line of metrics and the curves so far.
  private func save(_ onEvent: (TrainingEvent) -> Void) throws {
    let step = trainer.step
    guard folder.checkpointSteps.last != step else { return }
    try addLine(isCheckpoint: true, onEvent)
    let path = folder.checkpoint(step: step)
    try Checkpoint.write(adversaries, step: step, attempt: trainer.attempt, to: path)
    try folder.pruneCheckpoints(
      keeping: record.control.keep, and: [bestStep, regularStep, health().lastSoundStep])
    onEvent(.savedCheckpoint(step: step, path: path))
    try RunPictures.writeCurves(
      of: log.lines, title: "\(folder.name), \(step.grouped) steps", bestStep: bestStep,
      to: folder.curves)
  }

  /// Leaves a finished run with a checkpoint and previews of its last step.
  private func finish(_ onEvent: (TrainingEvent) -> Void) throws {
    try save(onEvent)
    if !FileManager.default.fileExists(atPath: folder.preview(step: trainer.step)) {
      try writePreviews(onEvent)
    }
  }

  /// The line of metrics for the steps since the last one; nil where there are none, as there may
  /// be after a resume.
  private func line(isCheckpoint: Bool) throws -> MetricsLine? {
    guard !pending.isEmpty else { return nil }
    var line = MetricsLine(
      of: pending, seconds: clock.elapsedSeconds, measurement: measurement,
      recordings: preview.recordings, attempt: trainer.attempt)
    if isCheckpoint { line.become(checkpointWith: try figures) }
    line.verdict = VerdictRule(log.lines + [line], objective: record.settings.objective).verdict
    return line
  }

  private func addLine(isCheckpoint: Bool, _ onEvent: (TrainingEvent) -> Void) throws {
    guard let line = try line(isCheckpoint: isCheckpoint) else {
      if isCheckpoint { try completeLine() }
      return
    }
    pending = []
    try log.append(line)
    onEvent(.reported(line))
  }

  /// Lets the line of a step that was only reported belong to a checkpoint, too.
  private func completeLine() throws {
    guard var line = log.lines.last, line.step == trainer.step, !line.isCheckpoint else { return }
    line.become(checkpointWith: try figures)
    try log.replaceLast(with: line)
  }

  private func writePreviews(_ onEvent: (TrainingEvent) -> Void) throws {
    let target = folder.preview(step: trainer.step)
    try preview.write(
      measurement.clips, to: target, step: trainer.step, settings: record.settings)
    onEvent(.wrotePreviews(step: trainer.step, folder: target))
  }
}
