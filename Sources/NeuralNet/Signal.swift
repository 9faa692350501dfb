import Dispatch
import Synchronization

/// What one thread tells another, which waits for it.
///
/// To sleep and to be woken takes longer than a small layer. So the one that waits looks again and
/// again for a moment first, and sleeps only if nothing comes. Where other programs want the same
/// cores, that moment is lost to them and to the thread that is waited for.
final class Signal: Sendable {
  /// Signals that nobody took yet; −1 while the other thread sleeps.
  private let count = Atomic<Int>(0)
  private let semaphore = DispatchSemaphore(value: 0)

  /// How long a thread stays awake: about what it takes to fall asleep and to be woken.
  private static let wakefulNanoseconds: UInt64 = 50_000

  /// Tells it; what was written before is seen by the thread that waited.
  func send() {
    if count.wrappingAdd(1, ordering: .releasing).oldValue < 0 { semaphore.signal() }
  }

  /// Waits until it is told; for one thread only.
  func wait() {
    let start = DispatchTime.now().uptimeNanoseconds
    while count.load(ordering: .relaxed) == 0,
      DispatchTime.now().uptimeNanoseconds - start < Self.wakefulNanoseconds
    {}
    if count.wrappingSubtract(1, ordering: .acquiring).oldValue == 0 { semaphore.wait() }
  }
}
