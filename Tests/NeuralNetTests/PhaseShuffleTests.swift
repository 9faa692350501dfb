import NeuralNet
import Testing

@Suite("Phase shuffle")
struct PhaseShuffleTests {
  private let team = ThreadTeam(threadCount: 2)

  /// The step that a reflected clip shows at `step`, for shifts within a clip's length.
  private func reflect(_ step: Int, _ stepCount: Int) -> Int {
    if step < 0 { return -step }
    return step < stepCount ? step : 2 * (stepCount - 1) - step
  }

  @Test("Each step shows x[reflect(t − shift)], for every shift that fits", arguments: 1...6)
  func formula(stepCount: Int) {
    for shift in (1 - stepCount)..<stepCount {
      let input = Tensor.made(seed: 1, [2, stepCount, 3])
      let output = Tensor.made(seed: 2, [2, stepCount, 3])
      PhaseShuffle.forward(input, shifts: [shift, -shift], into: output, team: team)
      for clip in 0..<2 {
        for step in 0..<stepCount {
          let source = reflect(step - (clip == 0 ? shift : -shift), stepCount)
          for channel in 0..<3 {
            #expect(
              output[(clip * stepCount + step) * 3 + channel]
                == input[(clip * stepCount + source) * 3 + channel])
          }
        }
      }
    }
  }

  @Test("⟨A x, y⟩ = ⟨x, Aᵀ y⟩", arguments: 1...6)
  func adjointIdentity(stepCount: Int) {
    for shift in (1 - stepCount)..<stepCount {
      let (x, y) = (
        Tensor.made(seed: 3, [2, stepCount, 3]), Tensor.made(seed: 4, [2, stepCount, 3])
      )
      let (image, preimage) = (
        Tensor.made(seed: 5, [2, stepCount, 3]), Tensor.made(seed: 6, [2, stepCount, 3])
      )
      PhaseShuffle.forward(x, shifts: [shift, 0], into: image, team: team)
      preimage.assign(y)
      PhaseShuffle.adjoint(preimage, shifts: [shift, 0], team: team)
      // Copies are exact, and the adjoint sums at most two numbers: one rounding, 2⁻²⁴.
      #expect(abs(image.dot(y) - x.dot(preimage)) <= 1e-6 * x.size * y.size)
    }
  }
}
