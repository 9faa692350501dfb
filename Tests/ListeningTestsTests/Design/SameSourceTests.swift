import ListeningTests
import TestSupport
import Testing

@Suite("Sources of conditions")
struct SameSourceTests {
  @Test(
    "A folder is not compared with itself, however it is written",
    arguments: ["a/", "b/../a", "./a", "a/."])
  func same(path: String) throws {
    let bench = try ExportBench(perLabel: 1)
    let settings = bench.settings(.ab, ["a", path], count: 1) { $0.conditions[1].name = "other" }
    let error = #expect(throws: ListeningTestError.self) { try bench.export(settings) }
    #expect(try #require(error).description.contains("with itself"))
  }

  @Test("One clip that takes all others down is told of")
  func gain() throws {
    let bench = try ExportBench(perLabel: 2)
    try bench.add(
      "a/high/0.wav",
      MadeClips.sine(frequencyHz: 440, amplitude: 0.5, seconds: 1, sampleRate: 16_000))
    let settings = bench.settings(.ab, count: 2) { $0.loudness = -10 }
    #expect(try remarks(settings, bench, "calm").isEmpty)
    // A click among silence has little loudness for its peak.
    var click = MadeClips.sine(
      frequencyHz: 1, amplitude: 0, seconds: 1, sampleRate: 16_000)
    click.samples[8_000] = 1
    for name in ["a/high/0.wav", "a/high/1.wav"] { try bench.add(name, click) }
    #expect(
      try remarks(settings, bench, "click").contains { $0.hasPrefix("All sounds are softer by ") })
  }

  private func remarks(
    _ settings: TestSettings, _ bench: ExportBench, _ name: String
  ) throws -> [String] {
    try ExportJob(settings: settings)
      .run(into: TestFolder("\(bench.folder.path)/\(name)")).remarks
  }
}
