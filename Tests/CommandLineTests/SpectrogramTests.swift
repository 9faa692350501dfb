import AudioFiles
import Foundation
import TestSupport
import Testing

@Suite("wavegan spectrogram")
struct SpectrogramTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try add("kit/kick/a.wav")
    try add("kit/snare/b.wav")
  }

  private func add(_ name: String) throws {
    let clip = MadeClips.sine(frequencyHz: 500, seconds: 0.25, sampleRate: 8_000, channelCount: 2)
    try AudioWriter(container: .wav).write(clip, to: folder.file(name))
  }

  private func files(in name: String) throws -> Set<String> {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path + "/" + name)
    return Set(paths.filter { $0.hasSuffix(".png") })
  }

  @Test("It draws each recording, and all on a sheet, and says so in a line")
  func drawing() throws {
    let outcome = try Program.run(
      "spectrogram", "kit", "--out", "out", "--sheet", "--threads", "2", in: folder.path)
    #expect(outcome.exitCode == 0 && outcome.errors == "")
    #expect(outcome.output == "Drew 2 pictures and a sheet in out.\n")
    #expect(try files(in: "out") == ["kick/a.wav.png", "snare/b.wav.png", "sheet.png"])
    let quiet = try Program.run("spectrogram", "kit", "--out", "q", "--quiet", in: folder.path)
    #expect(quiet.exitCode == 0 && quiet.output == "" && quiet.errors == "")
  }

  @Test("Pictures that are there are kept without --force")
  func force() throws {
    try folder.write([1], to: "out/snare/b.wav.png")
    let outcome = try Program.run("spectrogram", "kit", "--out", "out", in: folder.path)
    #expect(outcome.exitCode == 73 && outcome.output == "")
    #expect(outcome.errors.hasPrefix("Error: out/snare/b.wav.png exists already;"))
    #expect(
      try Program.run("spectrogram", "kit", "--out", "out", "--force", in: folder.path).exitCode
        == 0)
  }

  @Test("--json writes one object with every picture and every file that could not be drawn")
  func json() throws {
    try folder.write(Array("junk".utf8), to: "kit/broken.wav")
    let outcome = try Program.run(
      "spectrogram", "kit", "--out", "out", "--sheet", "--labels", "prefix", "--json",
      in: folder.path)
    #expect(outcome.exitCode == 0)
    #expect(
      outcome.errors
        == "Not drawn: kit/broken.wav is not an audio file of a kind that libsndfile knows.\n")
    #expect(
      outcome.output == """
        {
          "folder" : "out",
          "notCreated" : [

          ],
          "pictures" : [
            {
              "channels" : 2,
              "label" : "a",
              "picture" : "out/kick/a.wav.png",
              "recording" : "kit/kick/a.wav",
              "sampleRate" : 8000,
              "seconds" : 0.25
            },
            {
              "channels" : 2,
              "label" : "b",
              "picture" : "out/snare/b.wav.png",
              "recording" : "kit/snare/b.wav",
              "sampleRate" : 8000,
              "seconds" : 0.25
            }
          ],
          "rejected" : [
            {
              "code" : "notAudio",
              "path" : "kit/broken.wav",
              "reason" : "is not an audio file of a kind that libsndfile knows"
            }
          ],
          "sheet" : {
            "picture" : "out/sheet.png",
            "recordings" : 2,
            "sampleRate" : 8000
          }
        }

        """)
  }

  @Test("Each option of the picture changes it, and its default said does not")
  func pictureOptions() throws {
    // The click shows time and level apart from the sine, so that no picture is uniform.
    var clip = MadeClips.sine(frequencyHz: 700, amplitude: 0.1, seconds: 0.5, sampleRate: 8_000)
    clip.samples[2_000] = 1
    try AudioWriter(container: .wav).write(clip, to: folder.file("c.wav"))
    func picture(_ options: [String]) throws -> Data {
      let folderName = "p" + options.joined()
      let outcome = try Program.run(
        ["spectrogram", "c.wav", "--out", folderName] + options, in: folder.path)
      #expect(outcome.exitCode == 0)
      return try Data(
        contentsOf: URL(fileURLWithPath: "\(folder.path)/\(folderName)/c.wav.png"))
    }
    let plain = try picture([])
    #expect(
      try picture(["--scale", "mel", "--floor-db", "-80", "--colors", "ember"]) == plain)
    let others = [
      ["--scale", "linear"], ["--scale", "log"], ["--fft-length", "64"], ["--hop", "400"],
      ["--floor-db", "-40"], ["--colors", "glacier"], ["--colors", "gray"],
    ]
    let pictures = try others.map(picture)
    #expect(Set(pictures + [plain]).count == others.count + 1)
  }

  @Test("What cannot be made is told at the end, with exit code 73; the rest is made")
  func notCreated() throws {
    try folder.write([1], to: "out/snare")
    let outcome = try Program.run("spectrogram", "kit", "--out", "out", in: folder.path)
    #expect(outcome.exitCode == 73)
    #expect(outcome.output == "Drew 1 picture in out.\n")
    #expect(
      outcome.errors
        == "Error: out/snare is a file where a folder is needed; move it, or choose another "
        + "folder.\n")
    #expect(try files(in: "out") == ["kick/a.wav.png"])
  }

  @Test("Ctrl-C leaves whole pictures, says how many recordings are done, and ends with 130")
  func interruption() throws {
    let clip = MadeClips.noiseBurst(seed: 1, seconds: 2, sampleRate: 48_000)
    let first = try folder.file("many/0.wav")
    try AudioWriter(container: .wav).write(clip, to: first)
    for index in 1..<300 {
      try FileManager.default.copyItem(atPath: first, toPath: folder.file("many/\(index).wav"))
    }
    let program = try StartedProgram(
      ["spectrogram", "many", "--out", "out", "--sheet"], in: folder)
    program.wait { (try? files(in: "out").isEmpty) == false }
    let outcome = try program.end(with: SIGINT)
    #expect(outcome.exitCode == 130 && outcome.output == "")
    let pictures = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/out")
    #expect(pictures.allSatisfy { !$0.hasPrefix(".") && $0 != "sheet.png" })
    #expect(outcome.errors == "Interrupted after \(pictures.count) of 300 recordings.\n")
  }

  @Test("A picture that is called otherwise than its recording is told of")
  func renamed() throws {
    try add("kit/sheet")
    let outcome = try Program.run(
      "spectrogram", "kit", "--out", "out", "--sheet", in: folder.path)
    #expect(outcome.exitCode == 0)
    #expect(
      outcome.errors
        == "kit/sheet is drawn in out/sheet-2.png, because its own name with .png is too long or taken.\n"
    )
  }

  @Test("Nothing to draw is exit code 65, nothing there 66, and a wrong value 64 with what to give")
  func failures() throws {
    try folder.write([], to: "empty/notes.txt")
    let nothing = try Program.run("spectrogram", "empty", "--out", "out", in: folder.path)
    #expect(nothing.exitCode == 65)
    #expect(nothing.errors.hasSuffix("Error: empty holds nothing that can be drawn.\n"))
    #expect(try Program.run("spectrogram", "none", "--out", "o", in: folder.path).exitCode == 66)
    for (option, value) in [
      ("--fft-length", "513"), ("--hop", "0"), ("--floor-db", "5"), ("--threads", "0"),
      ("--scale", "bark"), ("--colors", "jet"), ("--labels", "none"),
    ] {
      let outcome = try Program.run(
        "spectrogram", "kit", "--out", "out", option, value, in: folder.path)
      #expect(outcome.exitCode == 64 && outcome.errors.contains(option))
    }
  }
}
