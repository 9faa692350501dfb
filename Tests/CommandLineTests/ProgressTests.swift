import Foundation
import Testing
import WaveGANTool

@Suite("Progress on a terminal")
struct ProgressTests {
  // MARK: Counting

  private func line(
    done: Int, seconds: Double = 12, width: Int, isUnicode: Bool = true
  ) -> String {
    ProgressLine.line(
      "Rendering", done: done, of: 10_000, after: seconds, width: width, isUnicode: isUnicode
    ).text
  }

  @Test("A count has a bar, a percentage and the time left")
  func counting() {
    #expect(
      line(done: 2_500, width: 80)
        == "Rendering 2,500 of 10,000  ━━━━━━━╸──────────────────────  25 %  0:36 left")
    #expect(
      line(done: 2_500, width: 80, isUnicode: false)
        == "Rendering 2,500 of 10,000  #######.......................  25 %  0:36 left")
    #expect(line(done: 2_500, width: 50) == "Rendering 2,500 of 10,000  25 %  0:36 left")
    #expect(line(done: 2_500, width: 35) == "Rendering 2,500 of 10,000  25 %")
    #expect(line(done: 2_500, width: 20) == "Rendering 2,500 of …")
  }

  @Test("Before a second is over, and at the end, no time is told")
  func noTime() {
    #expect(line(done: 9, seconds: 0.5, width: 50) == "Rendering 9 of 10,000  1 %")
    #expect(line(done: 10_000, width: 50) == "Rendering 10,000 of 10,000  100 %")
  }

  @Test("No count is wider than asked", arguments: 1...120)
  func width(width: Int) {
    for done in [0, 1, 9_999, 10_000] {
      #expect(line(done: done, seconds: 1e7, width: width).count <= width)
    }
  }

  // MARK: The meter

  @Test("The meter is filled from guessing towards right or wrong")
  func meter() {
    func meter(_ part: Double) -> String {
      GuessingMeter.line(part, length: 9, isUnicode: true).text
    }
    #expect(meter(0.5) == "────┼────")
    #expect(meter(1) == "────┾━━━━")
    #expect(meter(0) == "━━━━┽────")
    #expect(meter(0.75) == "────┾━━──")
    #expect(meter(0.31) == "──╺━┽────")
    #expect(GuessingMeter.line(0.75, length: 9, isUnicode: false).text == "....|##..")
  }

  @Test("The caption says where guessing is", arguments: [0, 7, 9, 21, 31, 61])
  func caption(length: Int) {
    let caption = GuessingMeter.caption(length: length)
    #expect(caption.count == length)
    guard length >= 9 else { return #expect(caption.allSatisfy { $0 == " " }) }
    let words = caption.split(separator: " ")
    #expect(words == (length < 20 ? ["guessing"] : ["wrong", "guessing", "right"]))
    // Its middle is over that of the meter, or half a column beside it.
    let start = caption.components(separatedBy: "guessing")[0].count
    #expect(abs(2 * start + 7 - (length - 1)) <= 1)
  }

  // MARK: History

  @Test("A history keeps the whole past, ever more coarsely")
  func history() {
    var history = AccuracyHistory()
    #expect(history.sparkline(length: 8) == "")
    history.add(0)
    history.add(1)
    #expect(history.sparkline(length: 8) == "▁█")
    for _ in 0..<998 { history.add(1) }
    for _ in 0..<1_000 { history.add(0.5) }
    // 2,000 steps lie in means of 16, and each column stands for about 250.
    #expect(history.sparkline(length: 8) == "████▅▅▅▅")
    #expect(history.sparkline(length: 0) == "")
  }

  // MARK: Wrapping

  @Test("Remarks are broken between words, and go on further in")
  func wrapping() {
    let text = "one two three four five"
    #expect(text.wrapped(width: 23, hanging: 2) == [text])
    #expect(text.wrapped(width: 13, hanging: 2) == ["one two three", "  four five"])
    #expect(text.wrapped(width: 3, hanging: 2) == ["one", "  two", "  three", "  four", "  five"])
    #expect("".wrapped(width: 3, hanging: 2) == [""])
  }

  @Test("Spaces that no line ends at stay, as in the names of files", arguments: [20, 9, 8])
  func wrappingSpaces(width: Int) {
    #expect(
      "  a  b  c d".wrapped(width: width, hanging: 4)
        == [20: ["  a  b  c d"], 9: ["  a  b  c", "    d"], 8: ["  a  b", "    c d"]][width])
  }
}
