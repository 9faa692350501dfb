import Synchronization

/// Counts what several threads have done, and reports each count once and in order.
final class ProgressCounter: Sendable {
  private let done = Mutex(0)
  private let total: Int
  private let report: @Sendable (_ done: Int, _ total: Int) -> Void

  init(total: Int, report: @escaping @Sendable (_ done: Int, _ total: Int) -> Void) {
    self.total = total
    self.report = report
  }

  func advance() {
    done.withLock { done in
      done += 1
      report(done, total)
    }
  }
}
