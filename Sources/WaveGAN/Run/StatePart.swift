internal import NeuralNet

/// Numbers of one kind for the parameters of one arena.
struct StatePart {
  /// What stands before each parameter's name in files.
  var prefix: String
  var arena: ParameterArena
  var numbers: Tensor

  /// Its tensors.
  var tensors: [StateTensor] {
    arena.parameters.map {
      StateTensor(name: prefix + $0.name, parameter: $0, numbers: numbers)
    }
  }
}

extension Adversaries {
  /// The weights and running statistics of all networks.
  var weightParts: [StatePart] {
    let networks =
      [("generator", generator.arena, generator.statisticsArena)]
      + judges.map { ($0.name, $0.discriminator.arena, $0.discriminator.statisticsArena) }
    return networks.flatMap { name, arena, statistics in
      [
        StatePart(prefix: name + ".", arena: arena, numbers: arena.values),
        StatePart(prefix: name + ".", arena: statistics, numbers: statistics.values),
      ]
    }
  }

  /// Everything that training changes.
  var stateParts: [StatePart] {
    var parts = weightParts
    if let average {
      parts += [
        StatePart(prefix: "average.", arena: generator.arena, numbers: average.values),
        StatePart(
          prefix: "average.", arena: generator.statisticsArena, numbers: average.statistics),
      ]
    }
    var optimized =
      [("generator", generatorOptimizer, generator.arena)]
      + judges.map { ($0.name, $0.optimizer, $0.discriminator.arena) }
    if let warmUp {
      parts.append(
        StatePart(prefix: "warm-up.", arena: warmUp.arena, numbers: warmUp.arena.values))
      optimized.append(("warm-up", warmUp.optimizer, warmUp.arena))
    }
    for (name, optimizer, arena) in optimized {
      parts += [
        StatePart(
          prefix: "optimizer.\(name).first.", arena: arena, numbers: optimizer.firstMoments),
        StatePart(
          prefix: "optimizer.\(name).second.", arena: arena, numbers: optimizer.secondMoments),
      ]
    }
    return parts
  }
}
