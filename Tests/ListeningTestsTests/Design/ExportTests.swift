import AudioFiles
import Foundation
import ListeningTests
import TestSupport
import Testing
import WaveGAN

@Suite("Exporting a listening test")
struct ExportTests {
  private let bench: ExportBench

  init() throws {
    bench = try ExportBench()
    try bench.addRecordings()
  }

  @Test("Every design exports; its description, key, page and sounds fit together")
  func designs() throws {
    for settings in try bench.everyDesign() {
      let folder = try bench.export(settings, to: settings.design.rawValue)
      let test = try folder.readDescription()
      let key = try folder.readKey()
      #expect(test.design == settings.design)
      #expect(Set(test.stimuli.keys) == Set(key.rows.map(\.stimulus)))
      #expect(test.orders.count == settings.listeners)
      #expect(FileManager.default.fileExists(atPath: "\(folder.listener)/index.html"))
      for row in key.rows {
        let file = "\(folder.listener)/\(try #require(test.stimuli[row.stimulus]))"
        #expect(try ContentDigest(ofFile: file).description == row.sha256)
        let info = try AudioFileInfo(path: file)
        #expect(info.sampleRate == 48_000 && info.channelCount == 2)
      }
      for (name, trial) in test.trials {
        for order in test.orders where !test.training.contains(name) {
          let turns = order.filter { $0.trial == name }
          #expect((1...2).contains(turns.count), "\(settings.design) \(name)")
          #expect(turns.allSatisfy { $0.stimuli.sorted() == trial.stimuli })
        }
      }
      // 10 % of the pages that count come twice.
      let planned = Set(test.orders[0].map(\.trial)).count
      #expect(test.orders.allSatisfy { $0.count > planned })
    }
  }

  @Test("The same command gives the same bytes in any folder, and another seed gives others")
  func determinism() throws {
    let settings = bench.settings(.ab) { $0.hosts = [.psychopy] }
    let first = try ExportBench.contents(of: bench.export(settings, to: "one").path)
    let second = try ExportBench.contents(of: bench.export(settings, to: "far/two").path)
    #expect(first == second)
    var other = settings
    other.seed = 1
    let third = try ExportBench.contents(of: bench.export(other, to: "three").path)
    #expect(first["key.csv"] != third["key.csv"])
  }

  @Test("No sound clips, all are equally long, and those of the test equally loud")
  func sounds() throws {
    let folder = try bench.export(bench.settings(.multi, ["a", "b", "c"]))
    let key = try folder.readKey()
    var lengths: Set<Int> = []
    for row in key.rows where ![.level, .headphones].contains(row.kind) {
      let path = "\(folder.listener)/audio/\(row.stimulus).wav"
      let clip = try AudioDecoder(channelCount: 2).clip(path)
      lengths.insert(clip.frameCount)
      // Oversampled, the highest peak is a decibel below full scale; dither adds a thousandth.
      let oversampled = try clip.resampled(to: 192_000, path: path)
      #expect(20 * log10(max(clip.peak, oversampled.peak)) <= -0.99)
      #expect(try #require(row.truePeakDecibels) <= -1)
      // 50 ms of nothing but dither.
      #expect(clip.samples.prefix(2 * 2_400).allSatisfy { abs($0) <= 2.0 / 32_768 })
      guard row.kind == .test else { continue }
      // What was padded is cut off again, as the standard's blocks would hear it; fades of 5 ms take
      // less than a tenth.
      let source = try AudioFileInfo(path: "\(bench.folder.path)/\(row.condition)/\(row.file)")
      let length = source.frameCount * 48_000 / source.sampleRate
      let sound = AudioClip(
        samples: Array(clip.samples.dropFirst(2 * 2_400).prefix(2 * length)), channelCount: 2,
        sampleRate: 48_000)
      #expect(abs(try #require(sound.loudness.lufs) - -23) < 0.1)
    }
    #expect(lengths.count == 1)
  }

