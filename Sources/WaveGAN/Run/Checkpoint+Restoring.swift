internal import NeuralNet

// Tensors that are not asked for stay on the disk. Whatever is wrong with the others is found before
// the first of them is set, at the price of reading them twice.

extension Checkpoint {
  /// Puts a training into this state.
  ///
  /// - Throws: ``RunError`` `.unusable` when a tensor is missing or has another shape, or holds what
  ///   is no number.
  package func restore(_ adversaries: Adversaries, path: String) throws(RunError) {
    let metadata = file.header.metadata
    guard
      let generatorUpdates = Self.count("generator-updates-made", in: metadata),
      let discriminatorUpdates = Self.count("discriminator-updates-made", in: metadata)
    else {
      throw RunError(.unusable, path, "does not say how often its networks were updated")
    }
    adversaries.prepareWarmUp(atStep: step)
    // Runs of versions before it began without one, or had it folded into the generator.
    let priorNames = ["prior.mean", "prior.factor"]
    let hasPrior = priorNames.contains { file.header.tensors[$0] != nil }
    adversaries.prior = hasPrior ? adversaries.makePrior() : nil
    if file.header.tensors[Self.latentsName] == nil, adversaries.warmUp == nil {
      adversaries.recordingLatents = nil
    }
    try restore(adversaries.stateParts, path: path)
    if let prior = adversaries.prior { adversaries.recordingLatents?.center(prior) }
    adversaries.generatorOptimizer.updateCount = generatorUpdates
    for judge in adversaries.judges { judge.optimizer.updateCount = discriminatorUpdates }
  }

  /// Puts the weights, but nothing of how they were trained, into new networks.
  ///
  /// - Throws: ``RunError`` `.unusable` when the networks have other shapes.
  package func restoreWeights(of adversaries: Adversaries, path: String) throws(RunError) {
    let bandwidth = adversaries.settings.objective.priorBandwidth
    let prior = try prior(bandwidth: bandwidth, path: path)
    try restore(adversaries.weightParts, path: path)
    // A warm-up begins anew with its own vectors, and has its own prior in the end.
    if adversaries.warmUp == nil { adversaries.prior = prior }
    adversaries.average?.restart()
  }

  /// Puts a generator into this state.
  ///
  /// - Parameter isAverage: whether its running average is taken.
  /// - Returns: what makes latent vectors for it of random numbers; nil where these are the latents.
  /// - Throws: ``RunError`` `.unusable` when a tensor is missing, as the average is in a run without
  ///   one.
  func restore(
    _ generator: any GeneratorNetwork, isAverage: Bool, path: String
  ) throws(RunError) -> LatentPrior? {
    let prefix = isAverage ? "average." : "generator."
    let prior = try prior(bandwidth: settings.objective.priorBandwidth, path: path)
    let parts = [generator.arena, generator.statisticsArena].map {
      StatePart(prefix: prefix, arena: $0, numbers: $0.values)
    }
    try restore(parts, path: path)
    return prior
  }

  /// What makes vectors that the generator knows; in a warm-up, what its vectors would make now.
  ///
  /// - Parameter bandwidth: of its draws. A run that begins from the weights of another and has no
  ///   warm-up of its own keeps no vectors, and draws from the Gaussian.
  private func prior(bandwidth: Double, path: String) throws(RunError) -> LatentPrior? {
    let componentCount = max(1, settings.model.labels.count)
    let size = settings.model.latentSize
    if step < settings.objective.warmUpSteps {
      let learnt = try learntVectors(componentCount: componentCount, path: path)
      return LatentPrior(
        fittedTo: learnt.vectors, labels: learnt.labels, componentCount: componentCount,
        size: size, bandwidth: bandwidth)
    }
    guard file.header.tensors["prior.mean"] != nil else { return nil }
    let prior = LatentPrior(componentCount: componentCount, size: size, bandwidth: bandwidth)
    try restore(
      [StatePart(prefix: "prior.", arena: prior.arena, numbers: prior.arena.values)], path: path)
    if bandwidth < 1 {
      let learnt = try learntVectors(componentCount: componentCount, path: path)
      prior.center(on: learnt.vectors, labels: learnt.labels)
    }
    return prior
  }

