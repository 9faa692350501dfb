import Foundation
import ListeningTests
import Testing

@Suite("Anchors")
struct AnchorFilterTests {
  @Test("The filter keeps to the tolerances of BS.1534-3", arguments: [3_500.0, 7_000])
  func response(cornerHz: Double) {
    let taps = AnchorFilter(cornerHz: cornerHz, sampleRate: 48_000).taps
    /// The gain of a symmetric filter: Σ h[k] cos(2π f (k − K/2)).
    func decibels(_ frequency: Double) -> Double {
      let turn = 2 * .pi * frequency / 48_000
      let sum = taps.indices.reduce(0.0) { $0 + taps[$1] * cos(turn * Double($1 - taps.count / 2)) }
      return 20 * log10(max(1e-12, abs(sum)))
    }
    for frequency in stride(from: 0, through: cornerHz, by: 25) {
      #expect(abs(decibels(frequency)) <= 0.1, "\(frequency) Hz")
    }
    for frequency in stride(from: cornerHz + 500, through: 24_000, by: 25) {
      #expect(decibels(frequency) <= (frequency < cornerHz + 1_000 ? -25 : -50), "\(frequency) Hz")
    }
  }

  @Test("The filter is symmetric, so it delays nothing")
  func symmetry() {
    let taps = AnchorFilter(cornerHz: 3_500, sampleRate: 48_000).taps
    #expect(taps.count % 2 == 1)
    #expect(taps == Array(taps.reversed()))
  }
}
