/// A page that a listener answers.
package struct Trial: Codable, Sendable, Hashable {
  /// The stimuli that are judged; their order is that of the ``Turn``.
  package var stimuli: [String]
  /// The open reference of `mushra`.
  package var reference: String?
  /// The stimulus of `abx` that is one of the two others.
  package var x: String?
  /// Said above the page; of `mos`, to what the clip should fit, for instance.
  package var prompt: String?

  package init(
    stimuli: [String], reference: String? = nil, x: String? = nil, prompt: String? = nil
  ) {
    self.stimuli = stimuli
    self.reference = reference
    self.x = x
    self.prompt = prompt
  }
}

/// A trial in a listener's order.
package struct Turn: Codable, Sendable, Hashable {
  /// The name of the trial.
  package var trial: String
  /// Its stimuli, in the order of their places on the page.
  package var stimuli: [String]

  package init(trial: String, stimuli: [String]) {
    self.trial = trial
    self.stimuli = stimuli
  }
}
