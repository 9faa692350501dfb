import AudioFiles
import Foundation
import ListeningTests
import Testing
import Yams

@Suite("Files for other programs")
struct HostTests {
  private let bench: ExportBench

  init() throws {
    bench = try ExportBench()
    try bench.addRecordings()
  }

  /// Every design with every host that has pages for it.
  @Test("Each program gets its files, and every sound that they name is there")
  func sounds() throws {
    for var settings in try bench.everyDesign() {
      settings.hosts = TestHost.allCases.filter {
        $0.designs.contains(settings.design) && (try? $0.validate(settings)) != nil
      }
      let folder = try bench.export(settings, to: settings.design.rawValue)
      for host in settings.hosts {
        let files = try ExportBench.contents(of: "\(folder.hosts)/\(host.rawValue)")
        let names = files.keys.filter { $0.hasSuffix(".wav") }.map {
          ($0 as NSString).lastPathComponent
        }
        #expect(!names.isEmpty, "\(host) \(settings.design)")
        for (name, data) in files where !name.hasSuffix(".wav") {
          let text = String(decoding: data, as: UTF8.self)
          for match in text.matches(of: /[0-9a-z_]+\.wav/) where !text.contains("condition_num") {
            #expect(names.contains(String(match.output)), "\(match.output) in \(host)/\(name)")
          }
        }
      }
    }
  }

  @Test("webMUSHRA's pages have the keys that it reads, and its first has no sound")
  func webMUSHRA() throws {
    for var settings in try bench.everyDesign() {
      guard TestHost.webmushra.designs.contains(settings.design) else { continue }
      settings.hosts = [.webmushra]
      let folder = try bench.export(settings, to: settings.design.rawValue)
      let root = "\(folder.hosts)/webmushra"
      let files = try ExportBench.contents(of: root)
      let name = try #require(files.keys.first { $0.hasSuffix(".yaml") })
      let text = String(decoding: try #require(files[name]), as: UTF8.self)
      try WebMUSHRARules(root: root).check(
        try #require(try Yams.load(yaml: text) as? [String: Any]))
    }
  }

  @Test("webMUSHRA may be left answers, calls X its reference, and has the middles of bands")
  func webMUSHRAWords() throws {
    func pages(_ design: TestDesign) throws -> [[String: Any]] {
      var settings = bench.settings(design)
      settings.hosts = [.webmushra]
      let folder = try bench.export(settings, to: design.rawValue)
      let files = try ExportBench.contents(of: "\(folder.hosts)/webmushra")
      let text = try #require(files.first { $0.key.hasSuffix(".yaml") }?.value)
      let whole = try Yams.load(yaml: String(decoding: text, as: UTF8.self)) as? [String: Any]
      let pages = try #require(whole?["pages"] as? [Any])
      return pages.flatMap { ($0 as? [Any] ?? [$0]).compactMap { $0 as? [String: Any] } }
    }
    let abx = try pages(.abx)
    let asked = try #require(abx.first { $0["type"] as? String == "paired_comparison" })
    #expect((asked["content"] as? String)?.contains("X is called the reference here.") == true)
    let items = try #require(abx.last?["questionnaire"] as? [[String: Any]])
    #expect(items.contains { $0["name"] as? String == "age" && $0["optional"] as? Bool == true })
    #expect(
      items.contains { $0["name"] as? String == "listening-by" && $0["optional"] as? Bool == false }
    )
    let multi = try pages(.multi).first { $0["type"] as? String == "likert_multi_stimulus" }
    let values = (multi?["response"] as? [[String: String]])?.compactMap { $0["value"] }
    #expect(values == ["90", "70", "50", "30", "10"])
  }

  @Test("WAET is asked for interfaces that it has, and has a page for each question")
  func waetInterfaces() throws {
    // Those of its interfaces/interfaces.json.
    let known: Set = ["APE", "MUSHRA", "horizontal", "discrete", "AB", "ABX", "timeline"]
    for var settings in try bench.everyDesign()
    where TestHost.waet.designs.contains(settings.design) {
      settings.hosts = [.waet]
      let folder = try bench.export(settings, to: settings.design.rawValue)
      let text = try String(contentsOfFile: "\(folder.hosts)/waet/test.xml", encoding: .utf8)
      let interface = try #require(text.firstMatch(of: /setup interface="(\w+)"/)).1
      #expect(known.contains(String(interface)))
      // The tool refuses a browser whose rate is another than this.
      #expect(!text.contains("sampleRate"))
    }
    var settings = bench.settings(.mos)
    settings.questions = ["quality", "naturalness"]
    settings.hosts = [.waet]
    let folder = try bench.export(settings, to: "two questions")
    let text = try String(contentsOfFile: "\(folder.hosts)/waet/test.xml", encoding: .utf8)
    let titles = text.matches(of: /<title>([^<]*)</).map { String($0.1) }
    #expect(titles.count { $0.contains("quality") } == titles.count { $0.contains("natural") })
    #expect(titles.contains { $0.contains("natural") })
  }

  @Test("ReSEval has X as its reference, a page under one name, and the question in words")
  func reseval() throws {
    var settings = bench.settings(.abx)
    settings.hosts = [.reseval]
    let folder = try bench.export(settings)
    let root = "\(folder.hosts)/reseval"
    let lists = try ["a", "b", "reference"].map {
      try FileManager.default.contentsOfDirectory(atPath: "\(root)/abx/\($0)").sorted()
    }
    #expect(lists == [[String]](repeating: (1...4).map { "000\($0).wav" }, count: 3))
    let key = try TestKey(ofFile: folder.key).byStimulus
    let table = CSVRecords(try String(contentsOfFile: "\(root)/sounds.csv", encoding: .utf8))
    let stimuli = Dictionary(table.map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first })
    for name in lists[0] {
      let x = try #require(stimuli["abx/reference/\(name)"])
      let twin = try #require(key[x]).twin
      #expect([stimuli["abx/a/\(name)"], stimuli["abx/b/\(name)"]].contains(twin))
    }
    let files = try ExportBench.contents(of: root)
    let text = try #require(files.first { $0.key.hasSuffix(".yaml") }?.value)
    #expect(String(decoding: text, as: UTF8.self).contains("Which sound is the same as X?"))
  }

