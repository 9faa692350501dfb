import NeuralNet

/// Decides which clips go into a batch, the same for every run of a seed.
///
/// Draws are numbered through all batches: slot j of batch n is draw g = n·B + j. With L labels,
/// draw g belongs to round r = ⌊g / L⌋. In each round every label comes once, in random order, so
/// labels are heard equally often however many clips they have. Within a label, its r-th draw is
/// place r mod N of its epoch ⌊r / N⌋; in each epoch every one of its N items comes once, in
/// another random order.
///
/// Nothing is carried from batch to batch: any batch can be had at once, so a resumed run draws
/// what it would have drawn. The orders in use are kept only to save making them again.
package struct BatchSampler: Sendable {
  /// One slot of a batch.
  package struct Draw: Sendable, Hashable {
    /// Index of the label.
    package var label: Int
    /// Index among the label's items.
    package var item: Int

    package init(label: Int, item: Int) {
      self.label = label
      self.item = item
    }
  }

  private let itemCounts: [Int]
  private let batchSize: Int
  private let seed: UInt64
  private let attempt: Int

  private var labelOrder: Order?
  private var itemOrders: [Order?]

  /// A random order, with the round or epoch that it is for.
  private struct Order {
    var number: Int
    var elements: [Int]
  }

  /// - Parameters:
  ///   - itemCounts: for each label, how many items there are to draw from.
  ///   - batchSize: slots in a batch, B.
  ///   - seed: the run's seed.
  ///   - attempt: how often the run has gone back; another attempt draws in other orders.
  /// - Precondition: there is a label, each label has an item, and `batchSize` is positive; checked
  ///   in every build.
  package init(itemCounts: [Int], batchSize: Int, seed: UInt64, attempt: Int = 0) {
    precondition(!itemCounts.isEmpty, "there is no label to draw from")
    precondition(itemCounts.allSatisfy { $0 > 0 }, "labels of \(itemCounts) items: one is empty")
    precondition(batchSize > 0, "a batch of \(batchSize) is empty")
    self.itemCounts = itemCounts
    self.batchSize = batchSize
    self.seed = seed
    self.attempt = attempt
    itemOrders = Array(repeating: nil, count: itemCounts.count)
  }

  /// Returns the draws of batch `number`, counted from 0 over the whole run.
  ///
  /// Costs O(B) where batches follow each other, and once more all labels and items after a jump.
  package mutating func batch(_ number: Int) -> [Draw] {
    (number * batchSize..<(number + 1) * batchSize).map { draw in
      let (round, place) = draw.quotientAndRemainder(dividingBy: itemCounts.count)
      let label = labelOrder(ofRound: round)[place]
      let (epoch, item) = round.quotientAndRemainder(dividingBy: itemCounts[label])
      return Draw(label: label, item: itemOrder(of: label, inEpoch: epoch)[item])
    }
  }

  private mutating func labelOrder(ofRound round: Int) -> [Int] {
    if labelOrder?.number != round {
      labelOrder = makeOrder(number: round, count: itemCounts.count, stream: 0)
    }
    return labelOrder?.elements ?? []
  }

  private mutating func itemOrder(of label: Int, inEpoch epoch: Int) -> [Int] {
    if itemOrders[label]?.number != epoch {
      itemOrders[label] = makeOrder(number: epoch, count: itemCounts[label], stream: label + 1)
    }
    return itemOrders[label]?.elements ?? []
  }

  private func makeOrder(number: Int, count: Int, stream: Int) -> Order {
    var random = RandomStream(
      seed: seed, purpose: .order, step: number, attempt: attempt, index: stream)
    var elements = Array(0..<count)
    random.shuffle(&elements)
    return Order(number: number, elements: elements)
  }
}
