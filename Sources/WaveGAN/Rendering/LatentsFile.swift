import AudioFiles
import Foundation
internal import NeuralNet

/// The file `latents.safetensors` in the making: `latents`, `[count, Z + L]`, in the order of the clips.
///
/// It is written as the clips come, so that memory does not grow with them. The header, which says
/// how many there are, is written first for all and, if there are fewer in the end, once more.
final class LatentsFile {
  private var file: AtomicFile?
  private let size: Int
  private let metadata: [String: String]
  private let headLength: Int
  private let expectedCount: Int
  private var count = 0

  /// - Throws: `AudioFileError` `.exists`, `.cannotCreate` or `.writeFailed`.
  init(
    path: String, count: Int, size: Int, metadata: [String: String], overwrites: Bool
  ) throws {
    expectedCount = count
    self.size = size
    self.metadata = metadata
    let head = try SafetensorsFile.head(
      shapes: ["latents": [count, size]], metadata: metadata)
    headLength = head.count
    file = try AtomicFile(path: path, overwrites: overwrites)
    try file?.write(head.span.bytes)
  }

  /// Appends what the generator was given for a clip: the latent, then the part of each label, `[Z + L]`.
  func add(_ latent: [Float]) throws {
    try file?.write(SafetensorsFile.bytes(of: latent).span.bytes)
    count += 1
  }

  /// Makes the file appear; nothing can be added after.
  func commit() throws {
    guard let file = file.take() else { return }
    if count != expectedCount {
      let head = try SafetensorsFile.head(
        shapes: ["latents": [count, size]], metadata: metadata, length: headLength)
      try file.rewriteBeginning(head.span.bytes)
    }
    try file.commit()
  }
}
