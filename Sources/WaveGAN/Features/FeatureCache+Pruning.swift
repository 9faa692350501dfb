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

  /// Removes the entries that were not used for longest when the folder holds more than `limit`
  /// bytes, until it holds three quarters of that, and what killed programs have left.
  ///
  /// Another program may be doing the same: a file that is gone is as good as removed.
  package func prune() {
    AtomicFile.removeAbandoned(in: folder)
    var entries: [Entry] = []
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
      let path = "\(folder)/\(name)"
      var status = stat()
      guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
      let entry = Entry(
        path: path, size: Int(status.st_size), lastUse: Int(status.st_mtim.tv_sec))
      // Only what has the name of an entry: the folder may be a person's own.
      if name.utf8.count == 64 { entries.append(entry) }
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