  @Test(
    "What a program's pages cannot show is refused",
    arguments: [
      (TestHost.reseval, TestDesign.mos, ["fit"], ["a", "b"]),
      (.p808, .mos, ["fit"], ["a", "b"]),
      (.p808, .mos, ["quality", "naturalness"], ["a", "b"]),
      (.reseval, .ab, ["quality"], ["a", "b", "c"]),
      (.reseval, .abx, ["quality"], ["a", "reference"]),
    ])
  func refusals(
    _ host: TestHost, _ design: TestDesign, _ questions: [String], _ conditions: [String]
  ) {
    var settings = bench.settings(design, conditions)
    settings.questions = questions
    #expect(throws: ListeningTestError.self) { try host.validate(settings) }
    #expect(throws: Never.self) { try TestHost.psychopy.validate(settings) }
  }

  @Test("The page files of programs that read JSON, CSV and JavaScript can be read")
  func texts() throws {
    var settings = bench.settings(.mos)
    settings.hosts = [.jspsych, .psychopy, .p808, .reseval, .waet]
    let folder = try bench.export(settings)
    let trials = try JSONSerialization.jsonObject(
      with: try Data(contentsOf: URL(filePath: "\(folder.hosts)/jspsych/trials.json")))
    #expect((trials as? [[String: Any]])?.isEmpty == false)
    func table(_ path: String) throws -> [[String]] {
      Array(
        CSVRecords(try String(contentsOfFile: "\(folder.hosts)/\(path)", encoding: .utf8)))
    }
    let pages = try table("psychopy/conditions.csv")
    #expect(pages[0] == ["trial", "sound1", "reference", "x", "prompt", "question", "corrAns"])
    #expect(pages.allSatisfy { $0.count == pages[0].count })
    #expect(try table("p808/rating_clips.csv").count == 1 + 8)
    #expect(try table("p808/gold_clips.csv")[0] == ["gold_clips", "gold_clips_ans"])
    let clips = try table("p808/rating_clips.csv").dropFirst()
    #expect(clips.allSatisfy { $0[0].wholeMatch(of: /.*_c(\d{1,2})_.*.wav/) != nil })
    let names = try FileManager.default.contentsOfDirectory(
      atPath: "\(folder.hosts)/reseval/mos/a")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: "\(folder.hosts)/reseval/mos/b").sorted()
        == names.sorted())
  }
}

