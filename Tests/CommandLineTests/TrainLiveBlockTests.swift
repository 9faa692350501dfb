import Foundation
import Testing
import WaveGAN
import WaveGANTool

@Suite("The live block of wavegan train")
struct TrainLiveBlockTests {
  private static var status: TrainingStatus {
    var status = TrainingStatus(step: 1_234, targetStep: 5_000)
    status.fractionCompleted = 0.2468
    status.elapsedSeconds = 385.4
    status.remainingSeconds = 1_174
    status.stepsPerSecond = 3.2
    status.averages = .init(
      criticLoss: -3.2144, penalty: 0.312, generatorLoss: 1.204, realAccuracy: 0.851,
      generatedAccuracy: 0.62)
    for part in [1, 0.95, 0.9, 0.85] { status.realHistory.add(part) }
    for part in [1, 0.8, 0.7, 0.62] { status.generatedHistory.add(part) }
    status.logMelDistance = 12.34
    status.verdict = .nearEquilibrium
    status.lastEvent = EventText(
      "step 1,000: checkpoint saved", path: "drums.run/checkpoints/step-00001000.safetensors")
    return status
  }

  private func text(_ status: TrainingStatus, width: Int, isUnicode: Bool = true) -> String {
    LiveBlock(status, isUnicode: isUnicode).lines(width: width).map(\.text)
      .joined(separator: "\n")
  }

