internal import AudioFiles
internal import CZip
import Foundation

// What makes this file safe: an archive is closed or discarded exactly once; bytes handed to libzip
// are copies that it frees; a source is retained for libzip until libzip says that it is done with it.

/// A `.npz` file in the making, by libzip: NumPy arrays, each a stored entry `NAME.npy`.
///
/// Entries all carry the oldest time that a zip file can hold, 1980-01-01, so that equal arrays give
/// equal bytes. Beyond 4 GiB the file is in the ZIP64 form, which NumPy reads as well.
final class NumpyArchive {
  private var archive: OpaquePointer?
  private let path: String
  private let temporaryPath: String
  private let overwrites: Bool

  /// - Parameters:
  ///   - path: the file to make; it appears with ``commit(shouldStop:)``.
  ///   - overwrites: whether it may replace one.
  /// - Throws: `AudioFileError` `.cannotCreate`.
  init(path: String, overwrites: Bool) throws(AudioFileError) {
    self.path = path
    self.overwrites = overwrites
    temporaryPath =
      URL(fileURLWithPath: path).deletingLastPathComponent().path + "/"
      + AtomicFile.hiddenName("archive")
    var failure: Int32 = 0
    archive = zip_open(temporaryPath, ZIP_CREATE | ZIP_EXCL, &failure)
    guard archive != nil else {
      throw AudioFileError(
        .cannotCreate, path: path, reason: "cannot be created (libzip's error \(failure))")
    }
  }

  deinit { if let archive { zip_discard(archive) } }

  /// Adds an array.
  ///
  /// - Throws: `AudioFileError` `.writeFailed`.
  func add(_ name: String, _ array: NumpyArray) throws(AudioFileError) {
    let bytes = array.header + array.elements
    let copy = malloc(bytes.count)
    bytes.withUnsafeBytes { if let copy { memcpy(copy, $0.baseAddress!, $0.count) } }
    guard let source = zip_source_buffer(archive, copy, zip_uint64_t(bytes.count), 1) else {
      free(copy)
      throw writeError
    }
    try add(name, source)
  }

  /// Adds an array whose bytes, header and all, are read when the archive is written.
  ///
  /// - Throws: `AudioFileError` `.writeFailed`.
  func add(_ name: String, _ bytes: any ByteSource) throws(AudioFileError) {
    let user = Unmanaged.passRetained(SourceBox(bytes))
    guard let source = zip_source_function(archive, SourceBox.callback, user.toOpaque()) else {
      user.release()
      throw writeError
    }
    try add(name, source)
  }

  private func add(_ name: String, _ source: OpaquePointer) throws(AudioFileError) {
    let index = zip_file_add(archive, "\(name).npy", source, ZIP_FL_ENC_UTF_8)
    guard index >= 0 else {
      zip_source_free(source)
      throw writeError
    }
    let entry = zip_uint64_t(index)
    // In a zip file, dates are years since 1980 (7 bits), month (4) and day (5).
    guard zip_set_file_compression(archive, entry, ZIP_CM_STORE, 0) == 0,
      zip_file_set_dostime(archive, entry, 0, 1 << 5 | 1, 0) == 0
    else { throw writeError }
  }

  /// Writes the file, which then appears whole under its name.
  ///
  /// - Parameter shouldStop: asked now and then; the file is then not made.
  /// - Throws: `AudioFileError` `.exists` or `.writeFailed`; `CancellationError` when it was stopped.
  func commit(shouldStop: @escaping () -> Bool) throws {
    let question = Unmanaged.passRetained(Question(shouldStop))
    zip_register_cancel_callback_with_state(
      archive, { _, user in Question.at(user).answer() ? 1 : 0 },
      { user in user.map { Unmanaged<Question>.fromOpaque($0).release() } }, question.toOpaque())
    guard zip_close(archive) == 0 else {
      throw zip_error_code_zip(zip_get_error(archive)) == ZIP_ER_CANCELLED
        ? CancellationError() : writeError
    }
    archive = nil
    let file = try AtomicFile(adopting: temporaryPath, path: path, overwrites: overwrites)
    try file.commit()
  }

  /// What libzip said last.
  private var writeError: AudioFileError {
    let words = zip_strerror(archive).map { String(cString: $0) } ?? "out of memory"
    return AudioFileError(.writeFailed, path: path, reason: "cannot be written: \(words)")
  }
}

/// A closure for a C callback.
private final class Question {
  let answer: () -> Bool

  init(_ answer: @escaping () -> Bool) { self.answer = answer }

  static func at(_ user: UnsafeMutableRawPointer?) -> Question {
    Unmanaged<Question>.fromOpaque(user!).takeUnretainedValue()
  }
}

/// What libzip reads a ``ByteSource`` through.
private final class SourceBox {
  private let source: any ByteSource

  init(_ source: any ByteSource) { self.source = source }

  static let callback: zip_source_callback = { user, data, length, command in
    let box = Unmanaged<SourceBox>.fromOpaque(user!)
    let source = box.takeUnretainedValue().source
    switch command {
    case ZIP_SOURCE_OPEN:
      source.rewind()
      return 0
    case ZIP_SOURCE_READ:
      return zip_int64_t(
        source.read(into: UnsafeMutableRawBufferPointer(start: data, count: Int(length))))
    case ZIP_SOURCE_CLOSE: return 0
    case ZIP_SOURCE_STAT:
      let status = data!.assumingMemoryBound(to: zip_stat_t.self)
      zip_stat_init(status)
      status.pointee.size = zip_uint64_t(source.byteCount)
      status.pointee.valid = zip_uint64_t(ZIP_STAT_SIZE)
      return zip_int64_t(MemoryLayout<zip_stat_t>.size)
    case ZIP_SOURCE_FREE:
      box.release()
      return 0
    case ZIP_SOURCE_SUPPORTS:
      return [
        ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR,
        ZIP_SOURCE_FREE,
      ].reduce(0) { $0 | 1 << zip_int64_t($1.rawValue) }
    // Reading from memory cannot fail, so nobody asks which error there was.
    default: return -1
    }
  }
}
