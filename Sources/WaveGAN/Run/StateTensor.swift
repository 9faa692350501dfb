internal import NeuralNet

/// One tensor of a checkpoint, and where a training has its numbers.
struct StateTensor {
  /// What it is called in files.
  var name: String
  var parameter: Parameter
  /// The arena's numbers, of which the parameter's are some.
  var numbers: Tensor

  /// How many numbers are out of their place in memory at a time: 256 KiB.
  private static let blockLength = 65_536

  /// The places of its numbers in file order, block after block.
  var blocks: [Range<Int>] {
    stride(from: 0, to: parameter.count, by: Self.blockLength).map {
      $0..<min($0 + Self.blockLength, parameter.count)
    }
  }
}
