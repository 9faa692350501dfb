import AudioFiles

extension LatentOrigin {
  /// The origin with every label that was left to its turn.
  func labelled(by model: ModelSettings) -> LatentOrigin {
    guard !model.labels.isEmpty else { return self }
    switch self {
    case .drawn(let seed, let index, nil):
      return .drawn(seed: seed, index: index, label: model.labels[model.label(inTurn: index)])
    case .drawn, .recording: return self
    case .morph(let start, let end, let position):
      return .morph(start.labelled(by: model), end.labelled(by: model), at: position)
    case .sweep(let origin, let coordinate, let from, let to, let position):
      return .sweep(
        origin.labelled(by: model), coordinate: coordinate, from: from, to: to, at: position)
    case .variation(let origin, let amount, let seed, let index):
      return .variation(origin.labelled(by: model), amount: amount, seed: seed, index: index)
    }
  }

  /// The one label of the sound; nil for a sound between two labels, or without any.
  public var label: String? {
    switch self {
    case .drawn(_, _, let label), .recording(_, let label): label
    case .morph(let start, let end, _): start.label == end.label ? start.label : nil
    case .sweep(let origin, _, _, _, _), .variation(let origin, _, _, _): origin.label
    }
  }
}

extension ModelSettings {
  /// Makes sure that a label can be asked for.
  ///
  /// - Parameters:
  ///   - label: the label.
  ///   - option: what asks for it, for messages.
  /// - Throws: ``SettingsError`` `.unknownLabel` with the labels that there are.
  func check(label: String, option: String = "--label") throws(SettingsError) {
    guard !labels.contains(label) else { return }
    let subject = "\(option) \(label)"
    guard !labels.isEmpty else {
      throw SettingsError(
        .unknownLabel, subject,
        "this run was not told the labels of its recordings, so none can be asked for; leave it out, "
          + "or train one with --conditional")
    }
    let names = labels.map(\.escapedForDisplay).joined(separator: ", ")
    throw SettingsError(
      .unknownLabel, subject, "this run has the labels \(names); give one of these")
  }
}
