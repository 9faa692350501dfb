/// A team of threads with scratch memory for each, shared by the kernels of a network.
///
/// Each worker's memory is reserved while a network is planned, what they share grows in the first
/// step; from then on both are used again and again.
///
/// What makes its pointers safe: ``ThreadTeam`` gives each worker number to one thread at a time.
package final class Workspace {
  package let team: ThreadTeam

  /// Whether all convolutions that are planned with it gather windows, which is slow, and what every
  /// faster way is compared with.
  package let usesDirectSums: Bool

  private var scratch: [Tensor]
  private var sharedScratch: [Tensor]

  package init(team: ThreadTeam, usesDirectSums: Bool = false) {
    self.team = team
    self.usesDirectSums = usesDirectSums
    scratch = (0..<team.threadCount).map { _ in Tensor(0) }
    sharedScratch = Purpose.allCases.map { _ in Tensor(0) }
  }

  /// Makes sure that each worker has room for `count` numbers.
  func reserve(perWorker count: Int) {
    if scratch[0].count < count { scratch = scratch.map { _ in Tensor(count) } }
  }

  /// Numbers that each worker has room for.
  package var countPerWorker: Int { scratch[0].count }

  /// The scratch memory of a worker.
  func scratch(of worker: Int) -> UnsafeMutablePointer<Float> { scratch[worker].pointer }

  /// What memory that all workers share is used for.
  package enum Purpose: Int, CaseIterable, Sendable {
    case matrix
    case partialSums
    case bias
    case inputValues
  }

  /// Memory for `count` numbers, shared by all workers until the next call with this purpose.
  func shared(_ purpose: Purpose, count: Int) -> UnsafeMutablePointer<Float> {
    if sharedScratch[purpose.rawValue].count < count {
      sharedScratch[purpose.rawValue] = Tensor(count)
    }
    return sharedScratch[purpose.rawValue].pointer
  }
}
