internal import VectorKernels

/// Sums over the time steps of a batch, one for each channel, in an order fixed by the shapes.
///
/// What makes its pointers safe: each block of steps has sums of its own, and the steps handed out
/// are those of the tensor.
enum ChannelSums {
  /// Steps that one item sums: fixed, so that the order does not know the number of threads.
  fileprivate static let stepBlock = 1_024

  /// Sums terms over all steps: `sums[s, c] = Σ_t term(t, c)[s]`.
  ///
  /// - Parameters:
  ///   - stepCount: steps of the whole batch, B·T.
  ///   - channelCount: C.
  ///   - sumCount: how many sums of C numbers to make.
  ///   - addTerms: adds the terms of some steps to `sumCount` · C sums.
  /// - Returns: `[sumCount, C]`, summed in 64 bits from block to block.
  static func sums(
    stepCount: Int, channelCount: Int, sumCount: Int = 1, team: ThreadTeam,
    addTerms: (_ steps: Range<Int>, _ sums: UnsafeMutablePointer<Float>) -> Void
  ) -> [Double] {
    let blockCount = (stepCount + stepBlock - 1) / stepBlock
    let width = sumCount * channelCount
    let blocks = UnsafeMutablePointer<Float>.allocate(capacity: max(1, blockCount * width))
    defer { blocks.deallocate() }
    blocks.initialize(repeating: 0, count: blockCount * width)
    team.forEach(blockCount) { block, _ in
      addTerms(
        block * stepBlock..<min(stepCount, (block + 1) * stepBlock), blocks + block * width)
    }
    var total = [Double](repeating: 0, count: width)
    for block in 0..<blockCount {
      for i in 0..<width { total[i] += Double(blocks[block * width + i]) }
    }
    return total
  }
}

extension Tensor {
  /// Adds the sum over batch and time of each channel to a bias's gradient.
  ///
  /// - Parameters:
  ///   - gradient: `[C]`, where C is the last axis.
  ///   - team: the threads that share the work.
  package func addChannelSums(to gradient: UnsafeMutablePointer<Float>, team: ThreadTeam) {
    let channelCount = shape[shape.count - 1]
    let stepCount = count / channelCount
    let block = ChannelSums.stepBlock
    let blockCount = (stepCount + block - 1) / block
    var sums = [Double](repeating: 0, count: blockCount * channelCount)
    sums.withUnsafeMutableBufferPointer { sums in
      guard let first = sums.baseAddress else { return }
      team.forEach(blockCount) { item, _ in
        add_column_sums(
          pointer + item * block * channelCount, min(block, stepCount - item * block), channelCount,
          first + item * channelCount)
      }
    }
    for channel in 0..<channelCount {
      gradient[channel] += Float(
        stride(from: channel, to: sums.count, by: channelCount).reduce(0) { $0 + sums[$1] })
    }
  }
}
