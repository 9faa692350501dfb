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
  /// The beginnings, label by label.
  private let beginnings: [Dataset.ClipWindow]
  /// For each label, the index of its first beginning.
  private var firsts: [Int] = []
  private var sampler: BatchSampler

  /// - Precondition: the dataset has a recording.
  init(dataset: Dataset, batchSize: Int, seed: UInt64, attempt: Int) {
    self.dataset = dataset
    var beginnings: [Dataset.ClipWindow] = []
    let byLabel = dataset.trainingBeginnings
    for windows in byLabel {
      firsts.append(beginnings.count)
      beginnings += windows
    }
    self.beginnings = beginnings
    sampler = BatchSampler(
      itemCounts: byLabel.map(\.count), batchSize: batchSize, seed: seed, attempt: attempt)
  }

  /// The batch of a step, from 0.
  mutating func batch(_ step: Int) -> Batch {
    let recordings = sampler.batch(step).map { firsts[$0.label] + $0.item }
    return Batch(
      recordings: recordings, samples: recordings.flatMap { dataset.samples(of: beginnings[$0]) })
  }
}
