import Dispatch
import Foundation
import Synchronization

/// Notices Ctrl-C (SIGINT) and SIGTERM, so that work can be ended in order.
final class Interruption: Sendable {
  private let flag = Atomic<Bool>(false)
  private let sources = Mutex<[any DispatchSourceSignal]>([])

  /// Begins to notice; the signals then no longer end the program by themselves.
  init() {
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { [weak self] in self?.flag.store(true, ordering: .relaxed) }
      source.resume()
      sources.withLock { $0.append(source) }
    }
  }

  /// Whether a signal has come.
  var isRequested: Bool { flag.load(ordering: .relaxed) }
}
