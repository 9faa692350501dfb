/// Which latent vector each clip of a render is made from.
public enum LatentPlan: Sendable, Hashable {
  /// Clip i is clip i of this seed, with the labels in turn; no labels mean all of the run's.
  case seed(UInt64, labels: [String] = [])

  /// `count` clips on the way from one to another, both included: on the sphere for Gaussian
  /// latents, straight for uniform ones.
  case morph(LatentOrigin, LatentOrigin, count: Int)

  /// One clip with `count` values of one coordinate, evenly spaced, both ends included.
  case sweep(LatentOrigin, coordinate: Int, from: Double, to: Double, count: Int)

  /// Variations of one clip; the seed decides which. Clip i does not depend on how many there are.
  case variations(LatentOrigin, amount: Double, seed: UInt64)

  /// The one clip with this origin, whatever its index.
  case origin(LatentOrigin)

  /// How the latent of a clip comes about.
  ///
  /// - Precondition: `index` is one of the clips that the plan has; checked in every build.
  public func origin(ofIndex index: Int) -> LatentOrigin {
    switch self {
    case .seed(let seed, let labels):
      .drawn(
        seed: seed, index: index, label: labels.isEmpty ? nil : labels[index % labels.count])
    case .morph(let start, let end, let count):
      .morph(start, end, at: WalkPosition(index, of: count - 1))
    case .sweep(let origin, let coordinate, let from, let to, let count):
      .sweep(
        origin, coordinate: coordinate, from: from, to: to, at: WalkPosition(index, of: count - 1))
    case .variations(let origin, let amount, let seed):
      .variation(origin, amount: amount, seed: seed, index: index)
    case .origin(let origin): origin
    }
  }

  /// The seed that the random numbers of all clips come from; nil where nothing is drawn.
  public var seed: UInt64? {
    switch self {
    case .seed(let seed, _), .variations(_, _, let seed): seed
    case .morph, .sweep, .origin: nil
    }
  }

  /// The option that asks for it, for messages.
  var option: String {
    switch self {
    case .seed: "--seed"
    case .morph: "--morph"
    case .sweep: "--sweep"
    case .variations: "--near"
    case .origin: "--recall"
    }
  }

  /// Makes sure that a model can follow the plan.
  ///
  /// - Throws: ``SettingsError`` `.outOfRange` for a walk of fewer than two clips, a value out of
  ///   range, or a coordinate that the model does not have; `.unknownLabel`.
  public func check(for model: ModelSettings) throws(SettingsError) {
    switch self {
    case .morph(_, _, let count), .sweep(_, _, _, _, let count):
      guard count >= 2 else {
        throw SettingsError(
          .outOfRange, "--count \(count)",
          "a walk has a beginning and an end; give a number of clips from 2")
      }
    case .seed(_, let labels): for label in labels { try model.check(label: label) }
    case .variations, .origin: break
    }
    try origin(ofIndex: 0).check(for: model)
  }
}

extension LatentOrigin {
  /// Makes sure that a model's latent can have come about like this.
  fileprivate func check(for model: ModelSettings) throws(SettingsError) {
    switch self {
    case .drawn(_, _, let label), .recording(_, let label):
      if let label { try model.check(label: label) }
    case .morph(let start, let end, _):
      try start.check(for: model)
      try end.check(for: model)
    case .sweep(let origin, let coordinate, let from, let to, _):
      guard (0..<model.latentSize).contains(coordinate) else {
        throw SettingsError(
          .outOfRange, "--sweep \(coordinate)",
          "this run has \(model.latentSize.counted("coordinate")); give an index from 0 to "
            + "\(model.latentSize - 1)")
      }
      for value in [from, to] where !Self.coordinateValues.contains(value) {
        throw SettingsError(
          .outOfRange, "--sweep to \(value)",
          "give values from -100 to 100; most of what a run learns from is between -3 and 3")
      }
      try origin.check(for: model)
    case .variation(let origin, let amount, _, _):
      guard Self.amounts.contains(amount) else {
        throw SettingsError(.outOfRange, "--amount \(amount)", "give a number from 0 to 1")
      }
      try origin.check(for: model)
    }
  }
}
