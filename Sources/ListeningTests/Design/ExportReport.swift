import WaveGAN

/// What an export made, for whoever asked for it.
package struct ExportReport: Encodable, Sendable {
  package var test: String
  package var design: TestDesign
  package var conditions: [String]
  /// Pages, of all kinds.
  package var trials: Int
  /// Pages that one listener answers, repeats included.
  package var pages: Int
  package var stimuli: Int
  package var listeners: Int
  package var minutes: Double
  package var commonGainDecibels: Double
  /// How many listeners it takes, where that was asked.
  package var plan: ListenerPlan?
  /// What should be known, in sentences.
  package var remarks: [String]

  package enum CodingKeys: String, CodingKey {
    case test, design, conditions, trials, pages, stimuli, listeners, minutes
    case commonGainDecibels = "common-gain-db"
    case plan, remarks
  }

  init(
    test: TestDescription, key: TestKey, gainDecibels: Double, settings: TestSettings,
    conditions clips: [ConditionClips]
  ) {
    self.test = test.test
    design = test.design
    conditions = settings.conditions.map(\.name)
    trials = test.trials.count
    pages = test.orders.first?.count ?? 0
    stimuli = test.stimuli.count
    listeners = settings.listeners
    minutes = test.minutes
    commonGainDecibels = gainDecibels
    plan = settings.plannedDifference.map { difference in
      // A first score tells better.
      ListenerPlan(
        assuming: settings.design, conditionCount: settings.conditions.count,
        clipCount: settings.count, difference: difference)
    }
    remarks = Self.remarks(key, settings)
    if gainDecibels < Self.gainLimit {
      remarks.append(
        "All sounds are softer by \(Int((-gainDecibels).rounded())) dB, as the peak of one needs: leave "
          + "out the clip with the highest true-peak-db in key.csv, or give a lower --loudness.")
    }
    for condition in clips {
      guard let first = condition.rejected.first else { continue }
      remarks.append(
        "\(condition.rejected.count.counted("file")) of \(condition.condition.name) cannot be used, the "
          + "first because: \(first)")
    }
    if let plan {
      remarks.append(
        "Listeners needed: \(plan.sentence) Orders are made for \(settings.listeners.grouped).")
    }
  }

  /// A common gain below which something is wrong with the loudest clip, in dB.
  private static let gainLimit = -20.0

  private static func remarks(_ key: TestKey, _ settings: TestSettings) -> [String] {
    var remarks: [String] = []
    let short = key.rows.count { $0.kind == .test && $0.loudnessMethod == "padded" }
    if short > 0 {
      remarks.append(
        "\(short.counted("clip")) shorter than 400 ms: their loudness is that of the clip followed by "
          + "silence up to 400 ms, without gates.")
    }
    let silent = key.rows.count { $0.kind == .test && $0.loudnessMethod == "silent" }
    if silent > 0 {
      remarks.append("\(silent.counted("clip")) too soft to have a loudness; their level was kept.")
    }
    let recordings = key.rows.count { $0.kind == .test && $0.source == "real" }
    let wanted = settings.count * (settings.conditions.count - 1)
    if settings.design == .realOrFake, recordings < wanted {
      remarks.append(
        "\(recordings.counted("recording")) for \(wanted.counted("pair")): listeners meet some more than "
          + "once, and may know them by that; give more recordings with --reference, or a smaller "
          + "--count.")
    }
    if settings.selection == .best {
      remarks.append(
        "The clips of runs were chosen, so the test tells of their best, not of what they usually make; "
          + "say so when you report it.")
    }
    return remarks
  }
}
