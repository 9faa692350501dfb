public import AudioFiles
import Foundation

/// Where a rendered clip came from: the text in its file's comment field.
///
/// It is all that is needed to make the file again from its run.
public struct ClipProvenance: Codable, Sendable, Hashable {
  /// Which program wrote the comment.
  public var tool = Self.toolName

  /// ``RunRecord/id`` of the run.
  public var run: String

  /// SHA-256 of the checkpoint's file.
  public var checkpoint: ContentDigest

  /// Steps of training that made it.
  public var step: Int

  /// Which clip of its render: it decides the file's name, and the clip's place in a group of the
  /// generator.
  public var index: Int

  /// How its latent vector came about.
  public var origin: LatentOrigin

  /// How it was rendered.
  public var settings: RenderSettings

  static let toolName = "wavegan"

  private enum CodingKeys: String, CodingKey {
    case tool, run, checkpoint, step, index, origin
  }

  init(
    run: String, checkpoint: ContentDigest, step: Int, index: Int, origin: LatentOrigin,
    settings: RenderSettings
  ) {
    self.run = run
    self.checkpoint = checkpoint
    self.step = step
    self.index = index
    self.origin = origin
    self.settings = settings
  }

  /// Reads it from a comment's JSON.
  ///
  /// - Throws: `DecodingError` when something is missing or, in ``origin``, out of range.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    tool = try container.decode(String.self, forKey: .tool)
    run = try container.decode(String.self, forKey: .run)
    checkpoint = try container.decode(ContentDigest.self, forKey: .checkpoint)
    step = try container.decode(Int.self, forKey: .step)
    index = try container.decode(Int.self, forKey: .index)
    // A clip of a seed has its seed and index beside the rest, and no origin.
    origin =
      try container.decodeIfPresent(LatentOrigin.self, forKey: .origin)
      ?? LatentOrigin(from: decoder)
    settings = try RenderSettings(from: decoder)
  }

  /// Writes it as a comment's JSON: one object, in which the settings are beside the rest and, for a
  /// clip of a seed, seed and index are as well.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(tool, forKey: .tool)
    try container.encode(run, forKey: .run)
    try container.encode(checkpoint, forKey: .checkpoint)
    try container.encode(step, forKey: .step)
    try container.encode(index, forKey: .index)
    if case .drawn(_, index, _) = origin {
      try origin.encode(to: encoder)
    } else {
      try container.encode(origin, forKey: .origin)
    }
    try settings.encode(to: encoder)
  }

  /// The seed of its random numbers: of its latent, or of what makes it a variation; nil where
  /// nothing was drawn for it.
  public var seed: UInt64? {
    switch origin {
    case .drawn(let seed, _, _), .variation(_, _, let seed, _): seed
    case .recording, .morph, .sweep: nil
    }
  }

  /// The file's name without its extension: the index with at least four digits.
  public var name: String { Self.name(ofIndex: index) }

  static func name(ofIndex index: Int) -> String { index.zeroPadded(to: 4) }

  /// The text for a comment field: JSON on one line.
  func comment() throws -> String {
    String(decoding: try JSONEncoder.forFiles.encode(self), as: UTF8.self)
  }

  /// Reads the provenance of a rendered file.
  ///
  /// - Throws: `AudioFileError` when it is no sound file, ``RunError`` `.unusable` when it was not
  ///   rendered by this program.
  public init(ofFile path: String) throws {
    guard let provenance = try ClipProvenance(ifRendered: path) else {
      throw RunError(
        .unusable, path, "does not say that wavegan rendered it, so it cannot be made again")
    }
    self = provenance
  }

  /// Reads the provenance of a file; nil when it was not rendered by this program.
  ///
  /// - Throws: `AudioFileError` when it is no sound file.
  init?(ifRendered path: String) throws {
    let comment = try AudioFileInfo(path: path).comment ?? ""
    // FLAC and Ogg may append to the comment; the object ends at its last brace.
    let object = comment.lastIndex(of: "}").map { comment[...$0] } ?? ""
    guard
      let provenance = try? JSONDecoder().decode(ClipProvenance.self, from: Data(object.utf8)),
      provenance.tool == Self.toolName,
      // Anybody can write a comment.
      LatentOrigin.indices.contains(provenance.index),
      RenderSettings.spreads.contains(provenance.settings.spread),
      RenderSettings.fades.contains(provenance.settings.fadeMilliseconds)
    else { return nil }
    self = provenance
  }
}
