import Foundation
import Synchronization

/// Notices Ctrl-C (SIGINT) and SIGTERM, so that work can be ended in order.
struct Interruption {
  /// Set by the handler, which may do nothing more than that.
  private static let isSignalled = Atomic<Bool>(false)

  /// Begins to notice; the signals then no longer end the program by themselves.
  init() {
    // Touched here first, so that the handler finds it made.
    Self.isSignalled.store(false, ordering: .relaxed)
    for number in [SIGINT, SIGTERM] {
      signal(number) { _ in Interruption.isSignalled.store(true, ordering: .relaxed) }
    }
  }

  /// Whether a signal has come.
  var isRequested: Bool { Self.isSignalled.load(ordering: .relaxed) }
}
