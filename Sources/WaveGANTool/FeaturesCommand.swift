import ArgumentParser
import AudioFiles
import Spectra
import WaveGAN

/// Writes spectrogram features for NumPy.
struct FeaturesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "features",
    abstract: "Write the spectrogram features of recordings to a file for NumPy.",
    discussion: """
      One .npz file with all frames of all recordings, one after another, and whose they are:

        data = numpy.load("drums.npz")
        features = data["features"]                               # [frames, bands]
        clip = features[data["starts"][7]:][:data["lengths"][7]]  # one recording
        clips = numpy.split(features, data["starts"][1:])         # all of them

      and names, labels, digests, frequencies_hz, frame_rate, sample_rate and settings. Recordings \
      are taken as they are, neither trimmed nor made equally loud. Features are cached, so a second \
      run is faster.

      Example: wavegan features drums --out drums.npz
      """)

  @Argument(
    help: "Recordings, or folders that are looked through to any depth.", completion: .file())
  var paths: [String]

  @Option(
    help: ArgumentHelp("The file to make.", valueName: "file.npz"),
    completion: .file(extensions: ["npz"]))
  var out: String

  @OptionGroup(title: "Features") var features: FeatureOptions

  @OptionGroup var labels: LabelOptions

  @Option(
    help: ArgumentHelp(
      """
      Where features are kept, 2 GiB at most. Default: wavegan/features in $XDG_CACHE_HOME or \
      ~/.cache.
      """,
      valueName: "folder"),
    completion: .directory)
  var cache: String?

  @Flag(help: "Make all features anew, and keep none.")
  var noCache = false

  @Flag(help: "Replace the file that is there already.")
  var force = false

  @OptionGroup var threads: ThreadOptions

  @OptionGroup(title: "Report") var report: ReportOptions

  func validate() throws {
    if noCache && cache != nil {
      throw ValidationError("--cache and --no-cache cannot be given together.")
    }
  }

  func run() throws {
    var options = TrainingOptions()
    options.sampleRate = features.sampleRate
    options.channelCount = features.channels
    options.labels = labels.source
    options.onlyLabels = labels.wanted
    try options.validate()
    // What is wrong with the features is told before recordings are read for them.
    _ = try features.settings(sampleRate: features.sampleRate ?? 16_000)
    try FeatureJob.makeFolder(of: out, overwrites: force)
    let progress = ProgressLine(isQuiet: report.quiet || report.json)
    let survey = try progress.during {
      try DatasetSurvey(
        paths: paths, labels: labels.source ?? .folders, onlyLabels: labels.wanted ?? [],
        threadCount: try threads.count, progress: progress.counting("Reading headers"))
    }
    guard !survey.files.isEmpty else { throw nothingUsable(survey.rejected) }
    let resolved = try options.resolved(for: survey)
    let job = FeatureJob(
      settings: try features.settings(sampleRate: resolved.settings.data.sampleRate), file: out,
      cache: try chosenCache(), overwrites: force)
    let result = try made(by: job, of: survey, progress)
    guard result.clipCount > 0 else { throw nothingUsable(result.rejected) }
    try tell(result, job, resolved.choices.first { $0.name == "sample-rate" })
  }

  private func chosenCache() throws -> FeatureCache? {
    if noCache { return nil }
    guard let cache else { return .default }
    try AtomicFile.makeFolder(cache)
    return FeatureCache(folder: cache)
  }

  private func made(
    by job: FeatureJob, of survey: DatasetSurvey, _ progress: ProgressLine
  ) throws -> FeatureJob.Result {
    let interruption = Interruption()
    do {
      return try progress.during {
        try job.run(
          survey, threadCount: try threads.count, progress: progress.counting("Making features"),
          shouldStop: { interruption.isRequested })
      }
    } catch is CancellationError {
      StandardError.write(
        "Interrupted: \(out.escapedForDisplay) was not made"
          + (job.cache == nil ? ".\n" : "; the same command goes on from here.\n"))
      throw ExitCode(ExitStatus.interrupted.rawValue)
    }
  }

  // MARK: Telling

  private func nothingUsable(_ rejected: [RejectedFile]) -> any Error {
    tell(rejected)
    StandardError.write(
      error:
        "\(paths.joined(separator: ", ").escapedForDisplay) holds no recording that can be used."
    )
    return ExitCode(ExitStatus.unusableData.rawValue)
  }

  private func tell(_ rejected: [RejectedFile]) {
    for file in rejected where file.code != "other-label" {
      StandardError.write("Not used: \(file.path.escapedForDisplay) \(file.reason).\n")
    }
  }

  private func tell(
    _ result: FeatureJob.Result, _ job: FeatureJob, _ rate: ResolvedSettings.Choice?
  ) throws {
    tell(result.rejected)
    let extractor = FeatureExtractor(job.settings)
    if !report.quiet && extractor.emptyBandCount > 0 {
      StandardError.write(
        "\(extractor.emptyBandCount.grouped) of \(job.settings.bandCount.counted("band")) have no "
          + "frequency bin in them and stay at the floor; take a longer --fft-length or fewer "
          + "--bands.\n")
    }
    if report.json {
      print(try FeaturesReport(of: result, job).reportJSON())
    } else if !report.quiet {
      let settings = job.settings
      let bands = settings.kind == .logMel ? "log-mel band" : "frequency bin"
      print(
        """
        Wrote \(out.escapedForDisplay): \(result.clipCount.counted("recording")), \
        \(result.frameCount.counted("frame")) of \(settings.bandCount.counted(bands)), \
        \(DecimalText.significant(settings.frameRate)) frames a second.
        """)
      if let rate { print("Sample rate: \(rate.value), \(rate.reason).") }
      if result.cachedCount > 0 {
        print("\(result.cachedCount.grouped) were in the cache.")
      }
    }
  }
}
