import AudioFiles
import WaveGAN

/// The clips that a condition has: found, not yet decoded or rendered.
protocol ClipSource {
  var condition: Condition { get }

  /// The labels that its clips have, sorted; empty when some have none.
  var labels: [String] { get }

  /// Files that look like clips and cannot be used, each with its reason.
  var rejected: [AudioFileError] { get }

  /// Takes clips.
  ///
  /// - Parameters:
  ///   - count: how many; fewer are returned where there are no more.
  ///   - labels: what labels they have, in turn; empty: any.
  /// - Throws: `AudioFileError`, `RunError` or `SettingsError`.
  func take(_ count: Int, labels: [String], progress: ExportJob.Progress) throws -> [SourceClip]

  /// Takes the clips with these names.
  ///
  /// - Throws: also ``ListeningTestError`` `.unusable` for a name that it has not.
  func take(named names: [String], progress: ExportJob.Progress) throws -> [SourceClip]
}

extension ClipSource {
  var rejected: [AudioFileError] { [] }

  /// What to call it in messages.
  var subject: String { "--condition \(condition.name)=\(condition.source)" }

  func hasNoClip(_ name: String) -> ListeningTestError {
    ListeningTestError(
      .unusable, subject,
      "has no clip “\(name)”, which --select asks for; see that its table names clips as key.csv does"
    )
  }
}
