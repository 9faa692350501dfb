/// The counter-based generator Philox4×32 with ten rounds.
///
/// A bijection of 128-bit counters under a 64-bit key: equal counter and key give equal output,
/// different counters give outputs that pass for independent. Nothing is carried from call to
/// call, so any place of any stream can be had at once.
///
/// Source: Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
package enum Philox {
  /// Returns the four 32-bit words that belong to a counter.
  ///
  /// - Parameters:
  ///   - counter: the place, four words, least significant first.
  ///   - key: which of 2⁶⁴ bijections, two words.
  package static func block(
    counter: SIMD4<UInt32>, key: SIMD2<UInt32>
  ) -> SIMD4<UInt32> {
    var c = counter
    var k = key
    for round in 0..<10 {
      if round > 0 { k = k &+ SIMD2(0x9E37_79B9, 0xBB67_AE85) }
      let p0 = c[0].multipliedFullWidth(by: 0xD251_1F53)
      let p1 = c[2].multipliedFullWidth(by: 0xCD9E_8D57)
      c = SIMD4(p1.high ^ c[1] ^ k[0], p1.low, p0.high ^ c[3] ^ k[1], p0.low)
    }
    return c
  }
}
