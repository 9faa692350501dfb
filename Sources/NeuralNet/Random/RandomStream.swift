import Foundation

/// A stream of random numbers that is a pure function of what it is for.
///
/// Seed, purpose, step, attempt and index name one of 2⁶⁴ · 2⁸⁸ streams of 2³⁴ numbers. As no state
/// is kept between streams, a resumed run needs none, and clip `index` is the same whatever is made
/// beside it.
package struct RandomStream: Sendable {
  private let key: SIMD2<UInt32>
  private var counter: SIMD4<UInt32>
  private var words = SIMD4<UInt32>()
  private var usedWordCount = 4
  private var spareNormal: Float?

  /// Opens a stream at its beginning.
  ///
  /// - Parameters:
  ///   - seed: the user's seed.
  ///   - purpose: what the numbers are for.
  ///   - step: the training step, 0 ..< 2³².
  ///   - attempt: how often the run has gone back so far, 0 ..< 2²⁴, so that it does not meet the
  ///     same fault again.
  ///   - index: which of the streams of a purpose and step, 0 ..< 2³².
  package init(
    seed: UInt64, purpose: RandomPurpose, step: Int = 0, attempt: Int = 0, index: Int = 0
  ) {
    key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    counter = SIMD4(
      0, UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: step),
      UInt32(truncatingIfNeeded: attempt) << 8 | UInt32(purpose.rawValue))
  }

  /// Returns 32 random bits.
  package mutating func nextWord() -> UInt32 {
    if usedWordCount == 4 {
      words = Philox.block(counter: counter, key: key)
      counter[0] &+= 1
      usedWordCount = 0
    }
    defer { usedWordCount += 1 }
    return words[usedWordCount]
  }

  /// Returns a number from U[0, 1), one of 2²⁴ equally spaced ones.
  package mutating func nextUniform() -> Float {
    Float(nextWord() >> 8) * 0x1p-24
  }

  /// Returns a number from N(0, 1) by the transform of Box and Muller.
  package mutating func nextNormal() -> Float {
    if let spare = spareNormal {
      spareNormal = nil
      return spare
    }
    // 1 − u lies in (0, 1], where the logarithm is finite.
    let radius = (-2 * log(1 - Double(nextUniform()))).squareRoot()
    let angle = 2 * Double.pi * Double(nextUniform())
    spareNormal = Float(radius * sin(angle))
    return Float(radius * cos(angle))
  }

  /// Returns a whole number from 0 ..< `bound`, each equally often to within `bound` / 2³².
  ///
  /// - Precondition: `bound` is 1 ... 2³².
  package mutating func nextInteger(below bound: Int) -> Int {
    precondition(bound > 0 && bound <= 1 << 32, "a bound of \(bound) is not 1 ... 2³²")
    return Int((UInt64(nextWord()) * UInt64(bound)) >> 32)
  }

  /// Puts an array into random order (Fisher and Yates).
  package mutating func shuffle<Element>(_ elements: inout [Element]) {
    guard elements.count > 1 else { return }
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, nextInteger(below: last + 1))
    }
  }
}
