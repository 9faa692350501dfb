import AudioFiles
import Foundation

/// The table `manifest.csv` in the making: a row for each rendered clip, written as the clips come.
///
///     file,seed,index,label,peak,loudness,sha256[,origin]
///
/// Seed and index say what was drawn; the seed is empty where nothing was. The label is empty between
/// two labels, and in a run that was told none. Peak is the largest
/// absolute sample, loudness in LUFS, empty where a clip is silent. Clips that are not simply those
/// of a seed have an eighth column: how their latents came about, ``LatentOrigin/description``.
final class RenderManifest {
  private var file: AtomicFile?
  private let hasOrigins: Bool

  static let columns = "file,seed,index,label,peak,loudness,sha256"

  /// - Throws: `AudioFileError` `.exists`, `.cannotCreate` or `.writeFailed`.
  init(path: String, plan: LatentPlan, overwrites: Bool) throws {
    if case .seed = plan { hasOrigins = false } else { hasOrigins = true }
    file = try AtomicFile(path: path, overwrites: overwrites)
    try write(Self.columns + (hasOrigins ? ",origin" : ""))
  }

  /// Appends the row of a clip.
  func add(_ clip: FinishedClip) throws {
    let provenance = clip.provenance
    let seed = provenance.seed.map(String.init) ?? ""
    let loudness = clip.loudness.lufs.map { String(format: "%.2f", $0) } ?? ""
    let label = (provenance.origin.label ?? "").csvField
    try write(
      "\(clip.file),\(seed),\(provenance.index),\(label),\(String(format: "%.6f", clip.peak)),"
        + "\(loudness),\(clip.digest)"
        + (hasOrigins ? ",\(provenance.origin.description.csvField)" : ""))
  }

  /// Makes the file appear; nothing can be added after.
  func commit() throws {
    if let file = file.take() { try file.commit() }
  }

  private func write(_ row: String) throws {
    let bytes = Array((row + "\n").utf8)
    try file?.write(bytes.span.bytes)
  }
}
