import Foundation
import Testing
import WaveGAN

@Suite("The folder of a run")
struct RunFolderTests {
  private let bench: RunBench

  init() throws { bench = try RunBench() }

  private func contents(_ path: String) throws -> Set<String> {
    Set(try FileManager.default.subpathsOfDirectory(atPath: path))
  }

  @Test("A finished run leaves these files and no others")
  func files() throws {
    let run = try bench.begin("run", RunBench.options { $0.steps = 1 })
    try run.train()
    let folder = run.folder
    let clips = (0..<16).map { "previews/step-00000001/\($0 < 10 ? "0" : "")\($0).wav" }
    #expect(
      try contents(folder.path)
        == Set(
          [
            ".lock", "run.json", "dataset.json", "metrics.jsonl", "curves.png", "checkpoints",
            "checkpoints/step-00000000.safetensors", "checkpoints/step-00000001.safetensors",
            "previews", "previews/step-00000001", "previews/step-00000001/sheet.png",
          ] + clips))
    // Nothing is left beside it either.
    #expect(try FileManager.default.contentsOfDirectory(atPath: bench.path("")) == ["run"])
  }

  @Test("A run is not made where one is, unless it may replace it")
  func existingRun() throws {
    let bench = try RunBench.withRun()
    #expect(try runErrorCode { _ = try bench.begin("run") } == .exists)
    #expect(bench.folder("run").checkpointSteps == [0, 1, 2])
    try bench.begin("run", replaces: true).train(stoppingAfter: 0)
    #expect(try contents(bench.folder("run").checkpoints) == ["step-00000000.safetensors"])
    // The old run is gone, under any name.
    #expect(try FileManager.default.contentsOfDirectory(atPath: bench.path("")) == ["run"])
  }

  @Test("Folders on the way to a run are made, also where recordings do not fit into memory")
  func parents() throws {
    let options = RunBench.options { $0.memory = ByteCount(bytes: 1) }
    try bench.begin("a/b/run", options).train(stoppingAfter: 0)
    #expect(bench.folder("a/b/run").checkpointSteps == [0])
  }

  @Test("A run that cannot be made says so in a sentence")
  func impossible() throws {
    try Data().write(to: URL(filePath: bench.path("file")))
    let error = #expect(throws: RunError.self) { _ = try bench.begin("file/a/run") }
    #expect(error?.code == .cannotCreate)
    #expect(
      error?.description
        == "\(bench.path("file/a/run")) cannot be made: \(bench.path("file")) is not a folder that "
        + "can be written to; choose another place.")
  }

  @Test("An empty folder becomes the run's, also by a name with a slash at its end")
  func emptyFolder() throws {
    try FileManager.default.createDirectory(
      atPath: bench.path("run"), withIntermediateDirectories: false)
    try bench.train("run/", steps: 0)
    #expect(bench.folder("run").checkpointSteps == [0])
  }

  @Test("What is no run is never touched, whatever may be replaced", arguments: [false, true])
  func foreignFolder(replaces: Bool) throws {
    let manager = FileManager.default
    for (name, file) in [("notes", "thesis.txt"), ("software", "run.json")] {
      try manager.createDirectory(
        atPath: bench.path(name), withIntermediateDirectories: false)
      try Data(#"{"scripts": {}}"#.utf8).write(to: URL(filePath: bench.path(name) + "/" + file))
      #expect(try runErrorCode { _ = try bench.begin(name, replaces: replaces) } == .exists)
      #expect(try contents(bench.path(name)) == [file])
    }
    try Data("precious".utf8).write(to: URL(filePath: bench.path("file")))
    #expect(try runErrorCode { _ = try bench.begin("file", replaces: replaces) } == .exists)
    #expect(try Data(contentsOf: URL(filePath: bench.path("file"))) == Data("precious".utf8))
  }

  @Test("One run is trained by one program at a time, and not replaced meanwhile")
  func busy() throws {
    var first: TrainingRun? = try bench.begin("run")
    #expect(try runErrorCode { try bench.resume("run", steps: 1) } == .busy)
    #expect(try runErrorCode { _ = try bench.begin("run", replaces: true) } == .busy)
    try first?.train(stoppingAfter: 0)
    #expect(bench.folder("run").checkpointSteps == [0])
    first = nil
    try bench.resume("run", steps: 1)
    #expect(bench.folder("run").checkpointSteps == [0, 1])
  }

  @Test("A run that cannot begin leaves no folder")
  func nothingUsable() throws {
    let empty = try MadeFolder()
    try empty.add("note.txt", bytes: [1, 2, 3])
    let folder = bench.folder("run")
    let error = #expect(throws: DatasetError.self) {
      _ = try TrainingRun(paths: [empty.path], options: RunBench.options(), folder: folder)
    }
    #expect(error?.code == .nothingUsable)
    #expect(!FileManager.default.fileExists(atPath: folder.path))
  }

  @Test(
    "A record that is damaged, or says what no run can have, is refused",
    arguments: [
      "", "{}", "[]", "\u{0}", #"{"version":"#,
      // These are put into a record that is right otherwise.
      #""batch":0"#, #""window":5000"#, #""checkpoint-every":0"#, #""preview-every":-1"#,
      #""keep":-3"#,
      #""dim":1000000000"#, #""steps":-1"#, #""kernel":1"#, #""critic-updates":0"#,
    ])
  func damagedRecord(_ damage: String) throws {
    let bench = try RunBench.withRun()
    let folder = bench.folder("run")
    var text = try String(contentsOf: URL(filePath: folder.record), encoding: .utf8)
    if damage.hasPrefix("\""), let colon = damage.firstIndex(of: ":") {
      let name = damage[..<colon]
      let place = try #require(text.range(of: "\(name) : "))
      let end = try #require(text[place.upperBound...].firstIndex { ",\n".contains($0) })
      text.replaceSubrange(place.lowerBound..<end, with: damage)
    } else {
      text = damage
    }
    try Data(text.utf8).write(to: URL(filePath: folder.record))
    #expect(throws: (any Error).self) { try RunRecord(of: folder) }
    #expect(throws: (any Error).self) { try bench.resume("run", steps: 1) }
    #expect(throws: (any Error).self) { try Renderer(run: folder) }
  }

  @Test("A record says how the sums of each layer are made; one that does not say goes on as well")
  func convolutions() throws {
    let bench = try RunBench.withRun()
    let folder = bench.folder("run")
    // Layers of 2 to 16 channels are too narrow for values at points.
    let layers = (0..<4).flatMap { ["down.\($0)", "up.\($0)"] } + ["project", "output"]
    var record = try RunRecord(of: folder)
    let convolutions = try #require(record.convolutions)
    #expect(Set(convolutions.keys) == Set(layers))
    #expect(convolutions["output"] == "direct")
    #expect(Set(convolutions.values).isSubset(of: ["narrow", "direct"]))

    record.convolutions = nil
    let text = try JSONEncoder().encode(record)
    #expect(!String(decoding: text, as: UTF8.self).contains("convolutions"))
    try text.write(to: URL(filePath: folder.record))
    try bench.resume("run", steps: 1)
    #expect(folder.checkpointSteps.last == 3)
    #expect(try RunRecord(of: folder).convolutions == nil)
  }

  @Test("Wide layers are made by values at points, those next to the waveform as they lie")
  func wideConvolutions() throws {
    let run = try bench.begin("run", RunBench.options { $0.dim = 16 })
    let convolutions = try #require(try RunRecord(of: run.folder).convolutions)
    for side in ["down", "up"] {
      let methods = (0..<4).map { convolutions["\(side).\($0)"] ?? "" }
      let fromWaveform = side == "down" ? methods : methods.reversed()
      #expect(fromWaveform == ["narrow", "toomCook", "toomCook", "toomCook"])
    }
  }

  @Test("A folder that is no run cannot be resumed, and is not made")
  func noRun() throws {
    #expect(try runErrorCode { try bench.resume("nowhere", steps: 1) } == .notFound)
    #expect(!FileManager.default.fileExists(atPath: bench.path("nowhere")))
  }
}
