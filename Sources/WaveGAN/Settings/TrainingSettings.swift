/// Everything that decides what a training computes: two runs with equal settings, data and seed
/// make the same bytes.
///
/// How long to train, on how many threads and where to write are not part of it: they belong to
/// the command that runs it. In JSON all values lie side by side under their command-line names
/// (`"critic-updates": 2`), so that the `run.json` of one run, which holds them as `settings`,
/// can be given to the next with `--config`.
public struct TrainingSettings: Codable, Sendable, Hashable {
  /// How recordings become windows.
  public var data: DataSettings
  /// The shape of the networks.
  public var model: ModelSettings
  /// What they are trained towards, and how fast.
  public var objective: ObjectiveSettings

  /// Decides every random number of the run.
  public var seed: UInt64

  /// Settings as given; ``validate()`` checks them.
  public init(
    data: DataSettings, model: ModelSettings, objective: ObjectiveSettings, seed: UInt64
  ) {
    self.data = data
    self.model = model
    self.objective = objective
    self.seed = seed
  }

  private enum CodingKeys: String, CodingKey { case seed }

  /// Reads all values side by side under their command-line names; ``validate()`` checks them.
  ///
  /// - Throws: `DecodingError` for a value that is missing or of another type.
  public init(from decoder: any Decoder) throws {
    data = try DataSettings(from: decoder)
    model = try ModelSettings(from: decoder)
    objective = try ObjectiveSettings(from: decoder)
    seed = try decoder.container(keyedBy: CodingKeys.self).decode(UInt64.self, forKey: .seed)
  }

  /// Writes all values side by side under their command-line names.
  public func encode(to encoder: any Encoder) throws {
    try data.encode(to: encoder)
    try model.encode(to: encoder)
    try objective.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(seed, forKey: .seed)
  }
}
