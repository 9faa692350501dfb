internal import NeuralNet

/// How many numbers each of the two networks learns.
public struct ParameterCounts: Sendable, Hashable {
  /// Numbers that the generator learns.
  public let generator: Int
  /// Numbers that the discriminator learns.
  public let discriminator: Int

  /// Counts without making the networks.
  ///
  /// - Precondition: the window is one of ``DataSettings/windowLengths``; checked in every build.
  public init(of settings: TrainingSettings) {
    let geometry = NetworkGeometry(data: settings.data, model: settings.model)
    func count(_ declarations: [ParameterArena.Declaration]) -> Int {
      declarations.reduce(0) { $0 + $1.count }
    }
    generator =
      switch settings.model.generator {
      case .wavegan: count(Generator.declarations(geometry, model: settings.model))
      case .istft:
        count(
          SpectralGenerator.declarations(
            SpectralGeometry(data: settings.data, model: settings.model)))
      }
    discriminator = count(Discriminator.declarations(geometry, model: settings.model))
  }
}
