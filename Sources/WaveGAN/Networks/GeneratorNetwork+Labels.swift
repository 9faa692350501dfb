internal import NeuralNet

extension GeneratorNetwork {
  /// Sets the columns of labels in the first layer from the seed, from N(0, σ²):
  ///
  ///     σ² = d² · Σ_z mean w²_z
  ///
  /// where w_z is column z of the latent and d the deviation of its coordinates at first. So what a
  /// label says varies a row as much as the whole latent does, from the first step on. As one column of
  /// many, which any other rule would take it for, it would be lost beside the latent; much stronger, it
  /// would make the first sounds so loud that a warm-up flees into silence.
  func initializeLabelColumns(settings: TrainingSettings) {
    let (labelCount, size) = (settings.model.labels.count, settings.model.latentSize)
    guard labelCount > 0 else { return }
    let weight = arena.parameter("project.weight")
    var numbers = weight.fileOrder(of: arena.values)
    let rows = stride(from: 0, to: numbers.count, by: size + labelCount)
    let squares = rows.reduce(0) { sum, row in
      sum + numbers[row..<row + size].reduce(0) { $0 + Double($1 * $1) }
    }
    let first = settings.objective.warmUpSteps > 0 ? RecordingLatents.firstDeviation : 1
    let deviation = first * Float((squares / Double(rows.underestimatedCount)).squareRoot())
    var stream = RandomStream(seed: settings.seed, purpose: .initialization, index: 3_000)
    for row in rows {
      for label in 0..<labelCount { numbers[row + size + label] = deviation * stream.nextNormal() }
    }
    weight.set(arena.values, fromFileOrder: numbers)
  }
}
