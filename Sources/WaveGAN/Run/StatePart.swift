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
    var moments = [("generator", generatorOptimizer, generator.arena)]
      .map { ($0, $1.firstMoments, $1.secondMoments, $2) }
    moments += judges.map {
      ($0.name, $0.optimizer.firstMoments, $0.optimizer.secondMoments, $0.discriminator.arena)
    }
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
