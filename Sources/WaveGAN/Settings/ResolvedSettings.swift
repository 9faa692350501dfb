import AudioFiles
import Spectra

/// Settings that are complete and checked, with what the recordings decided.
public struct ResolvedSettings: Sendable, Hashable {
  /// The settings, checked.
  public var settings: TrainingSettings

  /// One choice that the recordings made, to be told.
  public struct Choice: Sendable, Hashable {
    /// The option's name without dashes: `window`.
    public var name: String
    /// What was chosen: `16,384 samples (1.02 s)`.
    public var value: String
    /// Why, and what to say for another choice.
    public var reason: String
  }
  /// Empty when the options left nothing open.
  public var choices: [Choice]
}

extension TrainingOptions {
  /// The highest rate chosen unasked, in Hz: above 24 kHz there is nothing to hear.
  static let highestChosenRate = 48_000

  /// The highest rate chosen unasked where recordings are too long for it, in Hz.
  static let rateForLongSounds = 16_000

  /// The part of the recordings that the largest window holds whole at a higher rate than that.
  static let wholePartAtHighRates = 0.75

  /// The part of the recordings that a window chosen unasked holds whole.
  static let wholePart = 0.95

  /// Steps of a warm-up where the networks are told no labels, and nobody asks for a number.
  static let warmUpStepsWithoutLabels = 3_000

  /// ``ObjectiveSettings/priorBandwidth`` there.
  static let bandwidthWithoutLabels = 0.5

  /// Completes these options with their preset and with what the recordings decide.
  ///
  /// - Sample rate: the one that has the most sound, by duration, but at least 1,000 Hz and at most
  ///   48,000 Hz; at most 16,000 Hz where less than three of four recordings fit into the largest window
  ///   at that rate (1.49 s at 44.1 kHz), or into the window that was asked for. So hits keep their top
  ///   octave, and sentences stay whole. Headers decide, as the recordings are decoded at this rate.
  /// - Channels: one, which is told where most recordings have more.
  /// - Window: the smallest of the five that holds 95 % of the recordings whole, or else the
  ///   largest; longer recordings are cut.
  ///
  /// Headers tell no more than how long recordings are before silence is cut off, and not which of
  /// them cannot be used; ``Dataset/decode(_:options:memoryLimit:cacheFolder:threadCount:progress:)``
  /// lets the decoded recordings decide.
  ///
  /// - Labels: the networks are told them where there are 2 to 64, each with 8 recordings or more for
  ///   training; `paper` never tells them unasked.
  ///
  /// - Parameters:
  ///   - survey: the recordings.
  ///   - lengths: seconds that are used of each recording; nil: what their headers say.
  ///   - labelCounts: how many recordings for training each label has; nil: all that were found.
  /// - Throws: ``DatasetError`` `.nothingUsable` when `survey` has no file; ``SettingsError`` for a
  ///   value that is out of range or contradicts another.
  public func resolved(
    for survey: DatasetSurvey, lengths: [Double]? = nil, labelCounts: [String: Int]? = nil
  ) throws -> ResolvedSettings {
    guard !survey.files.isEmpty else { throw survey.nothingUsable }
    var options = completedWithPreset()
    var choices: [ResolvedSettings.Choice] = []

    let rate = options.rate(for: survey)
    let sampleRate = rate.hz
    if options.sampleRate == nil {
      choices.append(
        .init(name: "sample-rate", value: "\(sampleRate.grouped) Hz", reason: rate.reason))
    }

    let manyCount = survey.files.count { $0.info.channelCount > 1 }
    if options.channelCount == 1 && 2 * manyCount > survey.files.count {
      choices.append(
        .init(
          name: "channels", value: "1",
          reason: "recordings with more are mixed to one; --channels 2 keeps two"))
    }

    let lengths = lengths ?? survey.files.map(\.info.durationSeconds)
    let windowLength =
      options.windowLength ?? Self.smallestWindow(for: lengths, sampleRate: sampleRate)
    if options.windowLength == nil {
      let seconds = Double(windowLength) / Double(sampleRate)
      let whole = lengths.count { $0 <= seconds }
      let part = "\(whole.grouped) of \(lengths.count.counted("recording"))"
      choices.append(
        .init(
          name: "window",
          value: "\(windowLength.grouped) samples (\(DecimalText.fixed(seconds, decimals: 2)) s)",
          reason: windowLength == DataSettings.windowLengths.last
            ? "the largest; it holds \(part) whole"
            : "the smallest that holds 95 % of the recordings whole (\(part))"))
    }

    let counts =
      labelCounts ?? Dictionary(grouping: survey.files, by: \.label).mapValues(\.count)
    let labelNames = try options.labelNames(of: counts)
    if warmUpSteps == nil, options.warmUpSteps ?? 0 > 0, labelNames.isEmpty {
      options.warmUpSteps = Self.warmUpStepsWithoutLabels
      choices.append(
        .init(
          name: "warm-up-steps", value: Self.warmUpStepsWithoutLabels.grouped,
          reason: "without labels sounds are told apart later"))
    }
    if options.isConditional == nil, !labelNames.isEmpty {
      choices.append(
        .init(
          name: "conditional", value: labelNames.count.counted("label"),
          reason: "each has \(Self.leastConditionalCount) recordings for training or more; "
            + "--no-conditional learns all as one"))
    }

    let settings = options.settings(
      sampleRate: sampleRate, windowLength: windowLength, labelNames: labelNames)
    try settings.validate()
    return ResolvedSettings(settings: settings, choices: choices)
  }

