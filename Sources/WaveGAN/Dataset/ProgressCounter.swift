import Synchronization

/// Counts what several threads have done, and reports each count once and in order.
final class ProgressCounter: Sendable {
  private let done = Mutex(0)
  private let total: Int
  private let report: @Sendable (_ done: Int, _ total: Int) throws -> Void

  init(total: Int, report: @escaping @Sendable (_ done: Int, _ total: Int) throws -> Void) {
    self.total = total
    self.report = report
  }

  /// - Throws: what the report throws, to end the work.
  func advance() throws {
    try done.withLock { done in
      done += 1
      try report(done, total)
    }
  }
}
