import ArgumentParser
import AudioFiles
import Foundation
import ListeningTests
import WaveGAN

/// Makes a listening test.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Make a listening test of the clips of several conditions.",
    discussion: """
      Writes a folder: listener/ is all that listeners get, a page that runs from the disk and sounds \
      under names that tell nothing; key.csv tells what they are, and manifest.json how the test was \
      made. The same command gives the same bytes.

      Designs: mos (one sound, 1–5), multi (all conditions on a page, 0–100), mushra (versions of \
      recordings against these, in folders with the same file names, one named reference), ab \
      (which do you prefer), abx (which is it), real-or-fake (which was recorded), identify (which \
      label is it).

      Example: wavegan listening-test export --design ab --condition old=drums.run@2000 --condition \
      new=drums.run --out test
      Example: wavegan listening-test export --design mos --condition real=real --condition \
      made=drums.run --count 16 --out test --host webmushra
      """)

  @Option(
    help: ArgumentHelp(
      """
      What is heard: a name, and a run, run@STEP, a folder of clips, or real for recordings that no \
      run was trained on. Repeat it for each condition.
      """, valueName: "name=source"))
  var condition: [String] = []

  @Option(
    help: ArgumentHelp("What listeners are asked.", valueName: "design"),
    completion: .list(TestDesign.allCases.map(\.rawValue)))
  var design: TestDesign

  @Option(
    help: ArgumentHelp("The folder to make.", valueName: "folder"), completion: .directory)
  var out: String

  @Option(help: ArgumentHelp("Clips of each condition.", valueName: "clips"))
  var count = 20

  @Option(
    help: ArgumentHelp(
      "Which labels, separated by commas, equally often. Can be repeated. Default: all.",
      valueName: "a,b"))
  var label: [String] = []

  @Option(
    help: ArgumentHelp(
      """
      What mos asks: quality (default), naturalness, fit (to the label) or, in a test of its own, \
      diversity (of eight clips). Can be repeated.
      """, valueName: "what"),
    completion: .list(Question.ratingNames))
  var question: [String] = []

  @Option(
    help: ArgumentHelp(
      "Decides the clips of runs, the order of all, and the names of files.", valueName: "n"))
  var seed: UInt64 = 0

  @Option(help: ArgumentHelp("Listeners that orders are made for.", valueName: "count"))
  var listeners = 20

  @Option(
    help: ArgumentHelp(
      "Loudness of all clips, in LUFS, or none to leave it.", valueName: "lufs"))
  var loudness = "-23"

  @Option(
    help: ArgumentHelp(
      """
      Which clips: random, best (those whose label a classifier is surest of) or a table with \
      the columns condition and clip.
      """, valueName: "which"))
  var select = "random"

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Recordings for real, or folders of them. Default: those of the first run.",
      valueName: "path"),
    completion: .file())
  var reference: [String] = []

  @OptionGroup(title: "Page") var page: ListenerPageOptions

  @Option(
    help: ArgumentHelp(
      """
      Also write files for another program: webmushra, waet, beaqlejs, reseval, p808, jspsych or \
      psychopy. Can be repeated.
      """, valueName: "program"),
    completion: .list(TestHost.allCases.map(\.rawValue)))
  var host: [TestHost] = []

  @Option(
    help: ArgumentHelp(
      "Where p808 will find the sounds.", valueName: "url"))
  var audioURL = "https://example.org/audio/"

  @Option(
    help: ArgumentHelp(
      """
      Say how many listeners it takes to see a difference: 0.3 on a scale of 1–5, 5 on one of 0–100, \
      0.1 of choices for 60 against 40 %.
      """, valueName: "difference"))
  var plan: Double?

  @Option(help: ArgumentHelp("The longest that a test may take.", valueName: "minutes"))
  var maxMinutes = 45.0

  @Flag(help: "Replace a test that nobody has answered yet.")
  var force = false

  @OptionGroup var threads: ThreadOptions

  @OptionGroup(title: "Report") var report: ReportOptions

  func validate() throws {
    guard !condition.isEmpty else {
      throw ValidationError("Say what is heard, with --condition NAME=SOURCE.")
    }
    guard loudness == "none" || Double(loudness)?.isFinite == true else {
      throw ValidationError("--loudness \(loudness): give a number of LUFS, or none.")
    }
    guard maxMinutes > 0, maxMinutes <= 600 else {
      throw ValidationError("--max-minutes \(maxMinutes): give a number up to 600.")
    }
    if let plan, !(plan > 0 && plan <= 100) {
      throw ValidationError("--plan \(plan): give a difference above 0, and at most 100.")
    }
    if let collect = page.collect, !collect.hasPrefix("https://"), !collect.hasPrefix("http://") {
      throw ValidationError("--collect \(collect): give an address that begins with https://.")
    }
  }

  func run() throws {
    let interruption = Interruption()
    let line = ProgressLine(isQuiet: report.quiet || report.json)
    let job = ExportJob(settings: try settings, threadCount: try threads.count)
    let made: ExportReport
    do {
      made = try line.during {
        try job.run(
          into: TestFolder(out), command: Self.notedArguments(), overwrites: force
        ) { stage, done, total in
          try interruption.ending(line.counting(stage.words))(done, total)
        }
      }
    } catch is Interruption.Requested {
      StandardError.write("Interrupted; nothing was written.\n")
      throw ExitCode(ExitStatus.interrupted.rawValue)
    }
    for remark in made.remarks where !report.quiet { StandardError.write(remark + "\n") }
    if report.json {
      print(try made.reportJSON())
    } else if !report.quiet {
      print(words(on: made))
    }
  }

  private var settings: TestSettings {
    get throws {
      var settings = TestSettings(
        design: design, conditions: try condition.map(Condition.init(argument:)))
      settings.title = page.title
      settings.language = page.language
      if !question.isEmpty { settings.questions = question }
      settings.count = count
      settings.labels = label.flatMap(\.namesBetweenCommas)
      settings.seed = seed
      settings.listeners = listeners
      settings.loudness = Double(loudness)
      settings.selection = .init(select)
      settings.reference = reference
      settings.texts = page.texts
      settings.hosts = host
      settings.audioAddress = audioURL
      settings.embedsSounds = page.embed
      settings.collect = page.collect
      settings.plannedDifference = plan
      settings.minutesLimit = maxMinutes
      return settings
    }
  }

  private func words(on made: ExportReport) -> String {
    let minutes = String(format: "%.0f", made.minutes.rounded(.up))
    return """
      Wrote \(out.escapedForDisplay): \(made.trials.counted("page")) of \
      \(made.stimuli.counted("sound")), in orders for \(made.listeners.counted("listener")).
      A listener takes about \(minutes) minutes for \(made.pages.counted("page")), repeats included.
      Give listeners the folder listener, or: wavegan listening-test page \(out.escapedForDisplay)
      """
  }

  /// The arguments of the program but for those that decide nothing of the test.
  static func notedArguments(_ arguments: [String] = CommandLine.arguments) -> [String] {
    let flags: Set = ["--force", "--quiet", "--json"]
    let options: Set = ["--out", "--threads"]
    var rest = arguments.dropFirst()
    var noted: [String] = []
    while let argument = rest.popFirst() {
      if options.contains(argument) {
        _ = rest.popFirst()
      } else if !flags.contains(argument),
        !options.contains(where: { argument.hasPrefix($0 + "=") })
      {
        noted.append(argument)
      }
    }
    return noted
  }
}

extension TestDesign: ExpressibleByArgument {}
extension TestHost: ExpressibleByArgument {}

extension ExportJob.Stage {
  /// What is being done, in words.
  fileprivate var words: String {
    switch self {
    case .clips(let condition): "Taking clips of \(condition.escapedForDisplay)"
    case .classifier: "Training a classifier"
    case .stimuli: "Encoding sounds"
    }
  }
}