  /// The labels that the networks are told of clips, in order; none where they are not told.
  ///
  /// - Parameter counts: how many recordings for training each label has.
  /// - Throws: ``SettingsError`` `.conflict` where labels were asked for and there are not two.
  private func labelNames(of counts: [String: Int]) throws -> [String] {
    switch isConditional {
    case false?: return []
    case nil:
      guard Self.conditionalCounts.contains(counts.count),
        counts.values.allSatisfy({ $0 >= Self.leastConditionalCount })
      else { return [] }
    case true?:
      guard counts.count >= 2 else {
        throw SettingsError(
          .conflict, "--conditional",
          "all recordings have one label, so there is nothing to tell; put them into sub-folders, "
            + "say --labels prefix where their names begin with labels, or leave it out")
      }
    }
    return counts.keys.sorted()
  }

  /// The numbers of labels that networks are told unasked.
  private static let conditionalCounts = 2...64

  /// The fewest recordings for training of a label that networks are told unasked.
  private static let leastConditionalCount = 8

  /// The smallest window that holds 95 % of the recordings whole, or else the largest.
  ///
  /// - Parameters:
  ///   - lengths: of each recording, in seconds.
  ///   - sampleRate: of the window, in Hz.
  private static func smallestWindow(for lengths: [Double], sampleRate: Int) -> Int {
    let needed = wholePart * Double(lengths.count)
    let windows = DataSettings.windowLengths
    return windows.first { window in
      let seconds = Double(window) / Double(sampleRate)
      return Double(lengths.count { $0 <= seconds }) >= needed
    } ?? windows[windows.count - 1]
  }

  /// The rate that was asked for, or the one that recordings decide, in Hz; and why, with what to say
  /// for another.
  private func rate(for survey: DatasetSurvey) -> (hz: Int, reason: String) {
    if let sampleRate { return (sampleRate, "") }
    let rates = DataSettings.sampleRates
    let commonest = survey.mostCommonRate
    let most = "the most sound has \(commonest.grouped) Hz"
    if commonest < rates.lowerBound {
      return (rates.lowerBound, "\(most), and there is no lower rate to choose")
    }
    if commonest <= Self.rateForLongSounds {
      return (commonest, "the rate that has the most sound")
    }
    let all = min(commonest, rates.upperBound)
    let gain =
      "--sample-rate \(all) keeps " + (all == commonest ? "all of it" : "the most of it")
    let high = min(commonest, Self.highestChosenRate)
    let window = windowLength ?? DataSettings.windowLengths[DataSettings.windowLengths.count - 1]
    let whole = survey.files.count {
      $0.info.durationSeconds * Double(high) <= Double(window)
    }
    guard Double(whole) >= Self.wholePartAtHighRates * Double(survey.files.count) else {
      let files = survey.files.count.counted("recording")
      let seconds = DecimalText.fixed(Double(window) / Double(high), decimals: 2)
      return (
        Self.rateForLongSounds,
        "\(most), but at \(high.grouped) Hz a window of \(window.grouped) samples "
          + "(\(seconds) s) holds only \(whole.grouped) of \(files) whole; \(gain)"
      )
    }
    if high < commonest { return (high, "\(most), and little of it can be heard; \(gain)") }
    return (
      high,
      "the rate that has the most sound; --sample-rate \(Self.rateForLongSounds) makes training "
        + "faster, without what is above 8 kHz"
    )
  }

