/// A check that headphones are worn, by tones that loudspeakers partly cancel.
///
/// Of three tones one is 6 dB softer; another has its sides in antiphase, so that it sounds softest
/// over loudspeakers. Source: Woods, Siegel, Traer & McDermott, "Headphone screening to facilitate
/// web-based auditory experiments", 2017.
package struct HeadphoneCheck: Codable, Sendable, Hashable {
  /// The questions in order.
  package var trials: [Trial]
  /// Right answers that pass.
  package var needed: Int

  /// One question: which of the tones is softest?
  package struct Trial: Codable, Sendable, Hashable {
    /// The tones in the order in which they are played.
    package var stimuli: [String]
    /// The right answer.
    package var softest: String

    package init(stimuli: [String], softest: String) {
      self.stimuli = stimuli
      self.softest = softest
    }
  }

  package init(trials: [Trial], needed: Int) {
    self.trials = trials
    self.needed = needed
  }
}
