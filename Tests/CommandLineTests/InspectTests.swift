import AudioFiles
import Foundation
import TestSupport
import Testing

@Suite("wavegan inspect")
struct InspectTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Writes a sine of half full scale, 0 dB − 6.0 dB, of which a seed's worth of pitch is its own.
  private func add(_ name: String, pitch: Double, seconds: Double) throws {
    let clip = MadeClips.sine(frequencyHz: pitch, seconds: seconds, sampleRate: 16_000)
    try AudioWriter(container: .wav).write(clip, to: folder.file(name))
  }

  // Loudness: a sine of 1,000 Hz and −6.02 dB has −9.03 LUFS (its mean square is 3.01 dB lower, and
  // BS.1770 weighs 1,000 Hz with 1), half of a block of 400 ms has 3.01 less; lower notes weigh less.
  @Test("The report tells what there is, what cannot be used and why, and what train would do")
  func report() throws {
    try add("kit/kick/a.wav", pitch: 1_000, seconds: 0.2)
    try add("kit/kick/b.wav", pitch: 500, seconds: 0.2)
    try add("kit/snare/c.wav", pitch: 250, seconds: 0.25)
    try add("kit/snare/copy of c.wav", pitch: 250, seconds: 0.25)
    try folder.write(Array("junk".utf8), to: "kit/broken\n\u{1B}[31m.wav")
    try folder.write([], to: "kit/notes.txt")
    let outcome = try Program.run("inspect", "kit", in: folder.path)
    #expect(outcome.exitCode == 0)
    #expect(outcome.errors == "")
    #expect(
      outcome.output == """
        3 recordings in 2 labels, 0.65 s of sound; 3 files not used (1 duplicate)

          Length    0.20 to 0.25 s, median 0.20 s
          Rate      16,000 Hz
          Channels  mono
          Encoding  WAV, 16-bit PCM

        Lengths
          0.2 to 0.3 s          3  █████████████████████████████████████████████████████

        Levels              lowest    median   highest
          peak, dB            −6.0      −6.0      −6.0
          RMS, dB             −9.0      −9.0      −9.0
          loudness, LUFS     −12.6     −12.0     −11.8

        Labels
          kick          2  █████████████████████████████████████████████████████████████
          snare         1  ██████████████████████████████▌

        Not used: 3 files
          is an exact duplicate
              kit/snare/copy of c.wav
                  has the same bytes as kit/snare/c.wav
          is not an audio file of a kind that libsndfile knows
              kit/broken\\n\\u{1B}[31m.wav
          is not audio, going by its name
              kit/notes.txt

        What `wavegan train` would do
          --sample-rate: 16,000 Hz, the rate that has the most sound
          --window: 4,096 samples (0.26 s), the smallest that holds 95 % of the
            recordings whole (3 of 3 recordings)
          train on 2 recordings, 2 windows of 4,096 samples at 16,000 Hz, mono; hold out
            1 recording for evaluation
          fill up 2 shorter recordings with silence (12 % of all windows)

        """)
    #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test("--json writes one object with the same figures, and nothing else")
  func json() throws {
    try add("kit/kick/a.wav", pitch: 1_000, seconds: 0.2)
    try add("kit/snare/b.wav", pitch: 500, seconds: 0.3)
    try folder.write([], to: "kit/notes.txt")
    let outcome = try Program.run("inspect", "kit", "--json", "--holdout", "0", in: folder.path)
    #expect(outcome.exitCode == 0)
    #expect(outcome.errors == "")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    #expect(object["files"] as? Int == 3)
    #expect(object["silent"] as? Int == 0 && object["duplicates"] as? Int == 0)
    #expect(object["recordings"] as? Int == 2)
    #expect(object["labels"] as? [String: Int] == ["kick": 1, "snare": 1])
    #expect(object["rates"] as? [String: Int] == ["16000": 2])
    let durations = try #require(object["durations"] as? [String: Double])
    #expect(durations == ["lowest": 0.2, "median": 0.25, "highest": 0.3])
    let rejected = try #require(object["rejected"] as? [[String: String]])
    #expect(
      rejected == [
        [
          "path": "kit/notes.txt", "code": "notAudio", "reason": "is not audio, going by its name",
        ]
      ])
    let training = try #require(object["training"] as? [String: Any])
    #expect(training["window"] as? Int == 8_192)
    #expect(training["sampleRate"] as? Int == 16_000)
    #expect(training["windows"] as? Int == 2)
    #expect(training["heldOutRecordings"] as? Int == 0)
  }

  // 0.3 s are 4,800 samples: 704 more than 4,096, 3,392 fewer than 8,192.
  @Test("Padding, cutting and unused sound are of the recordings that train, not of those held out")
  func heldOut() throws {
    for index in 0..<4 {
      try add("kit/\(index).wav", pitch: 500 * Double(index + 1), seconds: 0.3)
    }
    func training(_ window: String) throws -> [String: Any] {
      let outcome = try Program.run(
        "inspect", "kit", "--json", "--holdout", "0.5", "--slices", "first", "--window", window,
        in: folder.path)
      let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
      return try #require((object as? [String: Any])?["training"] as? [String: Any])
    }
    let cut = try training("4096")
    #expect(cut["trainingRecordings"] as? Int == 2 && cut["windows"] as? Int == 2)
    #expect(cut["cutRecordings"] as? Int == 2 && cut["paddedRecordings"] as? Int == 0)
    #expect(cut["unusedSeconds"] as? Double == 2 * 704 / 16_000.0)
    let padded = try training("8192")
    #expect(padded["cutRecordings"] as? Int == 0 && padded["paddedRecordings"] as? Int == 2)
    #expect(padded["paddedPart"] as? Double == 3_392 / 8_192.0)
  }

  @Test("Every key of --json is in the article that explains it, and no other")
  func documentedKeys() throws {
    try add("kit/kick/a.wav", pitch: 1_000, seconds: 0.5)
    try folder.write([], to: "kit/notes.txt")
    // A recording that ends before its header says.
    let whole = try Data(contentsOf: URL(fileURLWithPath: folder.file("kit/kick/a.wav")))
    try folder.write(Array(whole.dropLast(1_000)), to: "kit/kick/cut.wav")
    let outcome = try Program.run("inspect", "kit", "--json", in: folder.path)
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let article = try String(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/WaveGAN/WaveGAN.docc/InspectReport.md"), encoding: .utf8)
    let documented = article.split(separator: "\n").filter { $0.hasPrefix("| `") }
      .compactMap { $0.split(separator: "`").dropFirst().first.map(String.init) }
    #expect(Set(documented).count == documented.count)
    #expect(Self.keys(of: object) == Set(documented))
  }

  /// The paths of all values, as the article writes them.
  private static func keys(of value: Any, at path: String = "") -> Set<String> {
    if let list = value as? [Any] {
      return list.reduce(into: []) { $0.formUnion(keys(of: $1, at: path + "[]")) }
    }
    guard let object = value as? [String: Any] else { return [path] }
    let hasAnyNames = ["rates", "channels", "encodings", "labels"].contains(path)
    return object.reduce(into: []) { keys, entry in
      let name = hasAnyNames ? "*" : entry.key
      keys.formUnion(Self.keys(of: entry.value, at: path.isEmpty ? name : "\(path).\(name)"))
    }
  }

  @Test("One recording is told without a histogram, and its label with its name")
  func single() throws {
    try add("kit/a.wav", pitch: 1_000, seconds: 0.5)
    let outcome = try Program.run("inspect", "kit/a.wav", in: folder.path)
    #expect(
      outcome.output.hasPrefix(
        """
        1 recording in the label “kit”, 0.50 s of sound

          Length    0.50 s
          Rate      16,000 Hz
          Channels  mono
          Encoding  WAV, 16-bit PCM

        Levels
          peak, dB            −6.0
          RMS, dB             −9.0
          loudness, LUFS      −9.0

        What `wavegan train` would do

        """))
  }

  // A mix of L = −R is silent, its two channels are not; a constant is all offset.
  @Test("Silence is told with its kind, and does not count when the window is chosen")
  func silence() throws {
    try add("kit/a.wav", pitch: 1_000, seconds: 0.2)
    let sine = MadeClips.sine(frequencyHz: 500, seconds: 9, sampleRate: 16_000).samples
    for (name, samples, channelCount) in [
      ("against.wav", sine.flatMap { [$0, -$0] }, 2),
      ("constant.wav", [Float](repeating: 3e38, count: 99_000), 1),
      ("nothing.wav", [Float](repeating: 0, count: 99_000), 1),
    ] {
      try AudioWriter(container: .wav, encoding: .float32).write(
        AudioClip(samples: samples, channelCount: channelCount, sampleRate: 16_000),
        to: folder.file("kit/\(name)"))
    }
    let outcome = try Program.run("inspect", "kit", in: folder.path)
    #expect(outcome.output.contains("3 files not used (3 silent)"))
    #expect(
      outcome.output.contains(
        """
        Not used: 3 files
          is silent in mono: its channels cancel each other when they are mixed;
          --channels 2 keeps two
              kit/against.wav
          is silent: it holds nothing but a constant offset
              kit/constant.wav
          is silent: no sample is above −80 dB
              kit/nothing.wav

        """))
    #expect(outcome.output.contains("--window: 4,096 samples"))
    #expect(outcome.output.contains("whole (1 of 1 recording)"))
    let stereo = try Program.run("inspect", "kit", "--channels", "2", in: folder.path)
    #expect(stereo.output.contains("2 recordings in"))
  }

  @Test("The window is chosen by what is left when silence is cut off")
  func trimmedWindow() throws {
    let sound = MadeClips.sine(frequencyHz: 1_000, seconds: 0.2, sampleRate: 16_000).samples
    try AudioWriter(container: .wav).write(
      AudioClip(
        samples: sound + [Float](repeating: 0, count: 20_000), channelCount: 1, sampleRate: 16_000),
      to: folder.file("kit/a.wav"))
    #expect(
      try Program.run("inspect", "kit", in: folder.path).output
        .contains("--window: 32,768 samples"))
    #expect(
      try Program.run("inspect", "kit", "--trim-silence", in: folder.path).output
        .contains("--window: 4,096 samples"))
  }

  @Test("Hits at 44.1 kHz keep their rate, and long recordings are told what would")
  func highRates() throws {
    func add(_ path: String, seconds: Double) throws {
      try AudioWriter(container: .wav).write(
        MadeClips.sine(frequencyHz: 1_000, seconds: seconds, sampleRate: 44_100),
        to: folder.file(path))
    }
    try add("hits/a.wav", seconds: 0.7)
    try add("long/a.wav", seconds: 2)
    let hits = try Program.run("inspect", "hits", "--align-onset", in: folder.path).output
    #expect(
      hits.contains(
        """
          --sample-rate: 44,100 Hz, the rate that has the most sound; --sample-rate
            16000 makes training faster, without what is above 8 kHz
          --window: 32,768 samples (0.74 s), the smallest that holds 95 % of the
        """))
    let long = try Program.run("inspect", "long", in: folder.path).output
    #expect(
      long.contains(
        """
          --sample-rate: 16,000 Hz, the most sound has 44,100 Hz, but at 44,100 Hz a
            window of 65,536 samples (1.49 s) holds only 0 of 1 recording whole;
            --sample-rate 44100 keeps all of it
        """))
  }

  @Test("A long gap between lengths is shown as a gap")
  func gap() throws {
    try add("kit/a.wav", pitch: 1_000, seconds: 0.02)
    try add("kit/b.wav", pitch: 500, seconds: 2)
    let output = try Program.run("inspect", "kit", in: folder.path).output
    let lines = output.split(separator: "\n").map { $0.prefix(25) }
    let start = try #require(lines.firstIndex(of: "Lengths"))
    #expect(
      lines[(start + 1)...(start + 3)] == [
        "  20 to 30 ms           1", "  …", "  2 to 3 s              1",
      ])
  }

  @Test("Nothing usable is exit 65, after the reasons")
  func nothingUsable() throws {
    try folder.write(Array("junk".utf8), to: "kit/broken.wav")
    let outcome = try Program.run("inspect", "kit", in: folder.path)
    #expect(outcome.exitCode == 65)
    #expect(
      outcome.output == """
        No recording can be used, of 1 file.

        Not used: 1 file
          is not an audio file of a kind that libsndfile knows
              kit/broken.wav

        """)
    let json = try Program.run("inspect", "kit", "--json", in: folder.path)
    #expect(json.exitCode == 65)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(object["recordings"] as? Int == 0)
    #expect(object["training"] == nil)
  }

  @Test("A path that is not there is exit 66")
  func missing() throws {
    let outcome = try Program.run("inspect", "none", in: folder.path)
    #expect(outcome.exitCode == 66)
    #expect(outcome.output == "")
    #expect(outcome.errors == "Error: none is not there.\n")
  }

  @Test(
    "Wrong usage is exit 64",
    arguments: [
      ["inspect"], ["inspect", "kit", "--no-such"], ["inspect", "kit", "--window", "1000"],
      ["inspect", "kit", "--slices", "most"], ["inspect", "kit", "--only-labels", "tom"],
      ["inspect", "kit", "--memory", "lots"], ["frobnicate"],
    ])
  func wrongUsage(arguments: [String]) throws {
    try add("kit/kick/a.wav", pitch: 1_000, seconds: 0.01)
    let outcome = try Program.run(arguments, in: folder.path)
    #expect(outcome.exitCode == 64)
    #expect(outcome.output == "")
    #expect(outcome.errors.hasPrefix("Error: "))
  }

  @Test("A settings file gives options, and the command line wins")
  func settingsFile() throws {
    try add("kit/kick/a.wav", pitch: 1_000, seconds: 0.01)
    try folder.write(Array(#"{"window": 8192, "channels": 2}"#.utf8), to: "s.json")
    let outcome = try Program.run(
      "inspect", "kit", "--config", "s.json", "--window", "16384", in: folder.path)
    #expect(outcome.exitCode == 0)
    #expect(outcome.output.contains("1 window of 16,384 samples at 16,000 Hz, stereo"))
    try folder.write(Array(#"{"windows": 8192}"#.utf8), to: "s.json")
    let refused = try Program.run("inspect", "kit", "--config", "s.json", in: folder.path)
    #expect(refused.exitCode == 64)
    #expect(
      refused.errors
        == "Error: \"windows\" in s.json: no option has this name; the nearest is \"window\".\n")
    #expect(
      try Program.run("inspect", "kit", "--config", "none.json", in: folder.path).exitCode == 66)
    try folder.write(Array("[".utf8), to: "s.json")
    #expect(
      try Program.run("inspect", "kit", "--config", "s.json", in: folder.path).exitCode == 65)
    // A folder can be opened, but not read.
    let unread = try Program.run("inspect", "kit", "--config", "kit", in: folder.path)
    #expect(unread.exitCode == 74)
    #expect(unread.errors.hasPrefix("Error: kit cannot be read; "))
  }

  @Test("A path that is there and cannot be read is exit 74")
  func unreadable() throws {
    let link = folder.path + "/loop"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "loop")
    let outcome = try Program.run("inspect", "loop", in: folder.path)
    #expect(outcome.exitCode == 74)
    #expect(outcome.errors == "Error: loop cannot be read: Too many levels of symbolic links.\n")
  }

  @Test(
    "No label is not all labels: exit 64", arguments: ["", ",", "kick,", " "])
  func noLabel(names: String) throws {
    try add("kit/kick/a.wav", pitch: 1_000, seconds: 0.01)
    let outcome = try Program.run("inspect", "kit", "--only-labels", names, in: folder.path)
    #expect(outcome.exitCode == 64)
    #expect(outcome.output == "")
    #expect(outcome.errors.hasPrefix("Error: --only-labels: a label has a name; "))
  }

  @Test("Spaces around the names of labels do not count")
  func spacedLabels() throws {
    try add("kit/kick/a.wav", pitch: 1_000, seconds: 0.01)
    try add("kit/snare/b.wav", pitch: 500, seconds: 0.01)
    let outcome = try Program.run("inspect", "kit", "--only-labels", "kick, snare", in: folder.path)
    #expect(outcome.exitCode == 0)
    #expect(outcome.output.hasPrefix("2 recordings in 2 labels"))
  }

  @Test(
    "Closed standard files, and a pipe that nobody reads, change nothing but what is seen",
    arguments: [
      ("inspect none 2>&-", 66), ("inspect none >&- 2>&-", 66), ("inspect kit >&-", 0),
      ("inspect kit <&- >&- 2>&-", 0), ("inspect kit --no-such 2>&-", 64),
    ])
  func closedFiles(arguments: String, exitCode: Int32) throws {
    try add("kit/a.wav", pitch: 1_000, seconds: 0.01)
    #expect(try Program.shell("\"$0\" \(arguments)", in: folder.path) == exitCode)
    #expect(try Program.shell("{ sleep 0.2; \"$0\" inspect kit; } | true", in: folder.path) == 0)
    #expect(
      try Program.shell(
        "set -o pipefail; { sleep 0.2; \"$0\" inspect kit; } | true", in: folder.path) == 0)
  }
}
