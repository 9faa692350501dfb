import Foundation
import Testing
import WaveGAN

@Suite("The verdict on a training")
struct VerdictRuleTests {
  /// A line of a log where recordings have variety 20 dB; accuracies and loss are nil in a warm-up.
  private func line(
    _ step: Int, real: Double? = 0.8, generated: Double? = 0.8, loss: Double? = 0.6,
    variety: Double? = 15
  ) throws -> MetricsLine {
    var object: [String: Any] = [
      "step": step, "seconds": 1, "real-rms": 0.1, "generated-rms": 0.1, "log-mel-distance": 5,
      "attempt": 0, "checkpoint": false, "real-variety": 20,
    ]
    object["real-accuracy"] = real
    object["generated-accuracy"] = generated
    object["critic-loss"] = loss
    object["generated-variety"] = variety
    return try JSONDecoder().decode(
      MetricsLine.self, from: JSONSerialization.data(withJSONObject: object))
  }

  /// Ten lines, of a hundred steps, that are all alike.
  private func lines(
    upTo last: Int = 1_000, real: Double = 0.8, generated: Double = 0.8, loss: Double = 0.6,
    variety: Double? = 15
  ) throws -> [MetricsLine] {
    try (0..<10).map {
      try line(
        last - 90 + 10 * $0, real: real, generated: generated, loss: loss, variety: variety)
    }
  }

  private func verdict(
    _ lines: [MetricsLine], loss: ObjectiveSettings.Loss = .dcgan, warmUpSteps: Int = 0
  ) -> TrainingVerdict? {
    let objective = ObjectiveSettings(loss: loss, warmUpSteps: warmUpSteps)
    return VerdictRule(lines, objective: objective).verdict
  }

  @Test("A discriminator that guesses has a loss of its own for each objective")
  func guessing() {
    let losses = ObjectiveSettings.Loss.allCases.map { ($0, $0.lossOfGuessing) }
    for (loss, value) in losses {
      let expected: Double =
        switch loss {
        case .wgan, .wganGP: 0.0
        case .lsgan: 0.25
        case .hinge: 2.0
        case .dcgan, .relativistic: log(2.0)
        }
      // Sums of a few numbers in 64 bits.
      #expect(abs(value - expected) < 1e-12)
    }
  }

