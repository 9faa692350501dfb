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
    var moments = [
      ("generator", generatorOptimizer, generator.arena),
      ("discriminator", discriminatorOptimizer, discriminator.arena),
    ].map { ($0, $1.firstMoments, $1.secondMoments, $2) }
    if let prior {
      parts.append(StatePart(prefix: "prior.", arena: prior.arena, numbers: prior.arena.values))
    }
    if let recordingLatents {
      let arena = recordingLatents.arena
      parts.append(StatePart(prefix: "warm-up.", arena: arena, numbers: arena.values))
    }
    if let warmUp {
      let (optimizer, arena) = (warmUp.optimizer, warmUp.latents.arena)
      moments.append(("warm-up", optimizer.firstMoments, optimizer.secondMoments, arena))
      parts.append(
        StatePart(
          prefix: "optimizer.warm-up.", arena: optimizer.updates, numbers: optimizer.updates.values)
      )
    }
    for (name, first, second, arena) in moments {
      parts += [
        StatePart(prefix: "optimizer.\(name).first.", arena: arena, numbers: first),
        StatePart(prefix: "optimizer.\(name).second.", arena: arena, numbers: second),
      ]
    }
    return parts
  }
}
