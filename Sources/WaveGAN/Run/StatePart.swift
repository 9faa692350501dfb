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
  /// The weights and running statistics of both networks.
  var weightParts: [StatePart] {
    [
      StatePart(prefix: "generator.", arena: generator.arena, numbers: generator.arena.values),
      StatePart(
        prefix: "generator.", arena: generator.statisticsArena,
        numbers: generator.statisticsArena.values),
      StatePart(
        prefix: "discriminator.", arena: discriminator.arena,
        numbers: discriminator.arena.values),
      StatePart(
        prefix: "discriminator.", arena: discriminator.statisticsArena,
        numbers: discriminator.statisticsArena.values),
    ]
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
    var optimized = [
      ("generator", generatorOptimizer, generator.arena),
      ("discriminator", discriminatorOptimizer, discriminator.arena),
    ]
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
