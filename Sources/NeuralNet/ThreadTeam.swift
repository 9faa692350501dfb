internal import COpenBLAS
import Dispatch
import Foundation
import Synchronization

/// Shares out work whose cut does not depend on the number of threads.
///
/// A kernel cuts its work into items by the shapes alone; each item writes a place of its own, and
/// sums over items run in their order afterwards. Whichever thread does an item, and when, the
/// bytes are the same.
///
/// The threads are the team's own and wait between calls, so their number is what was asked for.
package final class ThreadTeam: Sendable {
  /// Threads that work at once, the caller's included.
  package let threadCount: Int

  private let helpers: [Helper]
  private let job = Job()

  /// The most threads of a team: OpenBLAS has memory for 128 callers, as Debian and Ubuntu build it,
  /// and ends the program at more.
  package static let largestCount = 128

  /// Makes a team of so many threads, or of ``largestCount`` where these are more; results do not depend
  /// on it.
  ///
  /// It also tells OpenBLAS to stay on the thread that calls it: the work is cut here, and on small
  /// matrices better.
  ///
  /// - Precondition: `threadCount` is at least 1.
  package init(threadCount: Int) {
    precondition(threadCount >= 1, "\(threadCount) threads cannot do any work")
    let threadCount = min(threadCount, Self.largestCount)
    self.threadCount = threadCount
    helpers = (1..<threadCount).map { [job] in Helper(worker: $0, job: job) }
    openblas_set_num_threads(1)
  }

  deinit { for helper in helpers { helper.end() } }

  /// Does every item once and returns when all are done.
  ///
  /// One call at a time: an item must not call it again.
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
    let called = helpers.prefix(itemCount - 1)
    withoutActuallyEscaping(body) { body in
      job.begin(itemCount: itemCount, body)
      for helper in called { helper.wake() }
      job.work(as: 0)
      for helper in called { helper.waitUntilDone() }
      job.end()
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

  /// Computes a number for each item, in parallel.
  ///
  /// - Returns: the numbers, `[itemCount]`.
  package func map(_ itemCount: Int, _ number: (_ item: Int) -> Double) -> [Double] {
    // Each item writes its own element, so the memory can be shared.
    [Double](unsafeUninitializedCapacity: itemCount) { numbers, count in
      let first = numbers.baseAddress
      forEach(itemCount) { item, _ in first.map { ($0 + item).initialize(to: number(item)) } }
      count = itemCount
    }
  }

  /// Sums over an element-wise loop, range by range in their order.
  package func sum(of count: Int, _ body: (Range<Int>) -> Double) -> Double {
    let chunk = Self.elementChunk
    return map((count + chunk - 1) / chunk) { item in
      body(item * chunk..<min(count, (item + 1) * chunk))
    }.reduce(0, +)
  }
}

/// What the threads of a team are doing.
///
/// What makes its shared closure safe: it is set before the helpers are woken and taken away after
/// they have said that they are done, and items write disjoint memory.
private final class Job: Sendable {
  private let next = Atomic<Int>(0)
  nonisolated(unsafe) private var itemCount = 0
  nonisolated(unsafe) private var body: ((_ item: Int, _ worker: Int) -> Void)?

  func begin(itemCount: Int, _ body: @escaping (_ item: Int, _ worker: Int) -> Void) {
    next.store(0, ordering: .relaxed)
    self.itemCount = itemCount
    self.body = body
  }

  /// Does items until there are none left.
  func work(as worker: Int) {
    guard let body else { return }
    while true {
      let item = next.wrappingAdd(1, ordering: .relaxed).oldValue
      if item >= itemCount { return }
      body(item, worker)
    }
  }

  func end() { body = nil }
}

/// A thread of a team.
private final class Helper: Sendable {
  private let start = Signal()
  private let done = Signal()
  private let isEnding = Atomic<Bool>(false)

  init(worker: Int, job: Job) {
    let thread = Thread { [self] in
      while true {
        start.wait()
        if isEnding.load(ordering: .relaxed) { return }
        job.work(as: worker)
        done.send()
      }
    }
    thread.name = "worker \(worker)"
    thread.start()
  }

  func wake() { start.send() }

  func waitUntilDone() { done.wait() }

  func end() {
    isEnding.store(true, ordering: .relaxed)
    start.send()
  }
}
