import ArgumentParser
import AudioFiles
import WaveGAN

/// Makes sounds with a trained run.
struct RenderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: "Make sounds with a trained run.",
    discussion: """
      Writes 0000.wav, 0001.wav, …, a table of them (manifest.csv) and what they were made from \
      (latents.safetensors). The same command gives the same bytes, and a clip does not depend on \
      how many are made. Each file says in its comment where it came from: --recall makes it again.

      Example: wavegan render drums.run --out sounds --count 16 --sheet
      Example: wavegan render drums.run --out snares --label snare --count 100
      Example: wavegan render drums.run --out walk --morph 3 sounds/0007.wav --count 9
      """)

  @Argument(help: ArgumentHelp("The folder of a run.", valueName: "run"), completion: .directory)
  var runFolder: String

  @Option(
    help: ArgumentHelp("The folder to make and fill.", valueName: "folder"), completion: .directory)
  var out: String

  @Option(help: ArgumentHelp("How many clips. Default: 16.", valueName: "clips"))
  var count: Int?

  @Option(help: ArgumentHelp("Which clips: another seed makes others. Default: 0.", valueName: "n"))
  var seed: UInt64?

  @Option(
    help: ArgumentHelp(
      """
      Which labels, separated by commas, in turn; of a run that was told labels. Can be repeated. \
      Default: all of them.
      """,
      valueName: "a,b"))
  var label: [String] = []

  @Option(
    help: ArgumentHelp(
      "Which checkpoint: a number of steps, latest (default) or best.", valueName: "which"),
    completion: .list(["latest", "best"]))
  var step: CheckpointArgument?

  @OptionGroup(title: "Walks") var walk: WalkOptions
  @OptionGroup(title: "Sound") var sound: SoundOptions

  @Flag(help: "Draw a spectrogram of each clip.")
  var images = false

  @Flag(help: "Draw all clips, or the first 400, on one sheet, sheet.png.")
  var sheet = false

  @Option(
    help: ArgumentHelp(
      "Make a rendered file again, from what its comment says: the same bytes under the same name.",
      valueName: "file"),
    completion: .file())
  var recall: String?

  @Flag(help: "Replace files that are there already.")
  var force = false

  @OptionGroup var threads: ThreadOptions

  @OptionGroup(title: "Report") var report: ReportOptions

  func validate() throws {
    guard (1...10_000_000).contains(count ?? 1) else {
      throw ValidationError("--count \(count ?? 0): give a number from 1 to 10,000,000.")
    }
    if recall != nil {
      guard count == nil, seed == nil, label.isEmpty, step == nil, walk.isEmpty, sound.isEmpty
      else {
        throw ValidationError(
          "--recall makes a file as it was, so --count, --seed, --label, --step and the options of "
            + "walks and sound cannot be given with it.")
      }
    }
    try walk.check(seed: seed, count: count)
    try sound.check()
  }

  func run() throws {
    let folder = RunFolder(runFolder)
    var (renderer, job) = try recall.map { try recalled($0, from: folder) } ?? asked(of: folder)
    (job.makesImages, job.makesSheet, job.overwrites) = (images, sheet, force)
    let total = job.indices.count
    let interruption = Interruption()
    let progress = ProgressLine(isQuiet: report.quiet || report.json)
    let count = progress.counting("Rendering")
    let done = try progress.during {
      try job.run(renderer) { done in
        count(done, total)
        return !interruption.isRequested
      }
    }
    if report.json {
      print(try RenderReport(job: job, renderer: renderer, clips: done).reportJSON())
    } else if !report.quiet {
      print("Rendered \(done.counted("clip")) in \(out.escapedForDisplay).")
    }
    if done < total {
      StandardError.write("Interrupted after \(done.grouped) of \(total.counted("clip")).\n")
      throw ExitCode(ExitStatus.interrupted.rawValue)
    }
  }

  private func asked(of folder: RunFolder) throws -> (Renderer, RenderJob) {
    let labels = label.flatMap(\.namesBetweenCommas)
    let starts = try StartingSounds(walk.sounds, labels: labels, of: folder)
    var settings = sound.settings
    settings.spread = try sound.spread ?? starts.common("--spread", \.settings.spread) ?? 1
    settings.usesAverage =
      try sound.average ?? starts.common(
        "--average", \.settings.usesAverage,
        words: { $0 ? "with the run's average" : "without it" }) ?? true
    let checkpoint =
      try step?.choice
      ?? starts.common("--step", \.step, words: { "from step \($0)" }).map { .step($0) }
    let renderer = try Renderer(
      run: folder, checkpoint: checkpoint ?? .latest, settings: settings,
      threadCount: try threads.count)
    if step == nil { try starts.check(renderer, of: folder) }
    if sound.average == true && !renderer.settings.usesAverage {
      throw SettingsError(
        .conflict, "--average", "this run keeps no average of its generator; leave it out")
    }
    let count = count ?? 16
    let plan = try walk.plan(
      origins: starts.origins, seed: seed ?? 0, labels: labels, count: count)
    return (renderer, RenderJob(folder: out, plan: plan, indices: 0..<count))
  }

  private func recalled(_ file: String, from folder: RunFolder) throws -> (Renderer, RenderJob) {
    let provenance = try ClipProvenance(ofFile: file)
    let renderer = try Renderer(
      recalling: provenance, of: file, run: folder, threadCount: try threads.count)
    return (renderer, RenderJob(folder: out, recalling: provenance))
  }
}
