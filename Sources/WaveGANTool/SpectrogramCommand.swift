import ArgumentParser
import AudioFiles
import Spectra
import WaveGAN

/// Draws recordings.
struct SpectrogramCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spectrogram",
    abstract: "Draw a picture of each recording: its waveform over its spectrogram.",
    discussion: """
      Sub-folders are kept: drums/kick/a.wav becomes OUT/kick/a.wav.png.

      Example: wavegan spectrogram drums --out pictures --sheet
      """)

  @Argument(help: "Recordings, or folders that are looked through to any depth.")
  var paths: [String]

  @Option(help: ArgumentHelp("The folder to make and fill.", valueName: "folder"))
  var out: String

  @OptionGroup(title: "Picture") var picture: PictureOptions

  @Flag(help: "Draw all recordings on one sheet, sheet.png, too.")
  var sheet = false

  @Flag(help: "Replace files that are there already.")
  var force = false

  @Flag(help: "Write no progress and no remarks.")
  var quiet = false

  func run() throws {
    let scan = try FolderScan(paths: paths)
    let job = SpectrogramJob(
      folder: out, options: try picture.options(), makesSheet: sheet, overwrites: force)
    let progress = ProgressLine(isQuiet: quiet)
    let result = try progress.during {
      try job.run(scan, progress: progress.counting("Drawing"))
    }
    for rejected in result.rejected { StandardError.write("Not drawn: \(rejected)\n") }
    guard result.drawnCount > 0 else {
      StandardError.write(
        error: "\(paths.joined(separator: ", ").escapedForDisplay) holds nothing that can be drawn."
      )
      throw ExitCode(ExitStatus.unusableData.rawValue)
    }
    if !quiet { print("Drew \(result.drawnCount.counted("picture")) in \(out.escapedForDisplay).") }
  }
}
