import Dispatch
import Foundation
import NeuralNet
import Synchronization

/// Cuts batches ahead of a training, on a thread of its own.
///
/// Which windows are in batch n is a pure function of dataset, seed, attempt and n, so it does not
/// matter when or how far ahead they are cut. The thread ends with the loader.
public final class BatchLoader: Sendable {
  /// Real clips for one discriminator update.
  public struct Batch: Sendable {
    /// Which batch of the run, from 0.
    public var number: Int
    /// `[B, T, C]`.
    public var samples: [Float]
    /// Of each clip, the index of its label; `[B]`.
    public var labels: [Int]
  }

  private let queue: BatchQueue

  /// Starts cutting.
  ///
  /// - Parameters:
  ///   - dataset: where windows come from.
  ///   - batchSize: clips in a batch, B.
  ///   - seed: the run's seed.
  ///   - attempt: how often the run has gone back.
  ///   - firstBatch: the number of the first batch, counted over the whole run.
  ///   - depth: batches that are cut ahead at most.
  /// - Throws: ``DatasetError`` `.nothingUsable` when the dataset is empty.
  public init(
    dataset: Dataset, batchSize: Int, seed: UInt64, attempt: Int = 0, firstBatch: Int = 0,
    depth: Int = 3
  ) throws {
    try dataset.checkUsable()
    let queue = BatchQueue(capacity: depth)
    self.queue = queue
    let thread = Thread {
      var sampler = BatchSampler(
        itemCounts: dataset.trainingWindowCounts, batchSize: batchSize, seed: seed,
        attempt: attempt)
      var number = firstBatch
      while queue.waitForRoom() {
        let draws = sampler.batch(number)
        queue.add(dataset.batch(number, of: draws, seed: seed, attempt: attempt))
        number += 1
      }
    }
    thread.name = "batches"
    thread.start()
  }

  deinit { queue.stop() }

  /// Returns the next batch, as soon as it is cut.
  public func next() -> Batch { queue.take() }
}

extension Dataset {
  /// Cuts the windows of a batch.
  package func batch(
    _ number: Int, of draws: [BatchSampler.Draw], seed: UInt64, attempt: Int
  ) -> BatchLoader.Batch {
    var samples: [Float] = []
    samples.reserveCapacity(draws.count * windowSampleCount)
    for (slot, draw) in draws.enumerated() {
      var random = RandomStream(
        seed: seed, purpose: .offset, step: number, attempt: attempt, index: slot)
      samples += self.samples(of: window(for: draw, random: &random))
    }
    return .init(number: number, samples: samples, labels: draws.map(\.label))
  }
}

/// Batches between the thread that cuts and the one that trains.
private final class BatchQueue: Sendable {
  private struct State {
    var batches: [BatchLoader.Batch] = []
    var isStopped = false
  }
  private let state = Mutex(State())
  private let room = DispatchSemaphore(value: 0)
  private let filled = DispatchSemaphore(value: 0)

  init(capacity: Int) {
    // A semaphore must not end below the value it was made with, so these begin at 0.
    for _ in 0..<capacity { room.signal() }
  }

  /// Waits until there is room for a batch; false when there will be none.
  func waitForRoom() -> Bool {
    room.wait()
    return !state.withLock { $0.isStopped }
  }

  func add(_ batch: BatchLoader.Batch) {
    state.withLock { $0.batches.append(batch) }
    filled.signal()
  }

  func take() -> BatchLoader.Batch {
    filled.wait()
    defer { room.signal() }
    return state.withLock { $0.batches.removeFirst() }
  }

  func stop() {
    state.withLock { $0.isStopped = true }
    room.signal()
  }
}
