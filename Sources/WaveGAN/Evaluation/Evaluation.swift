/// What `wavegan evaluate` found: the object that `--json` writes, whose every key is in the article
/// <doc:EvaluatingSounds>.
public struct Evaluation: Sendable, Hashable, Codable {
  /// Version of the program.
  public var version: String

  /// The clips that were judged.
  public struct Generated: Sendable, Hashable, Codable {
    /// The run, folder or file that was named.
    public var path: String
    /// Clips that were judged.
    public var clips: Int
    /// ``RunRecord/id``; for a run only, like the next four.
    public var run: String?
    /// Steps of training.
    public var step: Int?
    /// SHA-256 of the checkpoint's file.
    public var checkpoint: String?
    /// Whether the average of the generator's weights was used.
    public var average: Bool?
    /// What latents were multiplied by.
    public var spread: Double?

    init(path: String, clips: Int) {
      self.path = path
      self.clips = clips
    }
  }
  /// The clips that were judged.
  public var generated: Generated

  /// The recordings they were compared with.
  public struct Reference: Sendable, Hashable, Codable {
    /// Recordings of the training part.
    public var training: Int
    /// Recordings held out.
    public var heldOut: Int
    /// The labels of the recordings, in order.
    public var labels: [String]
    /// How recordings became clips.
    public var settings: DataSettings
  }
  /// The recordings they were compared with.
  public var reference: Reference

  /// Decides which clips are drawn and, of a run, rendered.
  public var seed: UInt64

  /// The comparisons, in the order of ``EvaluationRow/Comparison``; each that there are clips for.
  public var rows: [EvaluationRow]

  /// How far clips are from their nearest training clips.
  public var nearest: NearestClips

  /// The mean log-mel levels of some clips.
  public struct MeanLevels: Sendable, Hashable, Codable {
    /// The middle of each mel band, in Hz, `[M]`.
    public var frequenciesHz: [Double]
    /// In dB below a full-scale sine, over all frames of the training clips compared with, `[M]`.
    public var training: [Double]
    /// The same of the generated clips.
    public var generated: [Double]
  }
  /// The mean log-mel levels of real and generated clips.
  public var meanLevels: MeanLevels

  /// What cannot be told from so few clips, or needs to be known beside the figures: sentences.
  public var remarks: [String]

  /// The row of a comparison; nil where there were no clips for it.
  public func row(_ comparison: EvaluationRow.Comparison) -> EvaluationRow? {
    rows.first { $0.comparison == comparison }
  }
}
