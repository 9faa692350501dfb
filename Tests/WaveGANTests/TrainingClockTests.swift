import Testing
import WaveGAN

@Suite("A training's clock")
struct TrainingClockTests {
  /// A clock by hand.
  private final class Hand {
    var seconds = 100.0
  }

  @Test("Time goes on from where it was, and speed is that of the last steps")
  func running() {
    let hand = Hand()
    var clock = TrainingClock(after: 60) { hand.seconds }
    #expect(clock.elapsedSeconds == 60)
    #expect(clock.stepsPerSecond == 0)
    // The first step after a start takes longer, and is no measure of speed.
    hand.seconds += 30
    clock.markStep()
    for _ in 0..<50 {
      hand.seconds += 0.5
      clock.markStep()
    }
    hand.seconds += 0.25
    #expect(clock.elapsedSeconds == 60 + 30 + 25 + 0.25)
    #expect(clock.stepsPerSecond == 2)
  }

  @Test("A program that was suspended for an hour has trained ten seconds meanwhile")
  func suspended() {
    let hand = Hand()
    var clock = TrainingClock(after: 0) { hand.seconds }
    for _ in 0..<10 {
      hand.seconds += 0.5
      clock.markStep()
    }
    hand.seconds += 3_600
    #expect(clock.elapsedSeconds == 15)
    clock.markStep()
    #expect(clock.elapsedSeconds == 15)
    // And again, soon after.
    hand.seconds += 0.5
    clock.markStep()
    hand.seconds += 3_600
    clock.markStep()
    #expect(clock.elapsedSeconds == 25.5)
  }

  @Test("Long steps count whole")
  func longSteps() {
    let hand = Hand()
    var clock = TrainingClock(after: 0) { hand.seconds }
    for duration in [60.0, 60, 60, 300, 60] {
      hand.seconds += duration
      clock.markStep()
    }
    #expect(clock.elapsedSeconds == 540)
  }
}
