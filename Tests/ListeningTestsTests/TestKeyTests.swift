import Foundation
import ListeningTests
import TestSupport
import Testing

@Suite("The key")
struct TestKeyTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func written(_ text: String) throws -> String {
    let path = folder.path + "/key.csv"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  @Test("It is read as it was written, with commas, quotation marks and line breaks in names")
  func roundTrip() throws {
    var row = KeyRow(stimulus: "7f3a09bc", condition: "a, \"b\"\nc", clip: "0003", kind: .gold)
    row.label = "snare"
    row.step = 2_000
    row.seed = .max
    row.index = 3
    row.average = true
    row.spread = 0.75
    row.gainDecibels = -3.25
    row.expected = "5"
    let key = TestKey(rows: [row, KeyRow(stimulus: "00000000", kind: .level)])
    #expect(try TestKey(ofFile: written(key.csv)) == key)
  }

  @Test(
    "What is no key is refused with a sentence",
    arguments: [
      "", "a,b\n", "stimulus,condition,clip,kind\nx,y,z,other\n",
      "stimulus,condition,clip,kind\nx,y,z\n", "stimulus,condition,clip,kind,step\nx,y,z,test,1e\n",
      "stimulus,condition,clip,kind\nx,y,z,test\nx,y,z,test\n",
      "stimulus,condition,clip,kind,spread\nx,y,z,test,nan\n",
    ])
  func refused(text: String) throws {
    let path = try written(text)
    #expect(throws: ListeningTestError.self) { try TestKey(ofFile: path) }
  }
}
