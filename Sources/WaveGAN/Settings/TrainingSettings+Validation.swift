extension TrainingSettings {
  /// Checks every value, also in settings that were read from a file.
  ///
  /// - Throws: ``SettingsError`` for the first value that is out of range or contradicts another.
  public func validate() throws {
    try data.validate()
    try model.validate()
    try objective.validate()
    if model.batchNormalization && objective.loss.gradientPenalty != nil {
      throw SettingsError(
        .conflict, "--batchnorm with --loss \(objective.loss.rawValue)",
        "batch normalisation in the discriminator ties the clips of a batch together, which the "
          + "gradient penalty does not allow; use another --loss or leave --batchnorm out")
    }
    if let gamma = objective.spectralPenalty {
      let option = "--stft-penalty \(gamma)"
      guard model.discriminators != .waveform else {
        throw SettingsError(
          .conflict, option,
          "there is no discriminator of spectra; use --discriminator stft or both, or leave it out")
      }
      guard objective.loss != .wganGP else {
        throw SettingsError(
          .conflict, "\(option) with --loss wgan-gp",
          "this loss has a penalty of its own, of one factor; use another --loss or leave "
            + "--stft-penalty out")
      }
      guard gamma == 0 || !model.batchNormalization else {
        throw SettingsError(
          .conflict, "\(option) with --batchnorm",
          "batch normalisation in the discriminator ties the clips of a batch together, which the "
            + "penalty does not allow; leave one of them out")
      }
    }
    if objective.warmUpSteps > 0 && model.latentDistribution != .gaussian {
      throw SettingsError(
        .conflict,
        "--warm-up-steps \(objective.warmUpSteps) with --latent-distribution "
          + model.latentDistribution.rawValue,
        "a warm-up ends by fitting a Gaussian to what it learned; use --latent-distribution "
          + "gaussian, or --warm-up-steps 0")
    }
  }
}

extension DataSettings {
  /// - Throws: ``SettingsError``.
  func validate() throws {
    try checkSetting("--sample-rate", sampleRate, in: Self.sampleRates)
    try checkSetting("--channels", channelCount, in: 1...2)
    guard Self.windowLengths.contains(windowLength) else {
      let lengths = Self.windowLengths.map(String.init).joined(separator: ", ")
      throw SettingsError(
        .outOfRange, "--window \(windowLength)",
        "the networks have windows of \(lengths) samples; choose one of these")
    }
    try checkSetting("--overlap", overlap, in: 0..<1)
    if overlap > 0 && slices != .every {
      throw SettingsError(
        .conflict, "--overlap \(overlap) with --slices \(slices.rawValue)",
        "only windows that follow each other can overlap; use --slices every or leave --overlap out"
      )
    }
    if onlyLabels.contains("") {
      throw SettingsError(
        .outOfRange, "--only-labels",
        "a label has a name; give names, as in --only-labels kick,snare, or leave it out to use all"
      )
    }
    try checkSetting("--holdout", holdout, in: 0..<1)
  }
}

extension ModelSettings {
  /// - Throws: ``SettingsError``.
  func validate() throws {
    try checkSetting("--dim", dim, in: 1...256)
    try checkSetting("--latent", latentSize, in: 1...1_024)
    guard (4...64).contains(kernelLength) else {
      throw SettingsError(
        .outOfRange, "--kernel \(kernelLength)",
        "the filters must reach from one step to the next, 4 samples on; "
          + "give a length from 4 to 64")
    }
    let names = labels
    guard names.isEmpty || Self.labelCounts.contains(names.count),
      Set(names).count == names.count
    else {
      throw SettingsError(
        .outOfRange, "--conditional",
        "the networks can be told from \(Self.labelCounts.lowerBound) to "
          + "\(Self.labelCounts.upperBound.grouped) labels, and these are \(names.count.grouped); "
          + "choose some with --only-labels, or use --no-conditional")
    }
    for (name, isGiven) in [("--post-filter", postFilter), ("--batchnorm", batchNormalization)]
    where generator == .istft && isGiven {
      throw SettingsError(
        .conflict, "\(name) with --generator istft",
        "the inverse-STFT generator has no such part; leave \(name) out or use --generator wavegan")
    }
    // Reflection needs more steps than the shift; the shortest shuffled layer has 32.
    try checkSetting("--phase-shuffle", phaseShuffle, in: 0...16)
  }
}

extension ObjectiveSettings {
  /// - Throws: ``SettingsError``.
  func validate() throws {
    try checkSetting("--critic-updates", criticUpdates, in: 1...100)
    try checkSetting("--generator-updates", generatorUpdates, in: 1...100)
    try checkSetting("--batch", batchSize, in: 2...4_096)
    try checkSetting("--critic-rate", criticRate, in: 1e-9...1)
    try checkSetting("--generator-rate", generatorRate, in: 1e-9...1)
    try checkSetting("--rate-decay", rateDecaySteps, in: 0...1_000_000_000)
    try checkSetting("--ema", averageDecay, in: 0..<1)
    try checkSetting("--warm-up-steps", warmUpSteps, in: 0...1_000_000_000)
    try checkSetting("--stft-penalty", spectralPenalty ?? 0, in: 0...1e6)
    try checkSetting("--penalty-every", penaltyEvery, in: 1...1_000)
    try checkSetting("--warm-up-noise", warmUpNoise, in: 0...10)
    try checkSetting("--warm-up-pull", warmUpPull, in: 0...10)
    try checkSetting("--prior-bandwidth", priorBandwidth, in: 0.1...1)
    try checkSetting("--reconstruction", reconstruction, in: 0...1_000)
    try checkSetting("--augment", augmentation, in: 0...1)
    guard ditherDecibels == 0 || (-150 ... -20).contains(ditherDecibels) else {
      throw SettingsError(
        .outOfRange, "--dither \(ditherDecibels)",
        "give a level from -150 to -20 dBFS, or 0 for none")
    }
    for (name, isSet) in [
      ("--warm-up-noise", warmUpNoise > 0), ("--warm-up-pull", warmUpPull > 0),
      ("--prior-bandwidth", priorBandwidth < 1), ("--reconstruction", reconstruction > 0),
    ] where warmUpSteps == 0 && isSet {
      throw SettingsError(
        .conflict, name,
        "there is no warm-up; say how long it is with --warm-up-steps, or leave it out")
    }
  }
}

/// - Throws: ``SettingsError`` with the range, unless `value` is in it; NaN is in none.
func checkSetting<Value: Comparable>(_ name: String, _ value: Value, in range: ClosedRange<Value>)
  throws
{
  guard range.contains(value) else {
    throw SettingsError(
      .outOfRange, "\(name) \(value)",
      "give a value from \(range.lowerBound) to \(range.upperBound)")
  }
}

func checkSetting<Value: Comparable>(_ name: String, _ value: Value, in range: Range<Value>) throws
{
  guard range.contains(value) else {
    throw SettingsError(
      .outOfRange, "\(name) \(value)",
      "give a value from \(range.lowerBound) up to, but not including, \(range.upperBound)")
  }
}
