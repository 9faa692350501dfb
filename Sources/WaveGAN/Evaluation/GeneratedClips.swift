public import AudioFiles

/// Where the clips come from that an evaluation judges.
public protocol GeneratedClips {
  /// What is judged, for the report.
  var source: Evaluation.Generated { get }

  /// How many clips there are.
  var count: Int { get }

  /// What a clip is called: its file, or the name of the file that it would be rendered to.
  func name(of index: Int) -> String

  /// The label that a clip was made for; nil if none is known.
  func label(of index: Int) -> String?

  /// Makes clips at the evaluation's rate and channels, and something of each, on several threads.
  ///
  /// - Parameters:
  ///   - indices: which clips, in order.
  ///   - transform: called once for each clip, from any thread.
  ///   - progress: called with how many are done; what it throws ends the work.
  /// - Returns: what was made, in the order of `indices`.
  func map<Result: Sendable>(
    _ indices: [Int], _ transform: @Sendable (AudioClip) throws -> Result,
    progress: @escaping @Sendable (_ done: Int, _ total: Int) throws -> Void
  ) throws -> [Result]
}
