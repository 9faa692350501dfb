import Foundation
import Spectra
import Testing

/// Errors of a Double FFT grow like ε·√log₂N, under 10⁻¹⁵ here; the naive sums add some of their own.
private let tolerance = 1e-13

@Suite struct FourierPlanTests {
  private func spectrum(of frame: [Double]) -> [Double] {
    let plan = FourierPlan(length: frame.count)
    var result = [Double](repeating: 0, count: 2 * plan.binCount)
    var span = result.mutableSpan
    plan.forward(frame.span, into: &span)
    return result
  }

  @Test("the spectrum is the sum that defines it", arguments: [2, 4, 6, 30, 64, 250, 256])
  func equalsDefinition(length: Int) {
    let frame = Signals.noise(count: length)
    let expected = (0...length / 2).flatMap { k -> [Double] in
      var (real, imaginary) = (0.0, 0.0)
      for n in 0..<length {
        let angle = 2 * Double.pi * Double(k * n % length) / Double(length)
        real += frame[n] * cos(angle)
        imaginary -= frame[n] * sin(angle)
      }
      return [real, imaginary]
    }
    #expect(relativeError(spectrum(of: frame), expected) < tolerance)
  }

  @Test("a unit impulse has a spectrum of ones, and a constant only the first bin")
  func handValues() {
    #expect(spectrum(of: [1, 0, 0, 0]) == [1, 0, 1, 0, 1, 0])
    #expect(spectrum(of: [1, 1, 1, 1]) == [4, 0, 0, 0, 0, 0])
    #expect(spectrum(of: [1, 0, -1, 0]) == [0, 0, 2, 0, 0, 0])
    #expect(spectrum(of: [0, 1, 0, -1]) == [0, 0, 0, -2, 0, 0])
  }

  @Test("energy is the same in time and frequency (Parseval)", arguments: [8, 100, 1_024])
  func parseval(length: Int) {
    let frame = Signals.noise(count: length)
    let bins = spectrum(of: frame)
    var energy = 0.0
    for k in 0...length / 2 {
      let power =
        bins[2 * k] * bins[2 * k] + bins[2 * k + 1]
        * bins[2 * k + 1]
      energy += k == 0 || k == length / 2 ? power : 2 * power
    }
    let expected = dot(frame, frame)
    #expect(abs(energy / Double(length) - expected) < tolerance * expected)
  }

  @Test("the inverse gives the frame N times, and leaves the spectrum alone")
  func inverse() {
    let frame = Signals.noise(count: 96)
    let bins = spectrum(of: frame)
    let copy = Array(bins)
    var result = [Double](repeating: 0, count: 96)
    var span = result.mutableSpan
    FourierPlan(length: 96).inverse(bins.span, into: &span)
    #expect(relativeError(result, frame.map { 96 * $0 }) < tolerance)
    #expect(bins == copy)
  }

  @Test("one plan used from eight tasks gives each the same bytes")
  func concurrentUse() async {
    let plan = FourierPlan(length: 512)
    let expected = spectrum(of: Signals.noise(count: 512))
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask {
          // Planning elsewhere at the same time must not disturb it either.
          let other = FourierPlan(length: 600)
          let frame = Signals.noise(count: 512)
          var result = [Double](repeating: 0, count: 514)
          for _ in 0..<200 {
            var span = result.mutableSpan
            plan.forward(frame.span, into: &span)
          }
          return result == expected && other.binCount == 301
        }
      }
      for await isSame in group { #expect(isSame) }
    }
  }

  @Test("bytes do not depend on where the frame lies in memory", arguments: 1..<8)
  func alignment(shift: Int) {
    let frame = Signals.noise(count: 256)
    let shifted = [Double](repeating: 9, count: shift) + frame
    let plan = FourierPlan(length: 256)
    var result = [Double](repeating: 0, count: 258)
    var span = result.mutableSpan
    plan.forward(shifted.span.extracting(shift...), into: &span)
    #expect(result == spectrum(of: frame))
  }
}
