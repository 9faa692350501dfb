import ArgumentParser
import AudioFiles
import Spectra
import Synchronization
import WaveGAN

/// Draws recordings.
struct SpectrogramCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spectrogram",
    abstract: "Draw a picture of each recording: its waveform over its spectrogram.",
    discussion: """
      Sub-folders are kept: drums/kick/a.wav becomes OUT/kick/a.wav.png. A recording that cannot \
      be read is named with its reason, and the others are drawn.

      Example: wavegan spectrogram drums --out pictures --sheet
      """)

  @Argument(
    help: "Recordings, or folders that are looked through to any depth.", completion: .file())
  var paths: [String]

  @Option(
    help: ArgumentHelp("The folder to make and fill.", valueName: "folder"), completion: .directory)
  var out: String

  @OptionGroup(title: "Picture") var picture: PictureOptions

  @Flag(
    help: """
      Also draw all recordings, or 400 of them, on one sheet, sheet.png, grouped by label.
      """)
  var sheet = false

  @Option(
    help: ArgumentHelp(
      """
      Where labels come from. folders: the sub-folder; prefix: the file's name up to its first _ \
      or, without one, up to its first change between letters and digits.
      """,
      valueName: "source"))
  var labels: DataSettings.LabelSource = .folders

  @Flag(help: "Replace files that are there already.")
  var force = false

  @OptionGroup var threads: ThreadOptions

  @OptionGroup(title: "Report") var report: ReportOptions

  func validate() throws {
    _ = try picture.options()
  }

  func run() throws {
    let job = SpectrogramJob(
      folder: out, options: try picture.options(), makesSheet: sheet, labels: labels,
      threadCount: try threads.count, overwrites: force)
    let result = try made(by: job, of: FolderScan(paths: paths))
    for rejected in result.rejected { StandardError.write("Not drawn: \(rejected)\n") }
    for renamed in result.pictures where renamed.isRenamed && !report.quiet {
      StandardError.write(
        "\(renamed.recording.escapedForDisplay) is drawn in \(renamed.path.escapedForDisplay), "
          + "because its own name with .png is too long or taken.\n")
    }
    if report.json {
      print(try SpectrogramReport(of: result, folder: out).reportJSON())
    } else if !report.quiet && !result.pictures.isEmpty {
      let count = result.pictures.count.counted("picture")
      print(
        "Drew \(count)\(result.sheet == nil ? "" : " and a sheet") in \(out.escapedForDisplay).")
    }
    try end(after: result)
  }

  private func made(
    by job: SpectrogramJob, of scan: FolderScan
  ) throws -> SpectrogramJob.Result {
    let interruption = Interruption()
    let progress = ProgressLine(isQuiet: report.quiet || report.json)
    let count = progress.counting("Drawing")
    // What other threads have begun when the signal comes is still drawn.
    let doneCount = Atomic(0)
    do {
      return try progress.during {
        try job.run(
          scan,
          progress: interruption.ending { done, total in
            doneCount.store(done, ordering: .relaxed)
            count(done, total)
          })
      }
    } catch is Interruption.Requested {
      let done = doneCount.load(ordering: .relaxed).grouped
      StandardError.write(
        "Interrupted after \(done) of \(scan.entries.count.counted("recording")).\n")
      throw ExitCode(ExitStatus.interrupted.rawValue)
    }
  }

  /// Ends with the exit code of what could not be done.
  private func end(after result: SpectrogramJob.Result) throws {
    for error in result.notCreated { StandardError.write(error: error.description) }
    guard result.notCreated.isEmpty else { throw ExitCode(ExitStatus.cannotCreate.rawValue) }
    guard !result.pictures.isEmpty else {
      StandardError.write(
        error: "\(paths.joined(separator: ", ").escapedForDisplay) holds nothing that can be drawn."
      )
      throw ExitCode(ExitStatus.unusableData.rawValue)
    }
  }
}
