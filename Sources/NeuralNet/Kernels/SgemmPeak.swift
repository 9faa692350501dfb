/// The rate of a product of large square matrices, `C = A · B`, on every thread at once: what the
/// kernels of this machine can be measured against.
///
/// Each thread multiplies matrices of its own, as convolutions share out their work. Several sizes
/// are tried, again and again, and the best round counts: whatever else the machine was doing can
/// only have slowed a round down.
///
/// - Parameters:
///   - team: the threads.
///   - seconds: how long to measure, about.
/// - Returns: 10⁹ operations per second of all threads together; an element of C takes 2K.
package func sgemmPeak(team: ThreadTeam, seconds: Double) -> Double {
  let sizes = [384, 512, 768]
  let clock = ContinuousClock()
  return sizes.map { size in
    let operands = (0..<team.threadCount).map { _ in SquareMatrices(size: size) }
    let operationCount = 2 * Double(size * size * size * team.threadCount)
    let end = clock.now + .seconds(seconds / Double(sizes.count))
    var best = 0.0
    repeat {
      // An item is a thread's: no two items share matrices, whichever thread does them.
      let time = clock.measure {
        team.forEach(operands.count) { item, _ in operands[item].multiply() }
      }
      best = max(best, operationCount / (time / .seconds(1)) * 1e-9)
    } while clock.now < end
    return best
  }.max() ?? 0
}

/// Two factors and their product.
private struct SquareMatrices {
  let size: Int
  let a: Tensor
  let b: Tensor
  let c: Tensor

  /// The values do not matter, except that zeros or tiny numbers might be faster or slower.
  init(size: Int) {
    self.size = size
    (a, b, c) = (Tensor(size, size), Tensor(size, size), Tensor(size, size))
    a.pointer.update(repeating: 0.5, count: a.count)
    b.pointer.update(repeating: 0.25, count: b.count)
  }

  func multiply() {
    MatrixProduct.multiply(
      m: size, n: size, k: size, a.pointer, aStride: size, b.pointer, bStride: size,
      into: c.pointer, cStride: size)
  }
}