  /// The settings of options that a preset has completed.
  ///
  /// - Parameters:
  ///   - sampleRate: in Hz.
  ///   - windowLength: in samples.
  ///   - labelNames: what the networks are told of clips; empty for nothing.
  package func settings(
    sampleRate: Int, windowLength: Int, labelNames: [String] = []
  ) -> TrainingSettings {
    guard
      let channelCount, let slices, let overlap, let padsEnd, let normalization, let trimsSilence,
      let alignsOnset, let labels, let onlyLabels, let holdout, let generator, let dim,
      let latentSize,
      let latentDistribution, let kernelLength, let phaseShuffle, let shufflesEachClip,
      let batchNormalization, let upsampling, let usesUpsamplingBias, let postFilter,
      let discriminators, let loss, let criticUpdates,
      let generatorUpdates, let batchSize, let criticRate, let generatorRate,
      let rateDecaySteps, let averageDecay, let warmUpSteps, let warmUpNoise, let warmUpPull,
      let reconstruction, let penaltyEvery, let augmentation, let ditherDecibels, let seed
    else { preconditionFailure("a preset leaves an option open: \(self)") }
    // With labels each has a Gaussian; without, kinds of sounds are only told by where they lie.
    let bandwidth = warmUpSteps > 0 && labelNames.isEmpty ? Self.bandwidthWithoutLabels : 1
    return TrainingSettings(
      data: DataSettings(
        sampleRate: sampleRate, channelCount: channelCount, windowLength: windowLength,
        slices: slices, overlap: overlap, padsEnd: padsEnd, normalization: normalization,
        trimsSilence: trimsSilence, alignsOnset: alignsOnset, labels: labels,
        onlyLabels: onlyLabels, holdout: holdout),
      model: ModelSettings(
        dim: dim, latentSize: latentSize, latentDistribution: latentDistribution,
        kernelLength: kernelLength, phaseShuffle: phaseShuffle, shufflesEachClip: shufflesEachClip,
        batchNormalization: batchNormalization, upsampling: upsampling,
        usesUpsamplingBias: usesUpsamplingBias, postFilter: postFilter, generator: generator,
        discriminators: discriminators, labels: labelNames),
      objective: ObjectiveSettings(
        loss: loss, criticUpdates: criticUpdates, generatorUpdates: generatorUpdates,
        batchSize: batchSize, criticRate: criticRate, generatorRate: generatorRate,
        rateDecaySteps: rateDecaySteps, averageDecay: averageDecay, warmUpSteps: warmUpSteps,
        warmUpNoise: warmUpNoise, warmUpPull: warmUpPull,
        priorBandwidth: priorBandwidth ?? bandwidth, reconstruction: reconstruction,
        spectralPenalty: spectralPenalty, penaltyEvery: penaltyEvery, augmentation: augmentation,
        ditherDecibels: ditherDecibels),
      seed: seed)
  }
}

extension DatasetSurvey {
  /// The rate that most of the sound has, by duration; the lower of equals.
  var mostCommonRate: Int {
    var seconds: [Int: Double] = [:]
    for file in files { seconds[file.info.sampleRate, default: 0] += file.info.durationSeconds }
    return seconds.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
  }
}
