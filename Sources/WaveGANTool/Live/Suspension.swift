import Foundation
import Synchronization

/// Notices Ctrl-Z (SIGTSTP), so that the screen can be left in order before the program is stopped.
struct Suspension: Sendable {
  /// Set by the handler, which may do nothing more than that.
  private static let isRequested = Atomic<Bool>(false)

  /// Whether the signal was not to be ignored, and so is noticed.
  private let isNoticing: Bool

  /// Begins to notice, unless the program was started so as not to be stopped.
  init() {
    Self.isRequested.store(false, ordering: .relaxed)
    var present = sigaction()
    sigaction(SIGTSTP, nil, &present)
    isNoticing = present.__sigaction_handler.sa_handler == nil
    if isNoticing { Self.notice() }
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

  /// Gives the signal back the meaning that it had.
  func end() {
    if isNoticing { signal(SIGTSTP, SIG_DFL) }
  }
}
