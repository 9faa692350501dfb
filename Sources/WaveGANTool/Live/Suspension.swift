import Foundation
import Synchronization

/// Notices Ctrl-Z (SIGTSTP), so that the screen can be left in order before the program is stopped.
struct Suspension: Sendable {
  /// Set by the handler, which may do nothing more than that.
  private static let isRequested = Atomic<Bool>(false)

  /// Begins to notice, unless the program was started so as not to be stopped.
  init() {
    Self.isRequested.store(false, ordering: .relaxed)
    var present = sigaction()
    sigaction(SIGTSTP, nil, &present)
    if present.__sigaction_handler.sa_handler == nil { Self.notice() }
  }

  private static func notice() {
    signal(SIGTSTP) { _ in Suspension.isRequested.store(true, ordering: .relaxed) }
  }

  /// Stops the program if that was asked for, and comes back when it is continued.
  ///
  /// - Parameter leave: puts the screen in order.
  func carryOut(_ leave: () -> Void) {
    guard Self.isRequested.exchange(false, ordering: .relaxed) else { return }
    leave()
    // Sent to this thread, the signal stops the whole program before the next line is reached; where
    // no shell is there to continue it, the system knows to do nothing.
    signal(SIGTSTP, SIG_DFL)
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGTSTP)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    pthread_kill(pthread_self(), SIGTSTP)
    Self.notice()
  }

  /// Gives the signal back its usual meaning.
  func end() { signal(SIGTSTP, SIG_DFL) }
}