  @Test("One gain for all brings the loudest peak to -1 dB and keeps differences")
  func commonGain() throws {
    // Struck drums: of much higher peaks than their loudness.
    let settings = bench.settings(.ab) {
      $0.loudness = -10
      $0.conditions[1].source = "\(bench.folder.path)/recordings"
    }
    let folder = try bench.export(settings)
    let rows = try folder.readKey().rows.filter { $0.kind == .test }
    let gains = rows.compactMap { row in
      row.gainDecibels.flatMap { gain in row.loudness.map { gain + $0 } }
    }
    // Loudness and gain are written with two decimals each.
    let (highest, lowest) = (try #require(gains.max()), try #require(gains.min()))
    #expect(highest - lowest < 0.021)
    let peak = try folder.readKey().rows.compactMap(\.truePeakDecibels).max()
    #expect(abs(try #require(peak) - -1.01) < 0.006)
  }

  @Test("Real clips beside no run are only those that every training holds out")
  func heldOut() throws {
    let settings = try #require(try bench.everyDesign().first { $0.design == .realOrFake })
    let folder = try bench.export(settings)
    let survey = try DatasetSurvey(paths: settings.reference)
    let held = Holdout.digests(of: survey.files.map { ($0.label, $0.digest) }, part: 0.1)
    let rows = try folder.readKey().rows.filter { $0.source == "real" }
    #expect(!rows.isEmpty)
    for row in rows { #expect(held.contains(try ContentDigest(ofFile: row.file))) }
  }

  @Test("A pair of real-or-fake has one label, whatever the count", arguments: [3, 4])
  func pairLabels(count: Int) throws {
    // 40 recordings, of which a third is held out, are enough for two conditions; labels come in turn.
    let settings = bench.settings(.realOrFake, count: count) {
      $0.conditions.append(Condition(name: "real", source: "real"))
      $0.reference = ["\(bench.folder.path)/recordings"]
    }
    let folder = try bench.export(settings)
    let key = try folder.readKey().byStimulus
    let pairs = try folder.readDescription().trials.values.map { $0.stimuli.compactMap { key[$0] } }
      .filter { $0.allSatisfy { $0.kind == .test } }
    #expect(pairs.count == 2 * count)
    for pair in pairs { #expect(Set(pair.map(\.label)).count == 1) }
  }

  @Test("Where diversity is asked, eight clips of one label come one after another")
  func diversity() throws {
    let bench = try ExportBench(perLabel: 40)
    let folder = try bench.export(
      bench.settings(.mos, count: 3) { $0.questions = ["diversity"] })
    let rows = try folder.readKey().rows.filter { $0.kind == .test }
    #expect(rows.map(\.condition).sorted() == ["a", "a", "a", "b", "b", "b"])
    for row in rows {
      let clips = row.clip.split(separator: "+")
      #expect(Set(clips).count == 8)
      #expect(clips.allSatisfy { $0.hasPrefix(row.label) })
    }
    // Two of one label, one of the other.
    #expect(rows.count { $0.label == "high" } == 4 && rows.count { $0.label == "low" } == 2)
  }

  @Test("Files that cannot be used are counted, and the first has its reason")
  func damaged() throws {
    for name in ["broken", "cut"] {
      try bench.folder.write(Array("RIFF".utf8), to: "a/high/\(name).wav")
    }
    try bench.folder.write(Array("notes".utf8), to: "a/notes.txt")
    func remarks(_ settings: TestSettings) throws -> [String] {
      let test = TestFolder("\(bench.folder.path)/\(settings.count)")
      return try ExportJob(settings: settings).run(into: test).remarks
    }
    let remark = try #require(
      try remarks(bench.settings(.ab)).first { $0.contains("cannot be used") })
    #expect(remark.hasPrefix("2 files of a") && remark.contains("a/high/broken.wav"))
    let error = try #require(throws: ListeningTestError.self) {
      try remarks(bench.settings(.ab, count: 40))
    }
    #expect(error.description.contains("2 files cannot be used"))
  }

  @Test("Over eight listeners each condition stands equally often on either side")
  func sides() throws {
    let folder = try bench.export(bench.settings(.ab))
    let test = try folder.readDescription()
    let key = try folder.readKey().byStimulus
    let turns = test.orders.joined().filter { turn in
      turn.stimuli.allSatisfy { key[$0]?.kind == .test }
    }
    // Repeats, one of five pages, need not balance.
    let left = turns.count { key[$0.stimuli[0]]?.condition == "a" }
    #expect(abs(left - turns.count / 2) <= test.orders.count)
    for name in Set(turns.map(\.trial)) {
      let firsts = test.orders.compactMap { $0.first { $0.trial == name }?.stimuli[0] }
      #expect(firsts.count { key[$0]?.condition == "a" } == 4)
    }
  }

  @Test("X is the same sound as one of the two and not the same file")
  func abx() throws {
    let folder = try bench.export(bench.settings(.abx))
    let key = try folder.readKey().byStimulus
    for trial in try folder.readDescription().trials.values {
      let id = try #require(trial.x)
      let x = try #require(key[id])
      #expect(trial.stimuli.contains(x.twin))
      let twin = try #require(key[x.twin])
      #expect(x.sha256 != twin.sha256)
      func samples(_ id: String) throws -> [Float] {
        try AudioDecoder(channelCount: 2).clip("\(folder.listener)/audio/\(id).wav").samples
      }
      // Two times a step of dither each, and rounding.
      let difference = zip(try samples(x.stimulus), try samples(twin.stimulus)).map { abs($0 - $1) }
      #expect(difference.max() ?? 1 <= 3.01 / 32_768)
    }
  }

  @Test("A mushra page has its reference twice, both anchors and every condition")
  func mushra() throws {
    let folder = try bench.export(bench.mushraSettings())
    let key = try folder.readKey().byStimulus
    let test = try folder.readDescription()
    for (name, trial) in test.trials where !test.training.contains(name) {
      let id = try #require(trial.reference)
      let open = try #require(key[id])
      #expect(open.kind == .reference)
      let rows = trial.stimuli.compactMap { key[$0] }
      #expect(
        rows.map(\.condition).sorted() == ["anchor35", "anchor70", "coded", "reference", "worse"])
      #expect(rows.allSatisfy { $0.clip == open.clip })
      let hidden = try #require(rows.first { $0.kind == .reference })
      #expect(hidden.sha256 != open.sha256)
    }
  }

