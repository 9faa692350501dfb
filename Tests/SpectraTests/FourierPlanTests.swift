import Foundation
import Spectra
import Testing

/// Errors of a Double FFT grow like ε·√log₂N, under 10⁻¹⁵ here; the naive sums add some of their own.
private let tolerance = 1e-13

@Suite struct FourierPlanTests {
  private func spectrum(of frame: [Double]) -> [Double] {
    var workspace = FourierWorkspace(length: frame.count)
    workspace.samples = frame
    FourierPlan(length: frame.count).forward(&workspace)
    #expect(workspace.samples == frame)
    return workspace.spectrum
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

  @Test("the inverse gives the frame N times", arguments: [2, 96, 1_024])
  func inverse(length: Int) {
    let frame = Signals.noise(count: length)
    var workspace = FourierWorkspace(length: length)
    workspace.spectrum = spectrum(of: frame)
    FourierPlan(length: length).inverse(&workspace)
    #expect(relativeError(workspace.samples, frame.map { Double(length) * $0 }) < tolerance)
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
          var workspace = FourierWorkspace(length: 512)
          workspace.samples = Signals.noise(count: 512)
          for _ in 0..<200 { plan.forward(&workspace) }
          return workspace.spectrum == expected && other.binCount == 301
        }
      }
      for await isSame in group { #expect(isSame) }
    }
  }

  @Test("bytes do not depend on where the frame lies in memory")
  func alignment() {
    let frame = Signals.noise(count: 256)
    let expected = spectrum(of: frame)
    // Arrays of different lengths, and slices, come from different places of the heap.
    for shift in 1..<8 {
      let longer = [Double](repeating: 9, count: shift) + frame
      #expect(spectrum(of: Array(longer[shift...])) == expected)
    }
  }
}
