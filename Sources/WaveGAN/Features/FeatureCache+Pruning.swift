import AudioFiles
import Foundation

extension FeatureCache {
  /// A file in the folder.
  private struct Entry {
    var path: String
    var size: Int
    /// Seconds since 1970.
    var lastUse: Int
  }

  /// What a program that was killed has left behind is removed when it is a day old.
  private static let abandonedSeconds = 86_400

  /// Removes the entries that were not used for longest when the folder holds more than ``limit``
  /// bytes, until it holds three quarters of that, and what killed programs have left.
  ///
  /// Another program may be doing the same: a file that is gone is as good as removed.
  package func prune(now: Int = time(nil)) {
    var entries: [Entry] = []
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
      let path = "\(folder)/\(name)"
      var status = stat()
      guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
      let entry = Entry(
        path: path, size: Int(status.st_size), lastUse: Int(status.st_mtim.tv_sec))
      if name.hasPrefix(AtomicFile.partialPrefix) {
        if now - entry.lastUse > Self.abandonedSeconds { unlink(path) }
      } else if name.utf8.count == 64 {
        // Only what has the name of an entry: the folder may be a person's own.
        entries.append(entry)
      }
    }
    var size = entries.reduce(0) { $0 + $1.size }
    guard size > limit else { return }
    for entry in entries.sorted(by: { ($0.lastUse, $0.path) < ($1.lastUse, $1.path) }) {
      if size <= limit / 4 * 3 { return }
      unlink(entry.path)
      size -= entry.size
    }
  }
}
