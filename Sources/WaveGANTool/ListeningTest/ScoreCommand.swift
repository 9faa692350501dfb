import ArgumentParser
import AudioFiles
import Foundation
import ListeningTests
import WaveGAN

/// Says what the answers to a listening test mean.
struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Say what the answers to a listening test mean.",
    discussion: """
      Reads the files that listeners downloaded or that page collected (JSON or CSV), and the tables \
      of webMUSHRA. Listeners who break the rules of the standards are left out, and named with the \
      reason: BS.1534 for hidden reference and anchor, BS.1116 for telling originals apart, P.808 for \
      gold and trapping items. Means have 95 % intervals for other listeners, and for other listeners \
      and clips; comparisons are corrected for their number.

      Example: wavegan listening-test score drums.test
      Example: wavegan listening-test score drums.test sent --out report
      """)

  @Argument(
    help: ArgumentHelp("The folder that export made.", valueName: "test"), completion: .directory)
  var test: String

  @Argument(
    help: ArgumentHelp(
      "Files of answers, or folders of them. Default: the answers in the test's folder.",
      valueName: "answers"),
    completion: .file())
  var answers: [String] = []

  @Flag(
    name: .customLong("keep-everyone"),
    help:
      "Count listeners too whom the rules of the standards exclude; they are named all the same.")
  var keepsEveryone = false

  @Option(
    help: ArgumentHelp(
      """
      Say how many listeners it takes to see a difference, from what these listeners vary by: 0.3 \
      on a scale of 1–5, 5 on one of 0–100, 0.1 of choices for 60 against 40 %.
      """, valueName: "difference"))
  var plan: Double?

  @Option(
    help: ArgumentHelp(
      "How often listeners and clips are drawn anew for the intervals.", valueName: "times"))
  var draws = ScoreJob.usualDrawCount

  @Option(help: ArgumentHelp("Another seed draws otherwise.", valueName: "n"))
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp(
      """
      A folder to make and fill: report.html with pictures, score.json, and tables of conditions, \
      comparisons, listeners and judgements.
      """, valueName: "folder"),
    completion: .directory)
  var out: String?

  @Flag(help: "Replace files that are there already.")
  var force = false

  @OptionGroup(title: "Report") var report: ReportOptions

  func validate() throws {
    guard (100...100_000).contains(draws) else {
      throw ValidationError("--draws \(draws): give a number from 100 to 100,000.")
    }
    if let plan, !(plan > 0 && plan <= 100) {
      throw ValidationError("--plan \(plan): give a difference above 0, and at most 100.")
    }
  }

  func run() throws {
    let folder = TestFolder(test)
    let description = try folder.readDescription()
    let key = try folder.readKey()
    let sheets = try AnswerFiles(joiner: AnswerJoiner(test: description, key: key))
      .read(answers.isEmpty ? [folder.answers] : answers)
    let output = try out.map { try ScoreFolder(path: $0, overwrites: force) }
    let score = try ScoreJob(
      test: description, key: key, drawCount: draws, seed: seed, keepsEveryone: keepsEveryone,
      plannedDifference: plan
    ).score(sheets)
    try output?.write(score, sheets: sheets)
    if report.json {
      print(try score.reportJSON())
    } else if !report.quiet {
      print(score.table(columns: ReportPage.outputColumns))
      if let out { print("\nWrote \(out.escapedForDisplay); open report.html.") }
    }
  }
}
