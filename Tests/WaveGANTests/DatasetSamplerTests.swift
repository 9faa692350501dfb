import Foundation
import NeuralNet
import Testing
import WaveGAN

@Suite("Dataset: drawing batches")
struct DatasetSamplerTests {
  private func draws(
    _ itemCounts: [Int], batches: Int, batchSize: Int, seed: UInt64 = 1, attempt: Int = 0
  ) -> [BatchSampler.Draw] {
    var sampler = BatchSampler(
      itemCounts: itemCounts, batchSize: batchSize, seed: seed, attempt: attempt)
    return (0..<batches).flatMap { sampler.batch($0) }
  }

  @Test("Labels are drawn equally often, however many items they have")
  func evenLabels() {
    let draws = draws([1, 7, 300], batches: 90, batchSize: 5)
    for label in 0..<3 { #expect(draws.count { $0.label == label } == 150) }
  }

  @Test("In each epoch of a label, each item comes once")
  func epochs() {
    let counts = [4, 6]
    let draws = draws(counts, batches: 12, batchSize: 8)
    for (label, count) in counts.enumerated() {
      let items = draws.filter { $0.label == label }.map(\.item)
      #expect(items.count == 48)
      for epoch in 0..<48 / count {
        #expect(Set(items[epoch * count..<(epoch + 1) * count]) == Set(0..<count))
      }
    }
  }

  @Test("Orders differ from epoch to epoch, by seed and by attempt")
  func orders() {
    let first = draws([50], batches: 1, batchSize: 50).map(\.item)
    // Two equal orders of 50 have a chance of 1 in 50!.
    #expect(draws([50], batches: 2, batchSize: 50).suffix(50).map(\.item) != first)
    #expect(draws([50], batches: 1, batchSize: 50, seed: 2).map(\.item) != first)
    #expect(draws([50], batches: 1, batchSize: 50, attempt: 1).map(\.item) != first)
    #expect(first != Array(0..<50))
  }

  @Test("A batch is the same whatever was drawn before", arguments: [0, 1, 13, 1_000_000])
  func purity(number: Int) {
    var fresh = BatchSampler(itemCounts: [3, 5, 9], batchSize: 16, seed: 4)
    var used = fresh
    for other in [number + 1, 0, 7, max(0, number - 1)] { _ = used.batch(other) }
    #expect(used.batch(number) == fresh.batch(number))
    #expect(used.batch(number) == fresh.batch(number))
  }

  private func dataset(slices: DataSettings.Slices) throws -> Dataset {
    let folder = try MadeFolder()
    for index in 0..<5 { try folder.add("a/\(index).wav", seed: UInt64(index), seconds: 0.6) }
    for index in 0..<3 { try folder.add("b/\(index).wav", seed: UInt64(50 + index)) }
    return try folder.dataset(
      DataSettings(sampleRate: 16_000, windowLength: 4_096, slices: slices, holdout: 0))
  }

  @Test("The loader gives the batches in order, from any batch on")
  func loader() throws {
    let dataset = try dataset(slices: .random)
    let loader = try BatchLoader(dataset: dataset, batchSize: 6, seed: 2)
    let batches = (0..<8).map { _ in loader.next() }
    #expect(batches.map(\.number) == Array(0..<8))
    #expect(batches.allSatisfy { $0.samples.count == 6 * 4_096 })
    #expect(batches.allSatisfy { $0.labels.count == 6 })
    let later = try BatchLoader(dataset: dataset, batchSize: 6, seed: 2, firstBatch: 5)
    for batch in batches[5...] {
      let again = later.next()
      #expect(again.number == batch.number)
      #expect(again.samples == batch.samples)
      #expect(again.labels == batch.labels)
    }
    let other = try BatchLoader(dataset: dataset, batchSize: 6, seed: 2, attempt: 1).next()
    #expect(other.samples != batches[0].samples)
  }

  @Test("A random slice is another one each time; the first is always the same")
  func randomSlices() throws {
    for (slices, expected) in [(DataSettings.Slices.first, 1), (.random, 8)] {
      let dataset = try dataset(slices: slices)
      let draw = BatchSampler.Draw(label: 0, item: 0)
      let starts = (0..<8).map { number in
        var random = RandomStream(seed: 1, purpose: .offset, step: number)
        return dataset.window(for: draw, random: &random).start
      }
      // Eight of 5,505 places are all different with a chance of 99.5 %, and this seed is fixed.
      #expect(Set(starts).count == expected)
    }
  }

  @Test("A loader that is let go ends, whether it was used or not")
  func letGo() throws {
    weak var gone: Dataset?
    do {
      let dataset = try dataset(slices: .every)
      gone = dataset
      for used in [false, true] {
        let loader = try BatchLoader(dataset: dataset, batchSize: 2, seed: 0)
        if used { _ = loader.next() }
      }
    }
    // The thread holds the dataset until it has seen that nobody waits for it.
    for _ in 0..<1_000 where gone != nil { usleep(5_000) }
    #expect(gone == nil)
  }
}