  @Test("40 columns")
  func narrow() {
    #expect(
      text(Self.status, width: 40) == """
        step 1,234 of 5,000   25 %  19:34 left
        discriminator  unsure
          recordings       ───────┾━━━━━──  85 %
          generated clips  ───────┾━╸─────  62 %
        losses  D −3.214  G 1.204
        verdict  near equilibrium: go on
        step 1,000: checkpoint saved
        """)
  }

  @Test("60 columns")
  func sixty() {
    #expect(
      text(Self.status, width: 60) == """
        step 1,234 of 5,000  ━━━━━────────────────  25 %  19:34 left
        discriminator           guessing        unsure
          recordings       ─────────┾━━━━━━╸──  85 %  ███▇
          generated clips  ─────────┾━━───────  62 %  █▇▆▅
        losses  discriminator −3.214  generator 1.204
        verdict            near equilibrium: go on
        step 1,000: checkpoint saved
        """)
  }

  @Test("80 columns")
  func usual() {
    #expect(
      text(Self.status, width: 80) == """
        step 1,234 of 5,000  ━━━━━─────────────────  25 %  3.2 steps/s  6:25, 19:34 left
        discriminator      wrong      guessing       right  unsure
          recordings       ───────────────┾━━━━━━━━━━╸────  85 %  ███▇
          generated clips  ───────────────┾━━━╸───────────  62 %  █▇▆▅
        losses             discriminator −3.214  penalty 0.312  generator 1.204
        verdict            near equilibrium: go on
        step 1,000: checkpoint saved, drums.run/checkpoints/step-00001000.safetensors
        """)
  }

  @Test("100 columns and more", arguments: [100, 200])
  func wide(width: Int) {
    #expect(
      text(Self.status, width: width) == """
        step 1,234 of 5,000  ━━━━━━━━━━────────────────────────────────  \
        25 %  3.2 steps/s  6:25, 19:34 left
        discriminator      wrong            guessing             right  unsure
          recordings       ─────────────────────┾━━━━━━━━━━━━━━╸──────  85 %  ███▇
          generated clips  ─────────────────────┾━━━━━────────────────  62 %  █▇▆▅
        losses             discriminator −3.214  penalty 0.312  generator 1.204  \
        spectral distance 12.3 dB
        verdict            near equilibrium: go on
        step 1,000: checkpoint saved, drums.run/checkpoints/step-00001000.safetensors
        """)
  }

  @Test("80 columns in ASCII")
  func ascii() {
    let text = text(Self.status, width: 80, isUnicode: false)
    #expect(text.utf8.allSatisfy { $0 < 128 })
    #expect(
      text == """
        step 1,234 of 5,000  #####.................  25 %  3.2 steps/s  6:25, 19:34 left
        discriminator      wrong              guessing               right  unsure
          recordings       .......................|################.......  85 %
          generated clips  .......................|#####..................  62 %
        losses             discriminator -3.214  penalty 0.312  generator 1.204
        verdict            near equilibrium: go on
        step 1,000: checkpoint saved, drums.run/checkpoints/step-00001000.safetensors
        """)
  }

  @Test("Before the first step there are as many lines")
  func beginning() {
    #expect(
      text(TrainingStatus(), width: 80) == """
        step 0  ────────────────────────────────────────────────────────────   0 %  0:00
        discriminator
          recordings
          generated clips
        losses
        verdict
        Ctrl-C saves and stops
        """)
  }

  @Test(
    "In a warm-up there is no discriminator to tell of",
    arguments: [
      (
        100,
        """
        discriminator  warm-up: begins after step 400
        losses             reconstruction 0.482  spectral distance 12.3 dB
        """
      ),
      (
        30,
        """
        discriminator  warm-up
        losses  0.482
        """
      ),
    ])
  func warmUp(width: Int, lines: String) {
    var status = Self.status
    status.averages = nil
    status.reconstructionLoss = 0.4821
    status.warmUpStepCount = 400
    status.verdict = .copying
    let text = text(status, width: width).split(separator: "\n")
    #expect(text[1...2].joined(separator: "\n") == lines)
    #expect(
      PlainLog.line(for: status)
        == "step 1,234 of 5,000 (25 %), 3.2 steps/s, 6:25, 19:34 left, warm-up, loss 0.482")
  }

  @Test("No line is wider than asked, whatever it has to say", arguments: 1...200)
  func width(width: Int) {
    var long = Self.status
    long.step = 123_456_789
    long.targetStep = 1_000_000_000
    long.remainingSeconds = 1e8
    long.stepsPerSecond = 1e-3
    long.averages?.criticLoss = -1e300
    long.averages?.realAccuracy = 1
    long.verdict = .fewSounds
    long.lastEvent = EventText(
      "step 1: checkpoint saved", path: "走る/\u{1B}[2J/走る走る走る走る走る.safetensors")
    var warmUp = long
    warmUp.averages = nil
    warmUp.reconstructionLoss = 1e300
    for status in [Self.status, long, warmUp, TrainingStatus()] {
      for isUnicode in [true, false] {
        let lines = LiveBlock(status, isUnicode: isUnicode).lines(width: width)
        #expect(lines.count == (status.reconstructionLoss == nil ? 7 : 4))
        for line in lines {
          #expect(line.columnCount <= width)
          #expect(line.text.unicodeScalars.allSatisfy { $0.value >= 0x20 })
        }
      }
    }
  }

  @Test(
    "The verdict has its advice as far as there is room",
    arguments: [
      (80, "verdict            collapsed to few sounds: try half the --generator-rate"),
      (72, "verdict  collapsed to few sounds: try half the --generator-rate"),
      (40, "verdict  collapsed to few sounds"), (25, "collapsed to few sounds"),
    ])
  func verdict(width: Int, line: String) {
    var status = Self.status
    status.verdict = .fewSounds
    #expect(LiveBlock(status, isUnicode: true).lines(width: width)[5].text == line)
  }

  @Test("The word goes from sure to misled")
  func certainty() {
    let words = [1.0, 0.9, 0.7, 0.5, 0.3].map {
      LiveBlock.certainty(realAccuracy: $0, generatedAccuracy: $0)
    }
    #expect(words == ["sure", "mostly right", "unsure", "cannot tell", "misled"])
  }

  @Test("Colours change no text, and are not there when not wanted")
  func colour() {
    for line in LiveBlock(Self.status, isUnicode: true).lines(width: 80) {
      #expect(line.rendered(usesColor: false) == line.text)
      let coloured = line.rendered(usesColor: true)
      #expect(coloured != line.text)
      #expect(coloured.replacing(/\u{1B}\[\d+m/, with: "") == line.text)
    }
  }

  @Test(
    "What the terminal and the environment say decides the looks",
    arguments: [
      (true, ["TERM": "xterm", "LANG": "de_DE.UTF-8"], true, true, true),
      (true, ["TERM": "xterm", "LANG": "en_US.utf8", "NO_COLOR": "1"], true, false, true),
      (
        true, ["TERM": "xterm", "NO_COLOR": "", "LC_ALL": "C", "LANG": "C.UTF-8"], true, true, false
      ),
      (true, ["TERM": "dumb"], false, false, false),
      (true, [:], false, false, false),
      (false, ["TERM": "xterm", "LC_CTYPE": "C.UTF-8"], false, false, true),
    ])
  func traits(
    isTerminal: Bool, environment: [String: String], redraws: Bool, usesColor: Bool, isUnicode: Bool
  ) {
    let traits = TerminalTraits(isTerminal: isTerminal, environment: environment)
    #expect(traits.redraws == redraws)
    #expect(traits.usesColor == usesColor)
    #expect(traits.isUnicode == isUnicode)
  }

  @Test("A frame is drawn below the cursor, which comes back, and over the one before")
  func frames() {
    var screen = TerminalScreen(usesColor: false)
    let lines = [StyledLine("123456789"), StyledLine("12345")]
    let begin = "\u{1B}[?25l\u{1B}[?7l\r\u{1B}[2K"
    let end = "\u{1B}[?7h\u{1B}[?25h"
    let whole = "\(begin)\r\n\u{1B}[2K123456789\r\n\u{1B}[J12345\r\u{1B}[2A\(end)"
    #expect(screen.frame(lines, columns: 10, rows: 24) == whole)
    #expect(screen.frame(lines, columns: 10, rows: 24) == whole)
    // In a terminal of another width, the block moves to the last rows: to 23 and 24, below 22.
    let moved = "\(begin)\r\n\u{1B}[J\u{1B}[22;1H\(end)"
    #expect(screen.frame(lines, columns: 40, rows: 24) == moved + whole)
    #expect(screen.frame(lines, columns: 40, rows: 24) == whole)
    // Of a block that is too high, the first lines are shown.
    let first = "\(begin)\r\n\u{1B}[J123456789\r\u{1B}[1A\(end)"
    #expect(screen.frame(lines, columns: 40, rows: 2) == first)
    #expect(screen.removal() == "\(begin)\r\n\u{1B}[J\r\u{1B}[1A\(end)")
    #expect(screen.removal() == "")
  }

  @Test("In a pipe there is a line a minute")
  func plain() {
    var log = PlainLog()
    var status = Self.status
    let lines = [385.0, 444.9, 445, 500, 504.9, 530].map { seconds in
      status.elapsedSeconds = seconds
      return log.line(for: status)
    }
    #expect(lines.map { $0 != nil } == [false, false, true, false, false, true])
    #expect(
      lines[2] == """
        step 1,234 of 5,000 (25 %), 3.2 steps/s, 7:25, 19:34 left, discriminator loss -3.214, \
        penalty 0.312, generator loss 1.204, real known 85 %, generated known 62 %; \
        near equilibrium: go on
        """)
  }

  @Test("Means follow a change within 20 steps, and begin with the first value")
  func averages() {
    func values(_ value: Double) -> TrainingStatus.Averages {
      .init(
        criticLoss: value, penalty: value, generatorLoss: value, realAccuracy: value,
        generatedAccuracy: value)
    }
    var averages = values(3)
    averages.add(values(5))
    #expect(averages.criticLoss == 4)
    for _ in 0..<60 { averages.add(values(1)) }
    // (1 − 1/20)⁴² of the distance from at most 5 is left, under 0.5.
    #expect(averages.generatorLoss < 1.5)
  }
}
