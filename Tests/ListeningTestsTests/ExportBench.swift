import AudioFiles
import Foundation
import ListeningTests
import TestSupport
import WaveGAN

/// Folders of made clips, and tests exported of them.
final class ExportBench {
  let folder: TemporaryFolder

  /// Two conditions with the labels high and low, `perLabel` clips of each; b sounds higher than a.
  init(perLabel: Int = 6) throws {
    folder = try TemporaryFolder()
    for (place, name) in ["a", "b", "c"].enumerated() {
      for (label, hertz) in [("high", 900.0), ("low", 300.0)] {
        for clip in 0..<perLabel {
          try add(
            "\(name)/\(label)/\(clip).wav",
            MadeClips.sine(
              frequencyHz: hertz * (1 + 0.2 * Double(place)) + 7 * Double(clip),
              amplitude: 0.05 + 0.1 * Double(clip % 4), seconds: 0.3 + 0.05 * Double(clip),
              sampleRate: 16_000))
        }
      }
    }
  }

  func add(_ path: String, _ clip: AudioClip) throws {
    try AudioWriter(container: .wav).write(clip, to: try folder.file(path))
  }

  /// Settings for the first conditions.
  func settings(
    _ design: TestDesign, _ conditions: [String] = ["a", "b"], count: Int = 4,
    _ change: (inout TestSettings) -> Void = { _ in }
  ) -> TestSettings {
    var settings = TestSettings(
      design: design,
      conditions: conditions.map { Condition(name: $0, source: "\(folder.path)/\($0)") })
    settings.count = count
    settings.listeners = 8
    change(&settings)
    return settings
  }

  /// Exports a test.
  func export(_ settings: TestSettings, to name: String = "test") throws -> TestFolder {
    let test = TestFolder("\(folder.path)/\(name)")
    _ = try ExportJob(settings: settings).run(into: test, command: ["listening-test", "export"])
    return test
  }

  /// Settings of a `mushra` test: folders with the same file names.
  func mushraSettings(count: Int = 3) throws -> TestSettings {
    for clip in 0..<5 {
      let noise = MadeClips.noiseBurst(seed: UInt64(clip), seconds: 0.5, sampleRate: 48_000)
      try add("original/\(clip).wav", noise)
      try add("coded/\(clip).wav", try noise.resampled(to: 16_000, path: "clip"))
      try add("worse/\(clip).wav", try noise.resampled(to: 8_000, path: "clip"))
    }
    var settings = TestSettings(
      design: .mushra,
      conditions: [("reference", "original"), ("coded", "coded"), ("worse", "worse")].map {
        Condition(name: $0.0, source: "\(folder.path)/\($0.1)")
      })
    settings.count = count
    settings.listeners = 8
    return settings
  }

  /// Settings of each design, with sources that it takes.
  func everyDesign() throws -> [TestSettings] {
    try TestDesign.allCases.map { design in
      switch design {
      case .mushra: try mushraSettings()
      case .realOrFake:
        settings(design) {
          // Of fresh recordings, one in ten of each label is held out: 4 of 40.
          $0.conditions = [
            Condition(name: "real", source: "real"),
            Condition(name: "made", source: "\(folder.path)/a"),
          ]
          $0.reference = ["\(folder.path)/recordings"]
        }
      default: settings(design, ["a", "b", "c"])
      }
    }
  }

  /// Recordings for `real`: two labels of 20.
  func addRecordings() throws {
    for label in ["high", "low"] {
      for clip in 0..<20 {
        try add(
          "recordings/\(label)/\(clip).wav",
          MadeClips.noiseBurst(
            seed: UInt64(clip) + (label == "low" ? 100 : 0), seconds: 0.4, sampleRate: 16_000))
      }
    }
  }

  /// All files of a folder, with their bytes.
  static func contents(of path: String) throws -> [String: Data] {
    var result: [String: Data] = [:]
    let names = FileManager.default.enumerator(atPath: path)
    while let name = names?.nextObject() as? String {
      if let data = FileManager.default.contents(atPath: "\(path)/\(name)") { result[name] = data }
    }
    return result
  }
}
