import Foundation
import ListeningTests
import TestSupport
import Testing

/// Ids and orders must follow neither a seed that everybody knows nor what listeners hear.
@Suite("Blinding of orders")
struct HiddenOrderTests {
  private let bench: ExportBench

  init() throws { bench = try ExportBench(perLabel: 12) }

  @Test("The key of one test tells nothing of another with the same seed")
  func seed() throws {
    let first = try bench.export(bench.settings(.mos, ["a", "b"]), to: "first")
    let second = try bench.export(bench.settings(.mos, ["b", "c"]), to: "second")
    let ids = try [first, second].map { Set(try $0.readKey().rows.map(\.stimulus)) }
    #expect(ids[0].isDisjoint(with: ids[1]))
    #expect(try first.readDescription().orders != second.readDescription().orders)
  }

  @Test("Which condition a listener hears first of two does not go by the label")
  func first() throws {
    let folder = try bench.export(bench.settings(.mos, count: 16))
    let key = try folder.readKey().byStimulus
    for order in try folder.readDescription().orders {
      var seen: Set<String> = []
      let heard = order.flatMap(\.stimuli).filter { seen.insert($0).inserted }
        .compactMap { key[$0] }.filter { $0.kind == .test }
      #expect(heard.count == 32)
      for label in ["high", "low"] {
        // Blocks of two stand one after another.
        let leading = stride(from: 0, to: heard.count, by: 2).map { heard[$0] }
          .filter { $0.label == label }.map(\.condition)
        #expect(leading.count == 8 && Set(leading) == ["a", "b"])
      }
    }
  }

  @Test("Which of two X is does not go by the label")
  func twins() throws {
    let folder = try bench.export(bench.settings(.abx, count: 16))
    let twins = try folder.readKey().rows.filter { $0.kind == .test && !$0.twin.isEmpty }
    #expect(twins.count { $0.condition == "a" } == 8 && twins.count == 16)
    for label in ["high", "low"] {
      #expect(Set(twins.filter { $0.label == label }.map(\.condition)) == ["a", "b"])
    }
  }

  @Test("Recordings that are met more than once are told of")
  func scarce() throws {
    try bench.addRecordings()
    // Of fresh recordings, one in ten of each label is held out: 4 of 40.
    var settings = bench.settings(.realOrFake) {
      $0.conditions = [("real", "real"), ("a", "a"), ("b", "b")].map {
        Condition(name: $0.0, source: $0.1 == "real" ? "real" : "\(bench.folder.path)/\($0.1)")
      }
      $0.reference = ["\(bench.folder.path)/recordings"]
    }
    func remarks(_ name: String) throws -> [String] {
      let folder = TestFolder("\(bench.folder.path)/\(name)")
      return try ExportJob(settings: settings).run(into: folder).remarks
    }
    let told = "4 recordings for 8 pairs: listeners meet some more than once"
    #expect(try remarks("many").contains { $0.hasPrefix(told) })
    settings.count = 2
    #expect(try !remarks("few").contains { $0.contains("more than once") })
  }
}
