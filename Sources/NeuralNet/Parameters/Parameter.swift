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
  /// - Parameters:
  ///   - memory: an arena's numbers.
  ///   - range: which of them; all if nothing is said.
  package func fileOrder(of memory: Tensor, _ range: Range<Int>? = nil) -> [Float] {
    let range = range ?? 0..<count
    var result = [Float](repeating: 0, count: range.count)
    forEachPlace(in: range) { file, place in
      result[file - range.lowerBound] = memory.pointer[offset + place]
    }
    return result
  }

  /// Sets the numbers from PyTorch's order.
  ///
  /// - Precondition: `numbers` has ``count`` elements; checked in every build.
  package func set(_ memory: Tensor, fromFileOrder numbers: [Float]) {
    precondition(numbers.count == count, "\(name) has \(count) numbers, not \(numbers.count)")
    set(memory, fromFileOrder: numbers, at: 0)
  }

  /// Sets some of the numbers from PyTorch's order.
  ///
  /// - Parameters:
  ///   - memory: an arena's numbers.
  ///   - numbers: some that follow each other in that order.
  ///   - first: the place of the first of them.
  /// - Precondition: there are as many from there on; checked in every build.
  package func set(_ memory: Tensor, fromFileOrder numbers: [Float], at first: Int) {
    forEachPlace(in: first..<first + numbers.count) { file, place in
      memory.pointer[offset + place] = numbers[file - first]
    }
  }

  /// Calls `body` with each place of a range in file order and the same number's place in memory.
  private func forEachPlace(in range: Range<Int>, _ body: (_ file: Int, _ memory: Int) -> Void) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= count,
      "\(name) has \(count) numbers, not \(range)")
    guard !range.isEmpty else { return }
    // Strides of the split axes in the reversed order: the first axis is contiguous.
    var strides: [Int] = []
    var stride = 1
    for length in splitShape {
      strides.append(stride)
      stride *= length
    }
    var index = [Int](repeating: 0, count: splitShape.count)
    var place = 0
    // Where the range begins.
    var rest = range.lowerBound
    for axis in splitShape.indices.reversed() {
      index[axis] = rest % splitShape[axis]
      rest /= splitShape[axis]
      place += strides[axis] * index[axis]
    }
    for file in range {
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
