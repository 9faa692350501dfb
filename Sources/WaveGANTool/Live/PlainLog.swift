import WaveGAN

/// The lines that tell of a training where nothing can be redrawn: one a minute, and one for each
/// event.
package struct PlainLog: Sendable {
  /// Seconds of training between two lines.
  package static let interval = 60.0

  private var next: Double?

  /// A log whose first line comes after an interval.
  package init() {}

  /// A line about the present state, if it is time for one.
  package mutating func line(for status: TrainingStatus) -> String? {
    let due = next ?? status.elapsedSeconds + Self.interval
    next = due
    guard status.elapsedSeconds >= due else { return nil }
    next = status.elapsedSeconds + Self.interval
    return Self.line(for: status)
  }

  /// `step 1,234 of 5,000 (25 %), 3.2 steps/s, 6:25, 19:34 left, …; near equilibrium: go on`
  package static func line(for status: TrainingStatus) -> String {
    let target = status.targetStep.map { " of \($0.grouped)" } ?? ""
    var parts = [
      "step \(status.step.grouped)\(target) (\(TrainingFigures.percent(status.fractionCompleted)))"
    ]
    if status.stepsPerSecond > 0 { parts.append(TrainingFigures.speed(status.stepsPerSecond)) }
    parts.append(TrainingFigures.clock(status.elapsedSeconds))
    if let left = status.remainingSeconds { parts.append("\(TrainingFigures.clock(left)) left") }
    func shown(_ value: Double) -> String { TrainingFigures.loss(value, isUnicode: false) }
    if let loss = status.reconstructionLoss { parts.append("warm-up, loss \(shown(loss))") }
    if let averages = status.averages {
      parts.append("discriminator loss \(shown(averages.criticLoss))")
      if averages.penalty != 0 { parts.append("penalty \(shown(averages.penalty))") }
      parts.append("generator loss \(shown(averages.generatorLoss))")
      parts.append("real known \(TrainingFigures.percent(averages.realAccuracy))")
      parts.append("generated known \(TrainingFigures.percent(averages.generatedAccuracy))")
    }
    let verdict = status.reconstructionLoss == nil ? status.verdict.map { "; \($0.sentence)" } : nil
    return parts.joined(separator: ", ") + (verdict ?? "")
  }
}
