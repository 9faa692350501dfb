import Foundation

extension AtomicFile {
  /// Makes a folder, with those on the way to it, unless it is there.
  ///
  /// - Throws: ``AudioFileError`` `.cannotCreate`, whose path is that of the folder which is in the
  ///   way or cannot be made.
  package static func makeFolder(_ path: String) throws(AudioFileError) {
    var status = stat()
    if stat(path, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFDIR else {
        throw AudioFileError(
          .cannotCreate, path: path,
          reason: "is a file where a folder is needed; move it, or choose another folder")
      }
      return
    }
    let parent = folder(of: path)
    if parent != path { try makeFolder(parent) }
    // Somebody else may have made it meanwhile.
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
      throw AudioFileError(creating: path, errno: errno)
    }
  }

  /// Whether two names are there and lead to one file.
  package static func isSameFile(_ first: String, _ second: String) -> Bool {
    var (one, other) = (stat(), stat())
    guard stat(first, &one) == 0, stat(second, &other) == 0 else { return false }
    return one.st_dev == other.st_dev && one.st_ino == other.st_ino
  }

  /// Makes sure that none of these files is there, before work is done for them.
  ///
  /// - Throws: ``AudioFileError`` `.exists` for the first that is.
  package static func checkNothingIs(at paths: some Sequence<String>) throws(AudioFileError) {
    for path in paths {
      var status = stat()
      guard lstat(path, &status) != 0 else {
        throw AudioFileError(
          .exists, path: path,
          reason: "exists already; choose another folder, or replace what is there with --force")
      }
    }
  }
}
