import Foundation
import ListeningTests
import TestSupport
import Testing

/// What listeners get must not tell what they hear.
@Suite("Blinding")
struct BlindingTests {
  private let bench: ExportBench

  init() throws {
    bench = try ExportBench()
    try bench.addRecordings()
  }

  @Test("No name, source, run, file or clip is in what listeners get")
  func words() throws {
    for var settings in try bench.everyDesign() {
      // Names that nothing else would say.
      let words = ["zebra", "quagga", "okapi"]
      let old = Condition(name: "reference", source: "").name
      for place in settings.conditions.indices where settings.conditions[place].name != old {
        settings.conditions[place].name = words[place % 3]
      }
      let folder = try bench.export(settings, to: settings.design.rawValue)
      let key = try folder.readKey()
      var secrets = Set(words + [bench.folder.path, "wavegan-test"])
      for row in key.rows { secrets.formUnion([row.source, row.file].filter { $0.count > 4 }) }
      for (name, data) in try ExportBench.contents(of: folder.listener) {
        for secret in secrets {
          #expect(!name.contains(secret))
          #expect(data.range(of: Data(secret.utf8)) == nil, "\(secret) in \(name)")
        }
      }
    }
  }

  @Test("All files of a test have one size, hold a header and samples alone, and random names")
  func files() throws {
    let folder = try bench.export(bench.settings(.mos, ["a", "b", "c"]))
    let key = try folder.readKey().byStimulus
    var sizes: Set<Int> = []
    for (name, data) in try ExportBench.contents(of: folder.listener + "/audio") {
      let id = String(name.dropLast(4))
      #expect(id.count == 8 && id.allSatisfy(\.isHexDigit))
      guard let row = key[id], ![.level, .headphones].contains(row.kind) else { continue }
      sizes.insert(data.count)
      // RIFF of 12 bytes, fmt of 24, the head of data: no chunk besides.
      #expect(data[36..<40] == Data("data".utf8))
      let count = data[40..<44].enumerated().reduce(0) { $0 + Int($1.element) << (8 * $1.offset) }
      #expect(data.count == 44 + count)
    }
    #expect(sizes.count == 1)
  }

  @Test("Names and order of pages say nothing of conditions")
  func order() throws {
    let folder = try bench.export(bench.settings(.mos, count: 6))
    let key = try folder.readKey().byStimulus
    let test = try folder.readDescription()
    let pages = test.trials.sorted { $0.key < $1.key }.map(\.value)
    let conditions = pages.compactMap { key[$0.stimuli[0]] }.filter { $0.kind == .test }
      .map(\.condition)
    #expect(conditions.count == 12)
    // By turns, or one after the other, would tell.
    let changes = zip(conditions, conditions.dropFirst()).count { $0 != $1 }
    #expect((2...10).contains(changes))
    #expect(test.trials.values.allSatisfy { $0.stimuli == $0.stimuli.sorted() })
  }
}
