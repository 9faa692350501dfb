extension TrainingOptions {
  /// Checks everything that can be checked before any recording is read.
  ///
  /// - Throws: ``SettingsError`` for the first value that is out of range or contradicts another.
  public func validate() throws {
    try validateControl()
    let options = completedWithPreset()
    // Any valid value will do where the recordings decide.
    try options.settings(
      sampleRate: sampleRate ?? Self.highestChosenRate,
      windowLength: windowLength ?? DataSettings.windowLengths[0]
    ).validate()
  }

  /// Checks the options that say how long, how and how often, and are no part of the settings.
  ///
  /// - Throws: ``SettingsError`` for the first value that is out of range, or for steps and minutes
  ///   together.
  public func validateControl() throws {
    if let steps, let minutes {
      throw SettingsError(
        .conflict, "--steps \(steps) with --minutes \(minutes)",
        "a run has one length; give one of the two")
    }
    let counts: [(name: String, value: Int?, range: ClosedRange<Int>)] = [
      ("--steps", steps, 1...1_000_000_000),
      ("--stop-when-settled", stopWhenSettled, 1...1_000_000),
      ("--threads", threads, 1...1_024),
      ("--checkpoint-every", checkpointEvery, 1...1_000_000_000),
      ("--preview-every", previewEvery, 1...1_000_000_000),
      ("--keep", keep, 1...1_000_000),
    ]
    for (name, value, range) in counts {
      if let value { try checkSetting(name, value, in: range) }
    }
    if let minutes, !(minutes > 0 && minutes <= 1e7) {
      throw SettingsError(
        .outOfRange, "--minutes \(minutes)", "give a number above 0, at most 10,000,000")
    }
  }
}
