internal import COpenBLAS
import Dispatch
import Synchronization

/// Shares out work whose cut does not depend on the number of threads.
///
/// A kernel cuts its work into items by the shapes alone; each item writes a place of its own, and
/// sums over items run in their order afterwards. Whichever thread does an item, and when, the
/// bytes are the same.
package final class ThreadTeam: Sendable {
  /// Threads that work at once, the caller's included.
  package let threadCount: Int

  /// Makes a team.
  ///
  /// It also tells OpenBLAS to stay on the thread that calls it: the work is cut here, and on small
  /// matrices better.
  ///
  /// - Precondition: `threadCount` is at least 1.
  package init(threadCount: Int) {
    precondition(threadCount >= 1, "\(threadCount) threads cannot do any work")
    self.threadCount = threadCount
    openblas_set_num_threads(1)
  }

  /// Does every item once and returns when all are done.
  ///
  /// - Parameters:
  ///   - itemCount: how many items there are.
  ///   - body: does one item; it may write only what belongs to `item`, and scratch memory that
  ///     belongs to `worker`, 0 ..< `threadCount`.
  package func forEach(_ itemCount: Int, _ body: (_ item: Int, _ worker: Int) -> Void) {
    guard threadCount > 1, itemCount > 1 else {
      for item in 0..<itemCount { body(item, 0) }
      return
    }
    let next = Atomic<Int>(0)
    withoutActuallyEscaping(body) { body in
      // Shared on purpose: items write disjoint memory, and `concurrentPerform` returns only when
      // all of them are done.
      nonisolated(unsafe) let body = body
      DispatchQueue.concurrentPerform(iterations: min(threadCount, itemCount)) { worker in
        while true {
          let item = next.wrappingAdd(1, ordering: .relaxed).oldValue
          if item >= itemCount { return }
          body(item, worker)
        }
      }
    }
  }

  /// Elements that one item of an element-wise loop does: 64 KiB, which stays in a core's cache.
  private static let elementChunk = 16_384

  /// Cuts an element-wise loop into ranges and does them all.
  package func forEachRange(of count: Int, _ body: (Range<Int>) -> Void) {
    let chunk = Self.elementChunk
    forEach((count + chunk - 1) / chunk) { item, _ in
      body(item * chunk..<min(count, (item + 1) * chunk))
    }
  }

  /// Sums over an element-wise loop, range by range in their order.
  package func sum(of count: Int, _ body: (Range<Int>) -> Double) -> Double {
    let chunk = Self.elementChunk
    let itemCount = (count + chunk - 1) / chunk
    let partialSums = UnsafeMutablePointer<Double>.allocate(capacity: max(1, itemCount))
    defer { partialSums.deallocate() }
    forEach(itemCount) { item, _ in
      partialSums[item] = body(item * chunk..<min(count, (item + 1) * chunk))
    }
    return (0..<itemCount).reduce(0) { $0 + partialSums[$1] }
  }
}
