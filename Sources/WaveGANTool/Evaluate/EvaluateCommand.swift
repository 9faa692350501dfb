import ArgumentParser
import AudioFiles
import Foundation
import Spectra
import WaveGAN

/// Judges generated sounds by comparing them with recordings.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Judge generated sounds by comparing them with recordings.",
    discussion: """
      Every figure stands beside that of training clips against other training clips, and of \
      recordings that training never heard: no generator can be expected to do better. Clips are \
      those of a run, rendered in memory, or those of a folder, and go through the preparation that \
      training gives recordings. Figures of evaluations with other numbers of clips, other settings \
      or another reference cannot be compared. A run decides by itself how recordings become \
      clips; of the options under Reference it takes --only-labels alone.

      Example: wavegan evaluate drums.run --out judged
      Example: wavegan evaluate sounds --reference drums
      """)

  @Argument(
    help: ArgumentHelp(
      "The folder of a run, or a folder of generated clips.", valueName: "run or folder"),
    completion: .directory)
  var source: String

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Recordings, or folders of them; one or more. Default, for a run: those it learnt from.",
      valueName: "path"),
    completion: .file())
  var reference: [String] = []

  @Option(
    help: ArgumentHelp(
      "Clips to judge, up to 2000. Default: as many as there are training clips.",
      valueName: "clips"))
  var count: Int?

  @Option(
    help: ArgumentHelp("Which clips are rendered and drawn.", valueName: "n"))
  var seed: UInt64 = 0

  @Flag(
    name: .customLong("no-classifier"),
    help: """
      Leave out the scores by labels. Otherwise a reference with two labels or more gets a network \
      that is trained to tell them apart.
      """)
  var leavesOutClassifier = false

  @OptionGroup(title: "Run") var rendering: RunOptions

  @OptionGroup(title: "Reference") var data: ReferenceOptions

  @Option(
    help: ArgumentHelp(
      """
      A folder to make and fill: evaluation.json, nearest.csv with the nearest training clip of \
      each clip, evaluation.png, and pairs.
      """, valueName: "folder"),
    completion: .directory)
  var out: String?

  @Option(
    help: ArgumentHelp(
      """
      Generated clips to write to --out beside their nearest training clips, the nearest first. \
      Default: 12.
      """,
      valueName: "count"))
  var pairs: Int?

  @Flag(help: "Replace files that are there already.")
  var force = false

  @OptionGroup var threads: ThreadOptions

  @OptionGroup(title: "Report") var report: ReportOptions

  /// The pairs that are written unless another number is asked for.
  private static let usualPairs = 12

  func validate() throws {
    if let count, !(1...EvaluationJob.clipLimit).contains(count) {
      throw ValidationError("--count \(count): give a number from 1 to 2,000.")
    }
    if let pairs, !(0...EvaluationFolder.pairLimit).contains(pairs) {
      throw ValidationError("--pairs \(pairs): give a number from 0 to 200.")
    }
    if pairs != nil && out == nil {
      throw ValidationError("--pairs are written to a folder; give --out too.")
    }
  }

  func run() throws {
    let folder = try out.map {
      try EvaluationFolder(path: $0, pairCount: pairs ?? Self.usualPairs, overwrites: force)
    }
    let interruption = Interruption()
    let line = ProgressLine(isQuiet: report.quiet || report.json)
    let job = EvaluationJob(
      count: count, seed: seed, threadCount: try threads.count, judgesLabels: !leavesOutClassifier)
    let evaluation: Evaluation
    do {
      evaluation = try line.during {
        let (clips, recordings) = try sources(for: job, line, interruption)
        let evaluation = try job.run(
          clips, reference: recordings, progress: progress(line, interruption))
        try folder?.write(evaluation, job: job, clips: clips, reference: recordings)
        return evaluation
      }
    } catch is Interruption.Requested {
      StandardError.write("Interrupted; there are no figures.\n")
      throw ExitCode(ExitStatus.interrupted.rawValue)
    }
    if report.json {
      print(try evaluation.reportJSON())
    } else {
      print(evaluation.table(columns: ReportPage.outputColumns))
      if let out, !report.quiet { print("\nWrote \(out.escapedForDisplay).") }
    }
  }

  private func progress(
    _ line: ProgressLine, _ interruption: Interruption
  ) -> EvaluationJob.Progress {
    let stages = Dictionary(
      uniqueKeysWithValues: EvaluationJob.Stage.allCases.map {
        ($0, interruption.ending(line.counting($0.words)))
      })
    return { stage, done, total in try stages[stage]?(done, total) }
  }
}

extension EvaluationJob.Stage {
  /// What is being done, in words.
  fileprivate var words: String {
    switch self {
    case .recordings: "Measuring recordings"
    case .generated: "Measuring generated clips"
    case .classifier: "Training a classifier"
    case .comparisons: "Comparing"
    case .nearest: "Looking for copies"
    }
  }
}
