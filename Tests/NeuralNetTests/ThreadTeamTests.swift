import Foundation
import NeuralNet
import Synchronization
import Testing

@Suite("Sharing work")
struct ThreadTeamTests {
  @Test(
    "Every item is done exactly once, and no worker does two at a time",
    arguments: [1, 2, 3, 8], [0, 1, 2, 7, 1_000])
  func everyItemOnce(threadCount: Int, itemCount: Int) {
    struct Tally {
      var items: [Int]
      var busy: Set<Int> = []
      var faults = 0
    }
    let tally = Mutex(Tally(items: [Int](repeating: 0, count: itemCount)))
    ThreadTeam(threadCount: threadCount).forEach(itemCount) { item, worker in
      tally.withLock {
        $0.items[item] += 1
        if !(0..<threadCount).contains(worker) || !$0.busy.insert(worker).inserted {
          $0.faults += 1
        }
      }
      tally.withLock { _ = $0.busy.remove(worker) }
    }
    tally.withLock {
      #expect($0.items.allSatisfy { $0 == 1 })
      #expect($0.faults == 0)
    }
  }

  @Test("Calls follow each other at once or after a pause in which the helpers fall asleep")
  func pauses() {
    let team = ThreadTeam(threadCount: 3)
    for call in 0..<200 {
      // Helpers stay awake for 0.05 ms.
      if call.isMultiple(of: 20) { usleep(2_000) }
      #expect(team.map(7) { Double($0) } == [0, 1, 2, 3, 4, 5, 6])
    }
  }

  @Test("Ranges cover every element once", arguments: [0, 1, 16_384, 16_385, 100_000])
  func ranges(count: Int) {
    let seen = Tensor(count)
    ThreadTeam(threadCount: 3).forEachRange(of: count) { range in
      for i in range { seen[i] += 1 }
    }
    #expect(seen.array.allSatisfy { $0 == 1 })
  }

  @Test("A sum is the sum, whatever the number of threads", arguments: [0, 1, 16_385, 100_000])
  func sums(count: Int) {
    // Whole numbers in 64 bits: exact.
    for threadCount in [1, 2, 5] {
      let sum = ThreadTeam(threadCount: threadCount).sum(of: count) { range in
        range.reduce(0) { $0 + Double($1) }
      }
      #expect(sum == Double(count) * Double(count - 1) / 2)
    }
  }
}
