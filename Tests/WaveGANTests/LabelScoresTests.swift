import Testing
import WaveGAN

@Suite("Scores by labels")
struct LabelScoresTests {
  // Computed in 64 bits on both sides: what remains is the order of sums.
  @Test("The scores are NumPy's")
  func golden() throws {
    for scores in try ClassifierGolden().scores {
      let p = scores.probabilities
      func expect(_ actual: Double, _ expected: Double) {
        #expect(abs(actual - expected) <= 1e-9 * max(1, abs(expected)))
      }
      expect(LabelScores.accuracy(p, labels: scores.labels), scores.accuracy)
      expect(LabelScores.inceptionScore(p), scores.inceptionScore)
      expect(LabelScores.modifiedInceptionScore(p), scores.modifiedInceptionScore)
      expect(LabelScores.amScore(p, reference: scores.reference), scores.amScore)
    }
  }

  @Test("Clips that surely have all labels equally often score best")
  func best() {
    let p: [[Double]] = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0], [0, 1, 0], [0, 0, 1]]
    // Sums of a few terms in 64 bits.
    #expect(abs(LabelScores.inceptionScore(p) - 3) < 1e-12)
    #expect(abs(LabelScores.amScore(p, reference: [1, 1, 1].map { $0 / 3 })) < 1e-12)
    #expect(LabelScores.accuracy(p, labels: [0, 1, 2, 0, 1, 1]) == 5.0 / 6)
    #expect(LabelScores.modifiedInceptionScore(p).isFinite)
  }

  @Test("Clips that tell nothing, or all the same, have an Inception Score of 1")
  func worst() {
    for row in [[0.25, 0.25, 0.25, 0.25], [0.0, 1.0, 0.0, 0.0]] {
      let p = [[Double]](repeating: row, count: 5)
      #expect(abs(LabelScores.inceptionScore(p) - 1) < 1e-12)
      #expect(abs(LabelScores.modifiedInceptionScore(p) - 1) < 1e-12)
    }
  }

  @Test("A label that is never generated costs the AM score, not the Inception Score's certainty")
  func missingLabel() {
    let p: [[Double]] = [[1, 0], [1, 0]]
    // ln(1/2) − ln(10⁻¹⁶) of the missing half, and ln(1/2) of the other.
    let expected = 0.5 * (-0.693147180559945 + 36.841361487904734) + 0.5 * -0.693147180559945
    #expect(abs(LabelScores.amScore(p, reference: [0.5, 0.5]) - expected) < 1e-12)
  }

  @Test("A confusion matrix counts what was taken for what")
  func confusion() {
    let matrix = ConfusionMatrix(labels: [0, 0, 1, 1, 1], judged: [0, 1, 1, 1, 0], labelCount: 3)
    #expect(matrix.counts == [[1, 1, 0], [1, 2, 0], [0, 0, 0]])
    #expect(matrix.accuracy == 0.6)
    #expect(matrix.labelAccuracies == [0.5, 2.0 / 3, nil])
    #expect(ConfusionMatrix(labels: [], judged: [], labelCount: 2).accuracy == nil)
  }
}
