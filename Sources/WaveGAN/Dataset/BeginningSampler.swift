import NeuralNet

/// Decides which recordings a warm-up copies in a step, and cuts their beginnings.
///
/// Labels are heard equally often, and within a label every recording once in an epoch, as
/// ``BatchSampler`` has it: any batch can be had at once.
struct BeginningSampler {
  /// Clips to copy.
  struct Batch {
    /// Which recordings, counted over those for training, label by label, `[B]`.
    var recordings: [Int]
    /// `[B, T, C]`.
    var samples: [Float]
  }

  private let dataset: Dataset
  private let beginnings: [[Dataset.ClipWindow]]
  private var sampler: BatchSampler

  /// - Precondition: the dataset has a recording.
  init(dataset: Dataset, batchSize: Int, seed: UInt64, attempt: Int) {
    self.dataset = dataset
    beginnings = dataset.trainingBeginnings
    sampler = BatchSampler(
      itemCounts: beginnings.map(\.count), batchSize: batchSize, seed: seed, attempt: attempt)
  }

  /// The batch of a step, from 0.
  mutating func batch(_ step: Int) -> Batch {
    let draws = sampler.batch(step)
    let firsts = beginnings.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    return Batch(
      recordings: draws.map { firsts[$0.label] + $0.item },
      samples: draws.flatMap { dataset.samples(of: beginnings[$0.label][$0.item]) })
  }
}
