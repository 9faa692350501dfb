import AudioFiles
import Foundation
import TestSupport
import Testing
import WaveGANTool

@Suite("wavegan features")
struct FeaturesTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for (index, name) in ["kick/a.wav", "kick/b.wav", "snare/c.wav"].enumerated() {
      let clip = MadeClips.noiseBurst(
        seed: UInt64(index), seconds: 0.1 * Double(index + 1), sampleRate: 16_000)
      try AudioWriter(container: .wav).write(clip, to: folder.file("kit/\(name)"))
    }
  }

  /// Runs the command with a cache in the folder.
  private func make(_ arguments: String...) throws -> Program.Outcome {
    try Program.run(
      ["features", "kit", "--cache", "cache"] + arguments, in: folder.path)
  }

  private func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + name)))
  }

  // 1,600 samples are 1 + ⌊1,600 / 256⌋ = 7 frames, 3,200 are 13, 4,800 are 19.
  @Test("It says what it wrote, and the second time what was in the cache")
  func report() throws {
    try folder.write([], to: "kit/notes.txt")
    let first = try make("--out", "new/a.npz")
    #expect(first.exitCode == 0)
    #expect(first.errors == "Not used: kit/notes.txt is not audio, going by its name.\n")
    #expect(
      first.output == """
        Wrote new/a.npz: 3 recordings, 39 frames of 64 log-mel bands, 62.5 frames a second.
        Sample rate: 16,000 Hz, the rate that has the most sound.

        """)
    let second = try make("--out", "b.npz", "--sample-rate", "16000")
    #expect(
      second.output == """
        Wrote b.npz: 3 recordings, 39 frames of 64 log-mel bands, 62.5 frames a second.
        3 were in the cache.

        """)
    #expect(try bytes("b.npz") == bytes("new/a.npz"))
    let quiet = try make("--out", "c.npz", "--quiet", "--kind", "linear", "--no-cache")
    #expect(quiet.exitCode == 64)
    #expect(
      try Program.run("features", "kit", "--out", "c.npz", "--quiet", "--no-cache", in: folder.path)
        .output == "")
    #expect(try bytes("c.npz") == bytes("b.npz"))
  }

  @Test("The arrays are those of the article, with their types and shapes, in a stored zip file")
  func arrays() throws {
    _ = try make("--out", "a.npz", "--labels", "folders", "--channels", "2", "--bands", "8")
    let found = try StoredZip(bytes("a.npz"))
    let article = try String(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/WaveGAN/WaveGAN.docc/Features.md"), encoding: .utf8)
    let documented = article.split(separator: "\n").filter { $0.hasPrefix("| `") }
      .compactMap { $0.split(separator: "`").dropFirst().first.map { "\($0).npy" } }
    #expect(found.names == documented)
    let headers = [
      "features.npy": "{'descr': '<f4', 'fortran_order': False, 'shape': (39, 2, 8,), }",
      "starts.npy": "{'descr': '<i8', 'fortran_order': False, 'shape': (3,), }",
      "labels.npy": "{'descr': '<U5', 'fortran_order': False, 'shape': (3,), }",
      "frame_rate.npy": "{'descr': '<f8', 'fortran_order': False, 'shape': (), }",
    ]
    for (name, header) in headers {
      let entry = try #require(found.contents[name])
      // NumPy: six bytes of magic, version 1.0, the header's length, the header up to a line feed.
      #expect(Array(entry.prefix(8)) == [0x93] + Array("NUMPY".utf8) + [1, 0])
      let length = Int(entry[8]) + 256 * Int(entry[9])
      #expect((10 + length).isMultiple(of: 64) && entry[9 + length] == 0x0A)
      let text = String(decoding: entry[10..<10 + length], as: UTF8.self)
      #expect(text.trimmingCharacters(in: .whitespacesAndNewlines) == header)
    }
    func words(_ name: String) throws -> [UInt8] {
      Array(try #require(found.contents[name]).dropFirst(128))
    }
    #expect(
      try words("starts.npy") == [0, 7, 20].flatMap { [$0, 0, 0, 0, 0, 0, 0, 0] as [UInt8] })
    #expect(
      try words("labels.npy").filter { $0 != 0 } == Array("kickkicksnare".utf8))
    #expect(try words("features.npy").count == 39 * 2 * 8 * 4)
    #expect(try words("frame_rate.npy") == withUnsafeBytes(of: 62.5) { Array($0) })
    #expect(
      String(decoding: try words("settings.npy").filter { $0 != 0 }, as: UTF8.self)
        == #"{"bands":8,"channels":2,"fft-length":1024,"floor":1e-05,"high-hz":7800,"hop":256,"#
        + #""kind":"log-mel","low-hz":40,"sample-rate":16000}"#)
  }

  @Test("A recording is not replaced by its own features, even with --force")
  func ownInput() throws {
    let before = try bytes("kit/kick/a.wav")
    let outcome = try make("--out", "kit/kick/a.wav", "--force")
    #expect(outcome.exitCode == 73)
    #expect(
      outcome.errors.contains("kit/kick/a.wav is one of the recordings; choose another name."))
    #expect(try bytes("kit/kick/a.wav") == before)
  }

  @Test("Amplitudes of frequency bins, another hop and chosen labels are what the file then has")
  func options() throws {
    for (index, name) in ["tom/d.wav", "crash/e.wav"].enumerated() {
      let clip = MadeClips.noiseBurst(seed: UInt64(7 + index), seconds: 0.1, sampleRate: 16_000)
      try AudioWriter(container: .wav).write(clip, to: folder.file("kit/\(name)"))
    }
    let outcome = try make(
      "--out", "a.npz", "--kind", "linear", "--hop", "100", "--only-labels", "snare,tom")
    #expect(outcome.exitCode == 0)
    let found = try StoredZip(bytes("a.npz"))
    func text(_ name: String) throws -> String {
      // The array's words follow 128 bytes of header; a character takes four bytes.
      let words = try #require(found.contents[name]).dropFirst(128)
      return String(decoding: words.filter { $0 != 0 }, as: UTF8.self)
    }
    #expect(try text("labels.npy") == "snaretom")
    #expect(
      try text("settings.npy")
        == #"{"bands":513,"channels":1,"fft-length":1024,"hop":100,"kind":"linear","#
        + #""sample-rate":16000}"#)
    // 4,800 and 1,600 samples are 1 + 48 and 1 + 16 frames of 1,024 / 2 + 1 bins.
    let features = try #require(found.contents["features.npy"])
    #expect(String(decoding: features, as: UTF8.self).contains("'shape': (66, 513,)"))
  }

  @Test("The cache is where the XDG specification says, and none where there is no home")
  func defaultCache() throws {
    func make(_ environment: String) throws -> Int32 {
      try Program.shell(
        "env \(environment) \"$0\" features kit --out a.npz --force", in: folder.path)
    }
    func entryCount(_ name: String) throws -> Int {
      try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/\(name)").count
    }
    #expect(try make("XDG_CACHE_HOME=$PWD/x HOME=$PWD/home") == 0)
    #expect(try entryCount("x/wavegan/features") == 3)
    #expect(try make("XDG_CACHE_HOME=relative HOME=$PWD/home") == 0)
    #expect(try entryCount("home/.cache/wavegan/features") == 3)
    #expect(try make("-u XDG_CACHE_HOME -u HOME") == 0)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        == ["a.npz", "home", "kit", "x"])
  }

  @Test("--json writes one object with the counts")
  func json() throws {
    let outcome = try make("--out", "a.npz", "--only-labels", "kick", "--json")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    #expect(object["recordings"] as? Int == 2 && object["frames"] as? Int == 20)
    #expect(object["bands"] as? Int == 64 && object["frameRate"] as? Double == 62.5)
    #expect(object["cached"] as? Int == 0 && object["sampleRate"] as? Int == 16_000)
    #expect((object["rejected"] as? [Any])?.count == 1)
    #expect(outcome.errors == "")
  }

  @Test("A file that is there is exit 73, and replaced with --force")
  func existing() throws {
    try folder.write([1], to: "a.npz")
    let refused = try make("--out", "a.npz")
    #expect(refused.exitCode == 73)
    #expect(
      refused.errors
        == "Error: a.npz exists already; choose another name, or replace it with --force.\n")
    #expect(try bytes("a.npz") == [1])
    #expect(try make("--out", "a.npz", "--force").exitCode == 0)
    #expect(try bytes("a.npz").count > 1)
    #expect(try make("--out", "kit").exitCode == 73)
    #expect(try make("--out", "a.npz/b.npz").exitCode == 73)
  }

  @Test("Nothing usable is exit 65, a path that is not there 66")
  func nothing() throws {
    try folder.write(Array("junk".utf8), to: "bad/x.wav")
    let outcome = try Program.run(
      "features", "bad", "--out", "a.npz", "--no-cache", in: folder.path)
    #expect(outcome.exitCode == 65)
    #expect(
      outcome.errors == """
        Not used: bad/x.wav is not an audio file of a kind that libsndfile knows.
        Error: bad holds no recording that can be used.

        """)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/a.npz"))
    #expect(
      try Program.run("features", "none", "--out", "a.npz", in: folder.path).exitCode == 66)
  }

  @Test(
    "Wrong usage is exit 64",
    arguments: [
      [], ["--out", "a.npz", "--bands", "0"], ["--out", "a.npz", "--fft-length", "9"],
      ["--out", "a.npz", "--kind", "mel"], ["--out", "a.npz", "--kind", "linear", "--bands", "8"],
      ["--out", "a.npz", "--sample-rate", "1"], ["--out", "a.npz", "--channels", "3"],
      ["--out", "a.npz", "--threads", "0"], ["--out", "a.npz", "--only-labels", "tom"],
      ["--out", "a.npz", "--hop", "0"], ["--out", "a.npz", "--no-cache", "--cache", "x"],
    ])
  func wrongUsage(arguments: [String]) throws {
    let outcome = try Program.run(["features", "kit"] + arguments, in: folder.path)
    #expect(outcome.exitCode == 64)
    #expect(outcome.output == "" && outcome.errors.hasPrefix("Error: "))
  }

  @Test("Bands without a frequency bin are told")
  func emptyBands() throws {
    let outcome = try make("--out", "a.npz", "--fft-length", "64")
    #expect(outcome.errors.contains(" of 64 bands have no frequency bin in them"))
  }
}

/// The entries of a zip file that holds them as they are, by its local headers.
private struct StoredZip {
  private(set) var names: [String] = []
  private(set) var contents: [String: [UInt8]] = [:]

  init(_ bytes: [UInt8]) throws {
    func number(_ offset: Int, _ size: Int) -> Int {
      (0..<size).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
    }
    var offset = 0
    while number(offset, 4) == 0x0403_4B50 {
      // Method 0 is stored; the date is that of the first day of 1980, whenever it was made.
      try #require(number(offset + 8, 2) == 0)
      try #require(number(offset + 10, 4) == 0x21 << 16)
      let (size, nameLength) = (number(offset + 18, 4), number(offset + 26, 2))
      let start = offset + 30 + nameLength + number(offset + 28, 2)
      let name = String(decoding: bytes[offset + 30..<offset + 30 + nameLength], as: UTF8.self)
      names.append(name)
      contents[name] = Array(bytes[start..<start + size])
      offset = start + size
    }
  }
}
