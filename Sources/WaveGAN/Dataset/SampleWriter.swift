import Synchronization

/// Decoded samples of one clip, in memory or in a spill file; `[T, C]`.
struct StoredSamples: Sendable {
  fileprivate enum Place: Sendable {
    case memory([Float])
    case file(SpillFile, offset: Int)
  }
  fileprivate let place: Place

  /// How many numbers, T·C.
  let count: Int

  /// Calls `body` with the samples, `[T, C]`.
  func withSamples<Result>(_ body: (Span<Float>) throws -> Result) rethrows -> Result {
    switch place {
    case .memory(let samples): try body(samples.span)
    case .file(let file, let offset): try file.withSamples(at: offset, count: count, body)
    }
  }

  fileprivate init(_ samples: [Float]) {
    place = .memory(samples)
    count = samples.count
  }

  fileprivate init(_ file: SpillFile, offset: Int, count: Int) {
    place = .file(file, offset: offset)
    self.count = count
  }

  /// Whether the samples are in memory rather than in a file.
  var isInMemory: Bool {
    if case .memory = place { true } else { false }
  }
}

/// What may still be kept in memory, shared by all writers of a dataset.
final class MemoryBudget: Sendable {
  private let freeBytes: Mutex<Int>

  init(bytes: Int) { freeBytes = Mutex(bytes) }

  /// Takes room for `count` samples, or returns false when there is none.
  func take(_ count: Int) -> Bool {
    freeBytes.withLock { free in
      let size = count * MemoryLayout<Float>.stride
      guard size <= free else { return false }
      free -= size
      return true
    }
  }

  func giveBack(_ count: Int) {
    freeBytes.withLock { $0 += count * MemoryLayout<Float>.stride }
  }

  /// How many samples there is room for.
  var sampleCount: Int { freeBytes.withLock { $0 / MemoryLayout<Float>.stride } }
}

/// Stores the samples of one clip after another, as they are decoded.
///
/// A clip stays in memory while the budget lasts. The first block that does not fit moves what there
/// is of its clip to a file, and the rest of the clip follows, so that an hour needs no more
/// memory than a second. Where a clip ends up changes nothing but the time it takes to read.
///
/// Each decoding thread has its own writer and its own file: there, a clip is one piece.
final class SampleWriter {
  private let budget: MemoryBudget
  private let cacheFolder: String
  private var samples: [Float] = []
  private var file: SpillFile?
  /// Where the clip begins in the file, once it is there.
  private var offset: Int?

  /// - Parameters:
  ///   - budget: the memory that all writers share.
  ///   - cacheFolder: where the file is made when it is needed.
  init(budget: MemoryBudget, cacheFolder: String) {
    self.budget = budget
    self.cacheFolder = cacheFolder
  }

  /// Makes room for a clip of about `count` samples; the guess may be wrong, it only saves time.
  func expect(_ count: Int) {
    samples.reserveCapacity(min(count, budget.sampleCount))
  }

  /// Adds samples to the clip.
  ///
  /// - Throws: ``DatasetError`` when they have to go to a file, and that cannot be written.
  func append(_ block: Span<Float>) throws {
    if offset == nil, budget.take(block.count) {
      block.withUnsafeBufferPointer { samples.append(contentsOf: $0) }
      return
    }
    let file = try self.file ?? SpillFile(in: cacheFolder)
    self.file = file
    if offset == nil {
      offset = file.count
      let begun = samples
      try file.append(begun.span)
      discardMemory()
    }
    try file.append(block)
  }

  /// Ends the clip and begins another.
  func finish() -> StoredSamples {
    defer {
      samples = []
      offset = nil
    }
    if let file, let offset {
      return StoredSamples(file, offset: offset, count: file.count - offset)
    }
    // A header may have promised far more than came.
    return StoredSamples(samples.capacity > 2 * samples.count ? Array(samples[...]) : samples)
  }

  /// Forgets the clip and begins another.
  func discard() {
    discardMemory()
    if let file, let offset { file.truncate(to: offset) }
    offset = nil
  }

  /// Forgets the clip that was ended last.
  func discard(_ clip: StoredSamples) {
    switch clip.place {
    case .memory(let samples): budget.giveBack(samples.count)
    case .file(let file, let offset): file.truncate(to: offset)
    }
  }

  private func discardMemory() {
    budget.giveBack(samples.count)
    samples = []
  }
}
