package import Foundation

/// Reads small files that anybody may have written.
package enum BoundedFile {
  /// The bytes of a file.
  ///
  /// - Throws: ``ListeningTestError`` `.notFound`, `.unreadable`, or `.malformed` when there are more
  ///   than `sizeLimit` bytes.
  package static func bytes(
    at path: String, sizeLimit: Int
  ) throws(ListeningTestError) -> Data {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw ListeningTestError(.notFound, path, "is not there")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw ListeningTestError(.unreadable, path, "is not a file; name one")
    }
    guard status.st_size <= sizeLimit else {
      throw ListeningTestError(
        .malformed, path, "is larger than any such file of a listening test; see what it is")
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ListeningTestError(.unreadable, path, "cannot be read; see who may read it")
    }
    return data
  }

  /// The text of a file.
  ///
  /// - Throws: as ``bytes(at:sizeLimit:)``; `.malformed` also when it is not UTF-8.
  package static func text(
    at path: String, sizeLimit: Int
  ) throws(ListeningTestError) -> String {
    guard let text = String(validating: try bytes(at: path, sizeLimit: sizeLimit), as: UTF8.self)
    else {
      throw ListeningTestError(.malformed, path, "is not text in UTF-8; save it as that")
    }
    return text
  }
}
