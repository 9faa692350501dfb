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

  public var seed: UInt64

  /// Which clip of the seed.
  public var index: Int

  public var settings: RenderSettings

  static let toolName = "wavegan"

  /// A seed has so many clips: streams of random numbers are told apart by 32 bits.
  static let indexLimit = 1 << 32

  private enum CodingKeys: String, CodingKey {
    case tool, run, checkpoint, step, seed, index
  }

  init(
    run: String, checkpoint: ContentDigest, step: Int, seed: UInt64, index: Int,
    settings: RenderSettings
  ) {
    self.run = run
    self.checkpoint = checkpoint
    self.step = step
    self.seed = seed
    self.index = index
    self.settings = settings
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    tool = try container.decode(String.self, forKey: .tool)
    run = try container.decode(String.self, forKey: .run)
    checkpoint = try container.decode(ContentDigest.self, forKey: .checkpoint)
    step = try container.decode(Int.self, forKey: .step)
    seed = try container.decode(UInt64.self, forKey: .seed)
    index = try container.decode(Int.self, forKey: .index)
    settings = try RenderSettings(from: decoder)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(tool, forKey: .tool)
    try container.encode(run, forKey: .run)
    try container.encode(checkpoint, forKey: .checkpoint)
    try container.encode(step, forKey: .step)
    try container.encode(seed, forKey: .seed)
    try container.encode(index, forKey: .index)
    try settings.encode(to: encoder)
  }

  /// The text for a comment field: JSON on one line.
  func comment() throws -> String {
    String(decoding: try JSONEncoder.forFiles.encode(self), as: UTF8.self)
  }

  /// Reads the provenance of a rendered file.
  ///
  /// - Throws: `AudioFileError` when it is no sound file, ``RunError`` `.unusable` when it was not
  ///   rendered by this program.
  public init(ofFile path: String) throws {
    let comment = try AudioFileInfo(path: path).comment ?? ""
    // FLAC and Ogg may append to the comment; the object ends at its last brace.
    let object = comment.lastIndex(of: "}").map { comment[...$0] } ?? ""
    guard
      let provenance = try? JSONDecoder().decode(ClipProvenance.self, from: Data(object.utf8)),
      provenance.tool == Self.toolName,
      // Anybody can write a comment.
      (0..<Self.indexLimit).contains(provenance.index),
      RenderSettings.spreads.contains(provenance.settings.spread),
      RenderSettings.fades.contains(provenance.settings.fadeMilliseconds)
    else {
      throw RunError(
        .unusable, path, "does not say that wavegan rendered it, so it cannot be made again")
    }
    self = provenance
  }
}
