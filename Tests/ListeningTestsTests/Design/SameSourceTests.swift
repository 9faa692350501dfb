import AudioFiles
import ListeningTests
import TestSupport
import Testing

@Suite("Sources of conditions")
struct SameSourceTests {
  private let bench: ExportBench

  init() throws { bench = try ExportBench(perLabel: 2) }

  @Test(
    "A folder is not compared with itself, however it is written",
    arguments: ["a/", "b/../a", "./a", "a/."])
  func same(path: String) throws {
    let settings = bench.settings(.ab, ["a", path], count: 1) { $0.conditions[1].name = "other" }
    let error = #expect(throws: ListeningTestError.self) { try bench.export(settings) }
    #expect(try #require(error).description.contains("with itself"))
  }

  @Test("One clip that takes all others down is told of")
  func gain() throws {
    // A click among silence has little loudness for its peak.
    for (label, amplitude) in [("high", 1), ("low", 0.5)] as [(String, Float)] {
      var click = MadeClips.sine(frequencyHz: 1, amplitude: 0, seconds: 1, sampleRate: 16_000)
      click.samples[8_000] = amplitude
      try bench.add("clicks/\(label)/0.wav", click)
    }
    func remarks(_ condition: String) throws -> [String] {
      let settings = bench.settings(.ab, [condition, "b"], count: 2) { $0.loudness = -10 }
      let folder = TestFolder("\(bench.folder.path)/\(condition).test")
      return try ExportJob(settings: settings).run(into: folder).remarks
    }
    #expect(try remarks("clicks").contains { $0.hasPrefix("All sounds are softer by ") })
    #expect(try !remarks("a").contains { $0.hasPrefix("All sounds are softer by ") })
  }
}