/// What webMUSHRA asks of a configuration, from its documentation and its checks.
private struct WebMUSHRARules {
  let root: String

  private static let needed: [String: Set<String>] = [
    "generic": ["id", "name", "content"], "consent": ["id", "name", "content", "mustConsent"],
    "volume": ["id", "name", "content", "stimulus", "defaultVolume"],
    "mushra": [
      "id", "name", "content", "showWaveform", "enableLooping", "reference", "createAnchor35",
      "createAnchor70", "stimuli",
    ],
    "paired_comparison": [
      "id", "name", "content", "showWaveform", "enableLooping", "unforced", "reference", "stimuli",
    ],
    "likert_multi_stimulus": [
      "id", "name", "content", "mustRate", "mustPlayback", "stimuli", "response",
    ],
    "likert_single_stimulus": [
      "id", "name", "content", "mustRate", "mustPlayback", "stimuli", "response",
    ],
    "finish": ["name", "content", "showResults", "writeResults", "questionnaire"],
  ]
  private static let optional: Set = [
    "type", "showWaveform", "randomize", "showConditionNames", "strict", "switchBack",
  ]

  func check(_ configuration: [String: Any]) throws {
    #expect(configuration["testname"] is String)
    let id = try #require(configuration["testId"] as? String)
    // It turns other characters to dashes in the folder of results.
    #expect(id.wholeMatch(of: /[a-z0-9_-]+/) != nil)
    #expect(
      [256, 512, 1_024, 2_048, 4_096, 8_192, 16_384].contains(configuration["bufferSize"] as? Int))
    #expect(configuration["remoteService"] as? String == "service/write.php")
    let pages = try flattened(try #require(configuration["pages"] as? [Any]))
    #expect(pages.first?["type"] as? String == "generic")
    #expect(pages.last?["type"] as? String == "finish")
    let ids = pages.compactMap { $0["id"] as? String }
    #expect(Set(ids).count == ids.count)
    for page in pages { try check(page: page) }
  }

  /// The pages of a list, in which lists nest and may begin with the word `random`.
  private func flattened(_ list: [Any]) throws -> [[String: Any]] {
    try list.enumerated().flatMap { place, item -> [[String: Any]] in
      if let page = item as? [String: Any] { return [page] }
      if let nested = item as? [Any] { return try flattened(nested) }
      #expect(place == 0 && item as? String == "random")
      return []
    }
  }

  private func check(page: [String: Any]) throws {
    let type = try #require(page["type"] as? String)
    let needed = try #require(Self.needed[type], "\(type)")
    #expect(needed.isSubset(of: page.keys))
    #expect(Set(page.keys).isSubset(of: needed.union(Self.optional)))
    var paths: [String] = []
    if let stimuli = page["stimuli"] {
      let named = try #require(stimuli as? [String: String])
      #expect(!named.isEmpty)
      paths += named.values
    }
    if let reference = page["reference"] as? String { paths.append(reference) }
    let clips = try paths.map { try AudioFileInfo(path: "\(root)/\($0)") }
    // Of one rate, length and number of channels; at most 12 conditions of at most 12 s.
    #expect(Set(clips.map { [$0.sampleRate, $0.channelCount, $0.frameCount] }).count <= 1)
    #expect(clips.count <= 12)
    #expect(clips.allSatisfy { Double($0.frameCount) / Double($0.sampleRate) <= 12 })
    if let response = page["response"] as? [[String: Any]] {
      #expect(response.allSatisfy { $0["value"] is String && $0["label"] is String })
    }
    if let volume = page["stimulus"] as? String {
      #expect(FileManager.default.fileExists(atPath: "\(root)/\(volume)"))
    }
  }
}
