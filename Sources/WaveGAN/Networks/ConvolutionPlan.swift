internal import NeuralNet

/// The layers of both networks that are sums over inputs, without their weights: what is known of
/// them from the shapes alone.
struct ConvolutionPlan {
  struct Layer {
    /// As its parameters are named: `up.0`.
    let name: String
    let convolution: Convolution
    /// Steps of a clip of the convolution's x.
    let stepCount: Int
  }

  let generator: [Layer]
  let discriminator: [Layer]

  /// Numbers that each worker has room for.
  let countPerWorker: Int

  init(settings: TrainingSettings) {
    let workspace = Workspace(team: ThreadTeam(threadCount: 1))
    let model = settings.model
    let geometry = NetworkGeometry(data: settings.data, model: model)
    generator =
      switch model.generator {
      case .wavegan: Self.layers(geometry, model, workspace)
      case .istft: Self.layers(SpectralGeometry(data: settings.data, model: model), workspace)
      }
    let down = geometry.discriminatorLayers.enumerated().map { index, layer in
      Layer(
        name: "down.\(index)",
        convolution: geometry.convolution(downsampling: layer, workspace: workspace),
        stepCount: layer.inputLength)
    }
    let output = Layer(
      name: "output", convolution: geometry.verdict(workspace: workspace), stepCount: 1)
    discriminator = down + [output]
    countPerWorker = workspace.countPerWorker
  }

  /// The layers of a ``Generator``.
  private static func layers(
    _ geometry: NetworkGeometry, _ model: ModelSettings, _ workspace: Workspace
  ) -> [Layer] {
    let up = geometry.generatorLayers.enumerated().map { index, layer in
      Layer(
        name: "up.\(index)",
        convolution: geometry.convolution(upsampling: layer, model, workspace: workspace),
        stepCount: model.upsampling == .zeros ? layer.outputLength : layer.inputLength)
    }
    let project = Layer(
      name: "project", convolution: geometry.projection.convolution(workspace: workspace),
      stepCount: 1)
    let post = Layer(
      name: "post", convolution: geometry.postFilter(workspace: workspace),
      stepCount: geometry.windowLength)
    return [project] + up + (model.postFilter ? [post] : [])
  }

  /// The layers of a ``SpectralGenerator``.
  private static func layers(_ geometry: SpectralGeometry, _ workspace: Workspace) -> [Layer] {
    [
      Layer(
        name: "project", convolution: geometry.projection.convolution(workspace: workspace),
        stepCount: 1)
    ]
      + geometry.layers.map {
        Layer(
          name: $0.name, convolution: $0.convolution(workspace: workspace),
          stepCount: $0.inputLength)
      }
  }

  /// How the sums of each layer are made, a name of `Convolution.Method`, under the layer's name.
  var methods: [String: String] {
    Dictionary(
      uniqueKeysWithValues: (generator + discriminator).map {
        ($0.name, $0.convolution.method.rawValue)
      })
  }
}

extension [ConvolutionPlan.Layer] {
  /// Numbers in memory that all workers share, for batches of so many clips: of each purpose as
  /// many as the layer has that needs most.
  func sharedCounts(clipCount: Int) -> [Workspace.Purpose: Int] {
    reduce(into: [:]) { counts, layer in
      counts.merge(
        layer.convolution.sharedCounts(clipCount: clipCount, stepCount: layer.stepCount),
        uniquingKeysWith: Swift.max)
    }
  }
}
