internal import Glibc

/// A block of 32-bit numbers with a shape, allocated once and used again in every step.
///
/// The last axis is contiguous. Activations are `[B, T, C]`. A tensor is a reference: layers write
/// into tensors that their caller planned.
///
/// What makes its pointer safe: it is allocated and freed here alone, never moves, and every
/// kernel checks the counts of what it is given before it reads or writes.
package final class Tensor {
  package let shape: [Int]

  /// The product of the shape's axes.
  package let count: Int

  package let pointer: UnsafeMutablePointer<Float>

  /// The tensor whose memory this one shows under another shape; none if it has its own.
  private let owner: Tensor?

  /// Makes a tensor of zeros.
  ///
  /// - Precondition: no axis is negative; checked in every build.
  package init(_ shape: Int...) {
    precondition(shape.allSatisfy { $0 >= 0 }, "a tensor cannot have the shape \(shape)")
    self.shape = shape
    count = shape.reduce(1, *)
    pointer = Self.allocate(max(1, count))
    pointer.initialize(repeating: 0, count: count)
    owner = nil
  }

  /// Memory on a cache line, which the widest vector register fills, or on a large page.
  private static func allocate(_ count: Int) -> UnsafeMutablePointer<Float> {
    let byteCount = count * MemoryLayout<Float>.stride
    let isLarge = byteCount >= 2 * largePage
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: byteCount, alignment: isLarge ? largePage : 64)
    // Kernels walk through several places at once, each on a page of its own: with pages of 4 KiB the
    // processor would look up addresses more often than numbers. Only a hint, so no failure.
    if isLarge { _ = madvise(memory, byteCount, MADV_HUGEPAGE) }
    return memory.bindMemory(to: Float.self, capacity: count)
  }

  /// Bytes of a large page of x86-64 and of ARM with pages of 4 KiB.
  private static let largePage = 2 << 20

  /// The same numbers, in the same memory, under another shape.
  ///
  /// - Precondition: both shapes hold equally many numbers; checked in every build.
  package init(sharing owner: Tensor, shape: Int...) {
    count = shape.reduce(1, *)
    precondition(count == owner.count, "\(owner.shape) cannot be seen as \(shape)")
    self.shape = shape
    self.owner = owner
    pointer = owner.pointer
  }

  private init(_ shape: [Int], at pointer: UnsafeMutablePointer<Float>, in owner: Tensor) {
    self.shape = shape
    count = shape.reduce(1, *)
    self.pointer = pointer
    self.owner = owner
  }

  /// Some clips of a batch, in the same memory.
  ///
  /// - Parameter range: places on the first axis.
  /// - Precondition: the tensor has them; checked in every build.
  package func clips(_ range: Range<Int>) -> Tensor {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= shape[0], "\(shape) has no clips \(range)")
    guard range.count < shape[0] else { return self }
    let clipLength = shape.dropFirst().reduce(1, *)
    return Tensor(
      [range.count] + shape.dropFirst(), at: pointer + range.lowerBound * clipLength, in: self)
  }

  deinit { if owner == nil { pointer.deallocate() } }

  /// The numbers, in memory order.
  package var values: UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(start: pointer, count: count)
  }

  package subscript(index: Int) -> Float {
    get {
      precondition(index >= 0 && index < count, "index \(index) is not in 0 ..< \(count)")
      return pointer[index]
    }
    set {
      precondition(index >= 0 && index < count, "index \(index) is not in 0 ..< \(count)")
      pointer[index] = newValue
    }
  }

  /// Sets every number to zero.
  package func clear() { pointer.update(repeating: 0, count: count) }

  /// Takes over the numbers of another tensor or array.
  ///
  /// - Precondition: the counts are equal; checked in every build.
  package func assign(_ other: Tensor) {
    precondition(other.count == count, "\(other.shape) numbers do not fit into \(shape)")
    pointer.update(from: other.pointer, count: count)
  }

  /// Takes over the numbers of an array.
  ///
  /// - Precondition: the counts are equal; checked in every build.
  package func assign(_ numbers: [Float]) {
    precondition(numbers.count == count, "\(numbers.count) numbers do not fit into \(shape)")
    _ = values.update(fromContentsOf: numbers)
  }

  /// A copy of the numbers.
  package var array: [Float] { Array(values) }
}
