import Testing
import WaveGAN

@Suite("Learning rates")
struct RateDecayTests {
  @Test("Rates fall with the root of the steps, from their full value")
  func falling() {
    let objective = ObjectiveSettings(rateDecaySteps: 500)
    #expect(objective.rateFactor(atStep: 0) == 1)
    // 1 / √(1 + 1,500 / 500) and 1 / √(1 + 12,000 / 500).
    #expect(objective.rateFactor(atStep: 1_500) == 0.5)
    #expect(objective.rateFactor(atStep: 12_000) == 0.2)
  }

  @Test("Without decay they stay")
  func constant() {
    #expect(ObjectiveSettings(rateDecaySteps: 0).rateFactor(atStep: 1_000_000) == 1)
  }
}
