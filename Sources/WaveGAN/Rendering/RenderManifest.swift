import AudioFiles
import Foundation

/// The table `manifest.csv`: a row for each rendered clip.
///
///     file,seed,index,label,peak,loudness,sha256
///
/// Peak is the largest absolute sample, loudness in LUFS, empty where a clip is silent.
struct RenderManifest {
  private var text = "file,seed,index,label,peak,loudness,sha256\n"

  mutating func add(
    file: String, clip: AudioClip, provenance: ClipProvenance, digest: ContentDigest
  ) {
    let loudness = clip.loudness.lufs.map { String(format: "%.2f", $0) } ?? ""
    // Without conditioning, a clip has no label.
    text += "\(file),\(provenance.seed),\(provenance.index),,"
    text += "\(String(format: "%.6f", clip.peak)),\(loudness),\(digest)\n"
  }

  /// Writes the table, whole or not at all.
  ///
  /// - Throws: `AudioFileError`.
  func write(to path: String, overwrites: Bool) throws {
    try AtomicFile.write(Array(text.utf8), to: path, overwrites: overwrites)
  }
}
