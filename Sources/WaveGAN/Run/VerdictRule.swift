/// Tells from the last lines of a run's log how the training goes.
///
/// | in the last 100 steps | verdict |
/// | --- | --- |
/// | the last of them is one of the warm-up | still copying |
/// | after 500 steps, variety of generated clips under 50 % of the recordings' | collapsed to few sounds |
/// | right about 95 % of all clips, loss at most 25 % of that of guessing | discriminator ahead |
/// | right about 85 % of all clips, with a Wasserstein loss | discriminator ahead |
/// | right about less than 45 % of all clips | generator ahead |
/// | otherwise | near equilibrium |
///
/// The first that holds counts; half of all clips are real. A Wasserstein or relativistic discriminator is
/// right about a clip on its side of the middle between the means of both kinds, see
/// ``ObjectiveSettings/Loss/threshold(real:generated:)``. A few recordings with very high scores lift
/// that middle over the others, so a critic that knows every forgery is right about 70 to 80 % of them
/// (measured on 2026-11-23), and its loss has no scale: it is told by its hits alone, and by fewer.
///
/// Where a run was stopped there is a line more. Each step counts once, whichever lines tell of it, so the
/// verdict is that of a run that never stopped.
package struct VerdictRule {
  /// Steps that it looks back on.
  package static let memory = 100
  /// Part of all clips that a discriminator ahead is right about.
  package static let sureAccuracy = 0.95
  /// Part of all clips that a Wasserstein critic ahead is right about.
  package static let sureCriticAccuracy = 0.85
  /// Its loss, as a part of that of guessing.
  package static let sureLoss = 0.25
  /// Part of all clips under which a discriminator is misled. At 50 % it guesses; the mean over a
  /// hundred batches of 16 pairs is then within 1 % of that in two cases of three.
  package static let misledAccuracy = 0.45
  /// Part of the recordings' variety under which generated clips are few sounds.
  package static let fewSounds = 0.5
  /// Steps in which clips may all be alike, as they are when a training begins.
  package static let beginning = 500

  private let objective: ObjectiveSettings
  /// The lines of the last steps, and how many steps with a discriminator each tells of.
  private let lines: [(line: MetricsLine, stepCount: Int)]

  /// - Parameters:
  ///   - lines: of a log, in order; the last is the one that is judged.
  ///   - objective: of the run.
  package init(_ lines: [MetricsLine], objective: ObjectiveSettings) {
    self.objective = objective
    // From a step on that every run reports, so that no line reaches over the beginning.
    let interval = RunControl.reportEvery
    let first = max(0, (lines.last?.step ?? 0) - Self.memory) / interval * interval
    let start = (lines.lastIndex { $0.step <= first }).map { $0 + 1 } ?? 0
    var before = first
    self.lines = lines[start...].map { line in
      defer { before = line.step }
      return (line, max(0, line.step - max(before, objective.warmUpSteps)))
    }
  }

  /// The verdict on the last line; nil without lines.
  package var verdict: TrainingVerdict? {
    guard let last = lines.last?.line else { return nil }
    guard last.step > objective.warmUpSteps else { return .copying }
    if last.step > Self.beginning, let variety, variety < Self.fewSounds { return .fewSounds }
    guard let real = mean(\.realAccuracy), let generated = mean(\.generatedAccuracy),
      let loss = mean(\.criticLoss)
    else { return nil }
    let accuracy = (real + generated) / 2
    let guessing = objective.loss.lossOfGuessing
    // Without a scale, guessing is 0 and a critic that knows anything is below.
    if accuracy >= (guessing > 0 ? Self.sureAccuracy : Self.sureCriticAccuracy),
      loss <= Self.sureLoss * guessing
    {
      return .discriminatorAhead
    }
    return accuracy < Self.misledAccuracy ? .generatorAhead : .nearEquilibrium
  }

  /// The mean over the steps with a discriminator.
  private func mean(_ value: (MetricsLine) -> Double?) -> Double? {
    var (sum, count) = (0.0, 0)
    for (line, stepCount) in lines {
      guard let value = value(line) else { continue }
      sum += Double(stepCount) * value
      count += stepCount
    }
    return count > 0 ? sum / Double(count) : nil
  }

  /// Mean variety of generated clips as a part of the recordings'; nil where recordings have none, or
  /// it is not known.
  private var variety: Double? {
    // Lines that every run has, and the one that is judged.
    let regular = lines.map { $0.line }.filter {
      $0.step.isMultiple(of: RunControl.reportEvery) || $0.step == lines.last?.line.step
    }
    let parts = regular.compactMap { line -> Double? in
      guard let real = line.realVariety, let generated = line.generatedVariety, real > 0 else {
        return nil
      }
      return line.step > objective.warmUpSteps ? generated / real : nil
    }
    return parts.isEmpty ? nil : parts.reduce(0, +) / Double(parts.count)
  }
}
