import ArgumentParser
import WaveGAN

/// Tells what is in files and folders, and what training would do with them.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Tell what is in files and folders, and what training would do with them.",
    discussion: """
      Every file that cannot be used is named with its reason. Nothing is changed or written.

      Example: wavegan inspect drums --only-labels kick,snare
      """)

  @Argument(
    help: "Recordings, or folders that are looked through to any depth.", completion: .file())
  var paths: [String]

  @OptionGroup(title: "Data") var data: DataOptions
  @OptionGroup(title: "Settings") var source: SettingsSource
  @OptionGroup(title: "Report") var report: ReportOptions

  func run() throws {
    let options = try source.options(data.said)
    try options.validate()
    let progress = ProgressLine(isQuiet: report.quiet || report.json)
    let inspection: Inspection
    do {
      inspection = try progress.during { try inspected(with: options, progress) }
    } catch is Interruption.Requested {
      StandardError.write("Interrupted while reading the recordings; there is no report.\n")
      throw ExitCode(ExitStatus.interrupted.rawValue)
    }
    print(
      report.json ? try inspection.reportJSON() : inspection.text(columns: ReportPage.outputColumns)
    )
    if inspection.recordings == 0 { throw ExitCode(ExitStatus.unusableData.rawValue) }
  }

  private func inspected(
    with options: TrainingOptions, _ progress: ProgressLine
  ) throws -> Inspection {
    let interruption = Interruption()
    let survey = try DatasetSurvey(
      paths: paths, labels: options.labels ?? .folders, onlyLabels: options.onlyLabels ?? [],
      progress: interruption.ending(progress.counting("Reading headers")))
    if survey.files.isEmpty { return Inspection(rejected: survey.rejected) }
    let (dataset, resolved) = try Dataset.decode(
      survey, options: options, memoryLimit: options.memory,
      progress: interruption.ending(progress.counting("Decoding")))
    return Inspection(of: dataset, resolved: resolved)
  }
}