  @Test("A discriminator is ahead that is right about nearly all clips, and is sure")
  func discriminatorAhead() throws {
    // A quarter of ln 2 is 0.173.
    #expect(verdict(try lines(real: 0.92, generated: 0.99, loss: 0.17)) == .discriminatorAhead)
    #expect(verdict(try lines(real: 0.92, generated: 0.99, loss: 0.18)) == .nearEquilibrium)
    #expect(verdict(try lines(real: 0.89, generated: 1, loss: 0.01)) == .nearEquilibrium)
    #expect(verdict(try lines(real: 1, generated: 0.89, loss: 0.01)) == .nearEquilibrium)
    // Of 2, for hinge.
    #expect(
      verdict(try lines(real: 1, generated: 1, loss: 0.49), loss: .hinge) == .discriminatorAhead)
    #expect(verdict(try lines(real: 1, generated: 1, loss: 0.51), loss: .hinge) == .nearEquilibrium)
    // A Wasserstein critic's loss has no scale, but it is below 0 where the critic knows anything.
    for loss in [ObjectiveSettings.Loss.wgan, .wganGP] {
      let (sure, less) = try (
        lines(real: 0.72, generated: 1, loss: -3), lines(real: 0.68, generated: 1, loss: -3)
      )
      #expect(verdict(sure, loss: loss) == .discriminatorAhead)
      #expect(verdict(less, loss: loss) == .nearEquilibrium)
      #expect(verdict(try lines(real: 1, generated: 1, loss: 3), loss: loss) == .nearEquilibrium)
    }
  }

  @Test("A generator is ahead whose judge is wrong more often than one that guesses")
  func generatorAhead() throws {
    #expect(verdict(try lines(real: 0.6, generated: 0.28, loss: 0.8)) == .generatorAhead)
    #expect(verdict(try lines(real: 0.6, generated: 0.32, loss: 0.8)) == .nearEquilibrium)
    #expect(verdict(try lines(real: 0.5, generated: 0.5, loss: 0.693)) == .nearEquilibrium)
  }

  @Test(
    "Clips half as different as recordings are few sounds, once the training has begun in earnest")
  func fewSounds() throws {
    #expect(verdict(try lines(variety: 9.9)) == .fewSounds)
    #expect(verdict(try lines(variety: 10.1)) == .nearEquilibrium)
    #expect(verdict(try lines(upTo: 500, variety: 1)) == .nearEquilibrium)
    #expect(verdict(try lines(upTo: 510, variety: 1)) == .fewSounds)
    // It says more than that the discriminator finds them easily.
    #expect(verdict(try lines(real: 1, generated: 1, loss: 0, variety: 1)) == .fewSounds)
    // One bad report among ten is none.
    let once = try lines().dropLast() + [line(1_000, variety: 0)]
    #expect(verdict(Array(once)) == .nearEquilibrium)
    // Nothing is known of it in old logs.
    #expect(verdict(try lines(variety: nil)) == .nearEquilibrium)
  }

  @Test("To its last step a warm-up copies; what it measured is not held against what comes after")
  func warmUp() throws {
    let copies = try (1...60).map {
      try line(10 * $0, real: nil, generated: nil, loss: nil, variety: 1)
    }
    #expect(verdict(copies, warmUpSteps: 600) == .copying)
    let begun = try copies + [line(610, real: 1, generated: 1, loss: 0.1)]
    #expect(verdict(begun, warmUpSteps: 600) == .discriminatorAhead)
    // Of this line, only five steps had a discriminator; of the next, ten.
    let over =
      try copies.dropLast() + [
        line(600, real: 0, generated: 0, loss: 2), line(610, real: 0.7, generated: 0.7, loss: 0.5),
      ]
    #expect(verdict(Array(over), warmUpSteps: 595) == .nearEquilibrium)
    #expect(verdict(Array(over), warmUpSteps: 590) == .generatorAhead)
  }

  @Test("It looks back a hundred steps, and no further")
  func memory() throws {
    let early = try (1...90).map { try line(10 * $0, real: 0, generated: 0, loss: 2) }
    #expect(verdict(early) == .generatorAhead)
    #expect(
      verdict(try early + lines(upTo: 1_000, real: 1, generated: 1, loss: 0)) == .discriminatorAhead
    )
    // After half of them, half of the clips were known.
    #expect(
      verdict(try early + (91...95).map { try line(10 * $0, real: 1, generated: 1, loss: 0) })
        == .nearEquilibrium)
    #expect(verdict([]) == nil)
  }

  @Test("A run that was stopped in between is told the same")
  func stops() throws {
    // In four of the first ten steps no recording was known, in the others all: 0.98 of all clips.
    var whole = try lines(real: 1, generated: 1, loss: 0)
    whole[0].realAccuracy = 0.6
    #expect(verdict(whole) == .discriminatorAhead)
    // Stops after each of the four; a mean of lines would be 0.89. And after each of
    // the last ones; a mean of all varieties would be 0.39.
    var stopped = whole
    stopped[0].realAccuracy = 1
    let early = try (901...904).map {
      try line($0, real: 0, generated: 1, loss: 0, variety: 0)
    }
    let late = try (991...995).map {
      try line($0, real: 1, generated: 1, loss: 0, variety: 0)
    }
    stopped = early + stopped.dropLast() + late + stopped.suffix(1)
    #expect(verdict(stopped) == .discriminatorAhead)
  }

  @Test("Every verdict says what to try, and what it says is one of the options")
  func advice() {
    for verdict in TrainingVerdict.allCases {
      #expect(verdict.sentence == "\(verdict.rawValue): \(verdict.advice)")
      for word in verdict.advice.split(separator: " ") where word.hasPrefix("--") {
        let file = Data(#"{"\#(word.dropFirst(2))": 0.001}"#.utf8)
        #expect(throws: Never.self) { try JSONDecoder().decode(TrainingOptions.self, from: file) }
      }
    }
  }
}
