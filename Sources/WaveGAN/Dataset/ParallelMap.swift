import Dispatch
import Foundation
import Synchronization

extension Array where Element: Sendable {
  /// Transforms the elements on several threads that have nothing of their own.
  package func parallelMap<Result: Sendable>(
    threadCount: Int?, _ transform: @Sendable (Element) throws -> Result
  ) throws -> [Result] {
    @Sendable func makeNothing() {}
    return try parallelMap(threadCount: threadCount, makeState: makeNothing) { _, element in
      try transform(element)
    }
  }

  /// Transforms the elements on several threads; the results are in the elements' order.
  ///
  /// - Parameters:
  ///   - threadCount: how many threads take elements, one after another; nil: one for each core.
  ///   - makeState: what a thread makes for itself before its first element.
  ///   - transform: called once for each element, with its thread's own state. The first error
  ///     that it throws ends the work and is thrown on.
  package func parallelMap<State, Result: Sendable>(
    threadCount: Int?, makeState: @Sendable () -> State,
    _ transform: @Sendable (State, Element) throws -> Result
  ) throws -> [Result] {
    let progress = Mutex(MapProgress<Result>(count: count))
    let threadCount = threadCount ?? ProcessInfo.processInfo.activeProcessorCount
    DispatchQueue.concurrentPerform(iterations: Swift.max(1, Swift.min(threadCount, count))) { _ in
      let state = makeState()
      while true {
        let taken: Int? = progress.withLock { progress in
          guard progress.error == nil, progress.next < count else { return nil }
          defer { progress.next += 1 }
          return progress.next
        }
        guard let index = taken else { return }
        do {
          let result = try transform(state, self[index])
          progress.withLock { $0.results[index] = result }
        } catch {
          progress.withLock { $0.error = $0.error ?? error }
        }
      }
    }
    return try progress.withLock { progress in
      if let error = progress.error { throw error }
      return progress.results.compactMap { $0 }
    }
  }
}

/// What the threads of a parallel map share.
private struct MapProgress<Result: Sendable>: Sendable {
  /// The first element that no thread has taken.
  var next = 0
  var results: [Result?]
  var error: (any Error)?

  init(count: Int) { results = Array(repeating: nil, count: count) }
}
