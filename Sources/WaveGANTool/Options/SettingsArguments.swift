// Conformances of public types to a public protocol are public, and so must the imports be.
public import ArgumentParser
public import WaveGAN

extension Preset: ExpressibleByArgument {}
extension DataSettings.Slices: ExpressibleByArgument {}
extension DataSettings.Normalization: ExpressibleByArgument {}
extension DataSettings.LabelSource: ExpressibleByArgument {}
extension FeatureSettings.Kind: ExpressibleByArgument {}
extension ModelSettings.GeneratorKind: ExpressibleByArgument {}
extension ModelSettings.LatentDistribution: ExpressibleByArgument {}
extension ModelSettings.Upsampling: ExpressibleByArgument {}
extension ObjectiveSettings.Loss: ExpressibleByArgument {}

extension ByteCount: ExpressibleByArgument {
  /// Reads an amount as ``ByteCount/init(_:)`` does.
  public init?(argument: String) { self.init(argument) }
}
