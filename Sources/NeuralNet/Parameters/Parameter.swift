/// One named array of numbers that training changes, and its place in an arena.
///
/// In files it has PyTorch's name, shape and order. In memory its axes stand in the opposite order,
/// after an axis that PyTorch flattens has been split: `[O, I, K]` becomes `[K, I, O]`, and the
/// rows of a dense layer that makes a `[16, C]` block, `[C·16, Z]` in files, are split to
/// `[C, 16, Z]` and become `[Z, 16, C]`.
package struct Parameter: Hashable, Sendable {
  /// PyTorch's name, such as `up.0.weight`.
  package let name: String

  /// PyTorch's shape.
  package let shape: [Int]

  /// The same numbers with flattened axes split; memory order is this reversed.
  package let splitShape: [Int]

  /// First number in the arena.
  package let offset: Int

  /// How many numbers there are.
  package let count: Int

  /// How the numbers are first set.
  package let initializer: Initializer

  package init(
    name: String, shape: [Int], splitShape: [Int]? = nil, offset: Int, initializer: Initializer
  ) {
    self.name = name
    self.shape = shape
    self.splitShape = splitShape ?? shape
    self.offset = offset
    count = shape.reduce(1, *)
    self.initializer = initializer
    precondition(
      self.splitShape.reduce(1, *) == count, "\(shape) cannot be split as \(self.splitShape)")
  }

  /// The numbers in PyTorch's order.
  ///
  /// - Parameter memory: an arena's numbers.
  package func fileOrder(of memory: Tensor) -> [Float] {
    var result = [Float](repeating: 0, count: count)
    forEachPlace { file, place in result[file] = memory.pointer[offset + place] }
    return result
  }

  /// Sets the numbers from PyTorch's order.
  ///
  /// - Precondition: `numbers` has ``count`` elements; checked in every build.
  package func set(_ memory: Tensor, fromFileOrder numbers: [Float]) {
    precondition(numbers.count == count, "\(name) has \(count) numbers, not \(numbers.count)")
    forEachPlace { file, place in memory.pointer[offset + place] = numbers[file] }
  }

  /// Calls `body` with each place in file order and the same number's place in memory.
  private func forEachPlace(_ body: (_ file: Int, _ memory: Int) -> Void) {
    // Strides of the split axes in the reversed order: the first axis is contiguous.
    var strides: [Int] = []
    var stride = 1
    for length in splitShape {
      strides.append(stride)
      stride *= length
    }
    var index = [Int](repeating: 0, count: splitShape.count)
    var place = 0
    for file in 0..<count {
      body(file, place)
      var axis = splitShape.count - 1
      while axis >= 0 {
        index[axis] += 1
        place += strides[axis]
        if index[axis] < splitShape[axis] { break }
        place -= strides[axis] * splitShape[axis]
        index[axis] = 0
        axis -= 1
      }
    }
  }
}
