/// A type that an option's value can have, with its name for people.
protocol OptionValue: Decodable, Sendable, Hashable {
  /// Completes the sentence "this option takes …".
  static var kind: String { get }
}

extension Int: OptionValue { static var kind: String { "a whole number" } }
extension UInt64: OptionValue { static var kind: String { "a whole number from 0" } }
extension Double: OptionValue { static var kind: String { "a number" } }
extension Bool: OptionValue { static var kind: String { "true or false" } }
extension ByteCount: OptionValue { static var kind: String { "an amount such as \"2G\"" } }
extension [String]: OptionValue { static var kind: String { "a list of names" } }

extension OptionValue where Self: CaseIterable & RawRepresentable<String> {
  static var kind: String { "one of " + allCases.map(\.rawValue).joined(separator: ", ") }
}

extension Preset: OptionValue {}
extension DataSettings.Slices: OptionValue {}
extension DataSettings.Normalization: OptionValue {}
extension DataSettings.LabelSource: OptionValue {}
extension ModelSettings.GeneratorKind: OptionValue {}
extension ModelSettings.LatentDistribution: OptionValue {}
extension ModelSettings.Upsampling: OptionValue {}
extension ObjectiveSettings.Loss: OptionValue {}
