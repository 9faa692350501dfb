import AudioFiles
import Foundation
internal import NeuralNet

extension SafetensorsFile {
  /// Writes a file, whole or not at all.
  ///
  /// - Throws: `AudioFileError` `.exists`, `.cannotCreate` or `.writeFailed`.
  func write(to path: String, overwrites: Bool) throws {
    let target = try AtomicFile(path: path, overwrites: overwrites)
    try write { piece in try target.write(piece.span.bytes) }
    try target.commit()
  }
}
