import ArgumentParser
import AudioFiles
import Foundation
import NeuralNet
import WaveGAN

/// Times the loading of recordings, as training does it.
struct LoadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "load",
    abstract: "Time decoding, resampling and slicing a folder of recordings.",
    discussion: """
      As `wavegan train` does it: a survey reads the headers and digests the contents, then \
      everything is decoded and resampled into memory, measured, then cut into windows. Once more \
      without digests and measurements, from file to window: decode, resample, slice.

      Example: wavegan-benchmark load drums
      """)

  @Argument(
    help: "Recordings, or folders that are looked through to any depth.", completion: .file())
  var paths: [String]

  @Option(help: ArgumentHelp("Samples per second to resample to.", valueName: "hz"))
  var sampleRate = 16_000

  @Option(help: ArgumentHelp("Samples of a window: 4096 to 65536.", valueName: "samples"))
  var window = 16_384

  @OptionGroup(title: "Measuring") var measuring: MeasuringOptions

  /// Every recording for training, and every window once.
  private var settings: DataSettings {
    DataSettings(
      sampleRate: sampleRate, windowLength: window, slices: .every, padsEnd: true, holdout: 0)
  }

  func validate() throws {
    try checkRange("--sample-rate", sampleRate, DataSettings.sampleRates)
    guard DataSettings.windowLengths.contains(window) else {
      let lengths = DataSettings.windowLengths.map(String.init).joined(separator: ", ")
      throw ValidationError("--window \(window): give one of \(lengths).")
    }
  }

  func run() throws {
    do {
      try measuring.tell(try measure())
    } catch let error as AudioFileError {
      try fail(error, code: 66)
    } catch let error as DatasetError {
      try fail(error, code: 65)
    }
  }

  private func measure() throws -> Report {
    let threadCount = measuring.threadCount
    func survey() throws -> DatasetSurvey {
      try DatasetSurvey(paths: paths, threadCount: threadCount)
    }
    func decode(_ survey: DatasetSurvey) throws -> Dataset {
      try Dataset(decoding: survey, settings: settings, threadCount: threadCount)
    }
    func slice(_ dataset: Dataset) {
      for window in dataset.windows(of: .training) { _ = dataset.samples(of: window) }
    }
    let files = try survey()
    let dataset = try decode(files)
    try dataset.checkUsable()

    let plain = PlainLoad(
      paths: paths, sampleRate: sampleRate, windowLength: window,
      team: ThreadTeam(threadCount: threadCount))
    let stopwatch = measuring.stopwatch(seconds: 3)
    let load = try stopwatch.time { slice(try decode(try survey())) }
    let used = Set(dataset.clips.map(\.path))
    let usedFiles = files.files.filter { used.contains($0.path) }
    let soundSeconds = usedFiles.reduce(0) { $0 + $1.info.durationSeconds }
    let megabytes = usedFiles.reduce(0) { $0 + Self.size(of: $1.path) } * 1e-6
    return Report(
      command: "load",
      settings: [
        ("files", .whole(usedFiles.count)),
        ("windows", .whole(dataset.windows(of: .training).count)),
        ("sample_rate", .whole(sampleRate)), ("window", .whole(window)),
      ],
      threadCount: threadCount,
      measurements: [
        Measurement(name: "load", timing: load),
        Measurement(name: "survey", timing: try stopwatch.time { _ = try survey() }),
        Measurement(name: "decode", timing: try stopwatch.time { _ = try decode(files) }),
        Measurement(name: "slice", timing: stopwatch.time { slice(dataset) }),
        Measurement(
          name: "decode, resample, slice", timing: try stopwatch.time { _ = try plain.windows() }),
      ],
      figures: [
        Figure(
          key: "files_per_second", label: "files per second",
          value: Double(usedFiles.count) / load.median),
        Figure(
          key: "sound_seconds_per_second", label: "seconds of sound per second",
          value: soundSeconds / load.median),
        Figure(
          key: "megabytes_per_second", label: "MB per second", value: megabytes / load.median),
      ])
  }

  /// Bytes of a file.
  private static func size(of path: String) -> Double {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return Double((attributes?[.size] as? Int) ?? 0)
  }

  private func fail(_ error: any Error, code: Int32) throws {
    FileHandle.standardError.write(Data("Error: \(error)\n".utf8))
    throw ExitCode(code)
  }
}
