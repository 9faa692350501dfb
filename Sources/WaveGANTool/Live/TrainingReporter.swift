import Dispatch
import Foundation
import Synchronization
import WaveGAN

/// Shows a training on standard error while it goes on: as a live block on a terminal, as plain
/// lines elsewhere.
///
/// The training only leaves word here; a timer draws, so that a slow terminal does not slow it.
final class TrainingReporter: Sendable {
  /// What the training left word of.
  private struct Latest: Sendable {
    var status: TrainingStatus
    var since = ContinuousClock.now
    var log = PlainLog()
  }
  private let latest: Mutex<Latest>

  /// What is on the screen.
  private struct Display: Sendable {
    var screen: TerminalScreen
    /// Requests to stop that were answered with a word.
    var answeredRequests = 0
    var isOver = false
    /// Whether an empty line stands below the remarks before a training.
    var isSeparated = false

    /// Writes a line that stays, above the block if there is one.
    mutating func say(_ line: String) {
      separate()
      StandardError.write(line + "\n")
    }

    /// Makes room for what stays. The block brings an empty line of its own, which goes with it.
    mutating func separate() {
      StandardError.write(screen.removal() + (isSeparated ? "" : "\n"))
      isSeparated = true
    }
  }
  private let display: Mutex<Display>

  private let traits: TerminalTraits
  private let isQuiet: Bool
  private let interruption: Interruption

  /// Time from one frame to the next: smooth enough, and nothing beside the training.
  private static let frameTime = DispatchTimeInterval.milliseconds(150)

  init(
    _ status: TrainingStatus, traits: TerminalTraits, isQuiet: Bool, interruption: Interruption
  ) {
    latest = Mutex(Latest(status: status))
    display = Mutex(Display(screen: TerminalScreen(usesColor: traits.usesColor)))
    self.traits = traits
    self.isQuiet = isQuiet
    self.interruption = interruption
  }

  /// Shows what happens while `training` runs, and clears the screen after it, also when it throws.
  func during<Result>(_ training: () throws -> Result) rethrows -> Result {
    guard !isQuiet else { return try training() }
    if !traits.redraws { display.withLock { $0.separate() } }
    let suspension = traits.redraws ? Suspension() : nil
    let queue = DispatchQueue(label: "training-reporter")
    let timer = DispatchSource.makeTimerSource(queue: queue)
    timer.setEventHandler {
      suspension?.carryOut(self.clear)
      self.draw()
    }
    timer.schedule(deadline: .now(), repeating: Self.frameTime)
    timer.activate()
    defer {
      timer.cancel()
      end()
      suspension?.end()
    }
    return try training()
  }

  /// Takes in something that happened.
  func note(_ event: TrainingEvent) {
    let line = latest.withLock { latest -> String? in
      latest.status.update(with: event)
      if case .step = event { latest.since = .now }
      return EventText(event)?.line ?? latest.log.line(for: latest.status)
    }
    var isLasting = !traits.redraws
    if case .wentBack = event { isLasting = true }
    guard let line, isLasting, !isQuiet else { return }
    display.withLock { $0.say(line) }
  }

  /// Draws a frame, and answers requests to stop.
  private func draw() {
    let (status, since) = latest.withLock { ($0.status, $0.since) }
    let requests = interruption.requestCount
    display.withLock { display in
      guard !display.isOver else { return }
      if requests > display.answeredRequests {
        display.say(
          display.answeredRequests == 0
            ? "Stopping: this step is finished and saved first."
            : "Still saving; it stops by itself in a moment.")
        display.answeredRequests = requests
      }
      guard traits.redraws, TerminalTraits.isForeground else { return }
      let (columns, rows) = TerminalTraits.size
      let now = status.later(by: (ContinuousClock.now - since) / .seconds(1))
      let lines = LiveBlock(now, isUnicode: traits.isUnicode).lines(width: columns)
      StandardError.write(display.screen.frame(lines, columns: columns, rows: rows))
    }
  }

  private func clear() {
    display.withLock { StandardError.write($0.screen.removal()) }
  }

  private func end() {
    display.withLock { display in
      display.isOver = true
      display.separate()
    }
  }
}