  /// The tensor of the recordings' vectors.
  private static let latentsName = "warm-up.latents"

  /// The recordings' vectors, `[N, Z]`, and which label each has, `[N]`.
  private func learntVectors(
    componentCount: Int, path: String
  ) throws(RunError) -> (vectors: [Float], labels: [Int]) {
    let (name, size) = (Self.latentsName, settings.model.latentSize)
    guard let place = file.header.tensors[name], place.shape.count == 2, place.shape[0] > 0,
      place.shape[1] == size
    else {
      throw RunError(
        .unusable, path, "has no tensor \(name) of shape [N, \(size)], but is of a warm-up")
    }
    let numbers = try numbers(of: place, 0..<place.shape[0] * size, name: name, path: path)
    // Recordings come label by label.
    let counts = file.header.metadata[Self.recordingCounts]?.split(separator: ",").map { Int($0) }
    let labels = (counts ?? [place.shape[0]]).enumerated().flatMap { label, count in
      [Int](repeating: label, count: min(max(0, count ?? 0), place.shape[0]))
    }
    guard labels.count == place.shape[0], Set(labels) == Set(0..<componentCount) else {
      throw RunError(.unusable, path, "does not say which label each vector of its warm-up has")
    }
    return (numbers, labels)
  }

  /// Reads the vector that the warm-up has for a recording, `[Z]`.
  ///
  /// - Parameters:
  ///   - place: which of the recordings for training, by label and then by digest.
  ///   - count: how many there are, N.
  ///   - path: the checkpoint's, for messages.
  /// - Throws: ``RunError`` `.unusable` when there are not so many vectors.
  func recordingVector(at place: Int, of count: Int, path: String) throws(RunError) -> [Float] {
    let (name, size) = (Self.latentsName, settings.model.latentSize)
    guard let tensor = file.header.tensors[name], tensor.shape == [count, size] else {
      throw RunError(
        .unusable, path,
        "has no vectors of the run's \(count.counted("recording")) for training, so no walk can begin "
          + "with one; choose a checkpoint of a run with a warm-up of its own")
    }
    return try numbers(of: tensor, place * size..<(place + 1) * size, name: name, path: path)
  }

  private func restore(_ parts: [StatePart], path: String) throws(RunError) {
    let tensors = parts.flatMap(\.tensors)
    try forEachBlock(of: tensors, path: path) { _, _, _ in }
    try forEachBlock(of: tensors, path: path) { tensor, numbers, first in
      tensor.parameter.set(tensor.numbers, fromFileOrder: numbers, at: first)
    }
  }

  /// Reads tensors, a block at a time.
  private func forEachBlock(
    of tensors: [StateTensor], path: String,
    receive: (_ tensor: StateTensor, _ numbers: [Float], _ first: Int) -> Void
  ) throws(RunError) {
    for tensor in tensors {
      let shape = tensor.parameter.shape
      guard let place = file.header.tensors[tensor.name], place.shape == shape else {
        throw RunError(
          .unusable, path,
          "has no tensor \(tensor.name) of shape \(shape); its networks are not the ones asked for")
      }
      for block in tensor.blocks {
        receive(
          tensor, try numbers(of: place, block, name: tensor.name, path: path), block.lowerBound)
      }
    }
  }

  /// Reads some numbers of a tensor. None is written with what is no number.
  private func numbers(
    of place: SafetensorsHeader.Place, _ range: Range<Int>, name: String, path: String
  ) throws(RunError) -> [Float] {
    let numbers: [Float]
    do {
      numbers = try file.numbers(of: place, range)
    } catch {
      throw RunError(error, path: path)
    }
    guard numbers.allSatisfy(\.isFinite) else {
      throw RunError(
        .unusable, path,
        "is damaged: \(name) holds what is no number; move it away to use an older one")
    }
    return numbers
  }
}
