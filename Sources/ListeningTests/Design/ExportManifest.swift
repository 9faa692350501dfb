import WaveGAN

/// How a test was made: the content of `manifest.json`.
struct ExportManifest: Encodable {
  var format = 1
  /// Of the program.
  var version = ProgramVersion.current
  var test: String
  var design: TestDesign
  /// The arguments of the command but for what decides nothing of the test.
  var command: [String]
  var settings: TestSettings
  var seed: UInt64
  /// What all random choices are made with.
  var random = "Philox4x32-10"
  var conditions: [Condition]
  var selection: Selection
  /// The labels that clips have in turn.
  var labels: [String]
  var commonGainDecibels: Double
  var minutes: Double
  /// Numbers of listeners, pages and stimuli.
  var listeners: Int
  var trials: Int
  var stimuli: Int
  /// Digests of all other files.
  var files: [String: String]

  enum CodingKeys: String, CodingKey {
    case format, version, test, design, command, settings, seed, random, conditions
    case selection, labels
    case commonGainDecibels = "common-gain-db"
    case minutes, listeners, trials, stimuli, files
  }

  /// Where the clips of a condition come from.
  struct Condition: Encodable {
    var name: String
    var source: String
    var run: String?
    var checkpoint: String?
    var step: Int?
    var clips: Int
    var trainingClips: Int

    enum CodingKeys: String, CodingKey {
      case name, source, run, checkpoint, step, clips
      case trainingClips = "training-clips"
    }

    init(_ clips: ConditionClips) {
      name = clips.condition.name
      source = clips.condition.source
      let rows = clips.test.map(\.row)
      /// What all clips say alike.
      func common<Value: Hashable>(_ value: (KeyRow) -> Value?) -> Value? {
        let values = Set(rows.map(value))
        return values.count == 1 ? values.first ?? nil : nil
      }
      run = common { $0.run.isEmpty ? nil : $0.run }
      checkpoint = common { $0.checkpoint.isEmpty ? nil : $0.checkpoint }
      step = common(\.step)
      self.clips = clips.test.count
      trainingClips = clips.training.count
    }
  }

  /// How clips were chosen, so that nobody has to ask.
  struct Selection: Encodable {
    var rule: String
    var words: String

    init(_ selection: TestSettings.Selection) {
      rule = selection.text
      words =
        switch selection {
        case .random: "the first clips of the seed, and files in random order; nothing was left out"
        case .best:
          "of \(SurestClips.candidatesPerClip) times as many clips of each run, those whose label a "
            + "classifier was surest of: better than the run's average"
        case .file: "chosen by hand"
        }
    }
  }
}