  @Test("A page that embeds its sounds needs no other file")
  func embedded() throws {
    let folder = try bench.export(bench.settings(.mos, count: 2) { $0.embedsSounds = true })
    #expect(!FileManager.default.fileExists(atPath: "\(folder.listener)/audio"))
    let stimuli = try folder.readDescription().stimuli.values
    #expect(stimuli.allSatisfy { $0.hasPrefix("data:audio/wav;base64,UklGR") })
  }

  @Test("Texts that were edited are used, and are not lost to --force")
  func texts() throws {
    var settings = bench.settings(.ab)
    let folder = try bench.export(settings)
    try "Welcome to us.\n".write(
      toFile: "\(folder.texts)/welcome.txt", atomically: true, encoding: .utf8)
    #expect(throws: ListeningTestError.self) {
      try ExportJob(settings: settings).run(into: folder, overwrites: true)
    }
    settings.texts = folder.texts
    let second = try bench.export(settings, to: "second")
    #expect(try second.readDescription().texts.welcome == "Welcome to us.")
  }

  @Test("A folder with answers, or with anything else, is not replaced even by force")
  func replacing() throws {
    let settings = bench.settings(.ab)
    let folder = try bench.export(settings)
    #expect(throws: ListeningTestError.self) { try ExportJob(settings: settings).run(into: folder) }
    _ = try ExportJob(settings: settings).run(into: folder, overwrites: true)
    try "{}".write(toFile: "\(folder.answers)/1.json", atomically: true, encoding: .utf8)
    #expect(throws: ListeningTestError.self) {
      try ExportJob(settings: settings).run(into: folder, overwrites: true)
    }
    #expect(throws: ListeningTestError.self) {
      try ExportJob(settings: settings).run(
        into: TestFolder("\(bench.folder.path)/a"), overwrites: true)
    }
  }
}
