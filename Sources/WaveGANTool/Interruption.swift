import Foundation
import Synchronization

/// Notices Ctrl-C (SIGINT) and SIGTERM, so that work can be ended in order.
struct Interruption: Sendable {
  /// Counted up by the handler, which may do nothing more than that.
  private static let signalCount = Atomic<Int>(0)

  /// Begins to notice; the signals then no longer end the program by themselves.
  ///
  /// - Parameter includesHangup: whether a terminal that is closed (SIGHUP) counts too, unless the
  ///   program was started, as by `nohup`, to outlive it.
  init(includesHangup: Bool = false) {
    // Touched here first, so that the handler finds it made.
    Self.signalCount.store(0, ordering: .relaxed)
    for number in [SIGINT, SIGTERM] { Self.count(number) }
    if includesHangup {
      var present = sigaction()
      sigaction(SIGHUP, nil, &present)
      if present.__sigaction_handler.sa_handler == nil { Self.count(SIGHUP) }
    }
  }

  private static func count(_ number: Int32) {
    signal(number) { _ in Interruption.signalCount.add(1, ordering: .relaxed) }
    // A program that starts this one may have blocked signals, and that is inherited.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, number)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// A signal came, so work was ended.
  struct Requested: Error {}

  /// A report of progress that ends the work, by throwing ``Requested``, once a signal has come.
  ///
  /// - Parameter report: is told of all progress, also of the last.
  func ending(
    _ report: @escaping @Sendable (_ done: Int, _ total: Int) -> Void
  ) -> @Sendable (_ done: Int, _ total: Int) throws -> Void {
    { done, total in
      report(done, total)
      if isRequested { throw Requested() }
    }
  }

  /// Whether a signal has come.
  var isRequested: Bool { requestCount > 0 }

  /// How many signals have come.
  var requestCount: Int { Self.signalCount.load(ordering: .relaxed) }
}
