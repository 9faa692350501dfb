import Foundation

// What makes this file safe: the stream and the buffer that `getline` makes are freed exactly once, by
// `deinit`, and a line is copied out of the buffer before the next is read.

/// The lines of a text file, read one at a time: memory does not grow with their number.
final class TextLines: Sequence, IteratorProtocol {
  private let stream: UnsafeMutablePointer<FILE>
  private var buffer: UnsafeMutablePointer<CChar>?
  private var capacity = 0

  /// Opens a file; nil if that is not possible.
  init?(ofFile path: String) {
    guard let stream = fopen(path, "re") else { return nil }
    self.stream = stream
  }

  deinit {
    fclose(stream)
    free(buffer)
  }

  /// The next line, without its end; nil after the last.
  func next() -> String? {
    guard getline(&buffer, &capacity, stream) > 0, let buffer else { return nil }
    let line = String(cString: buffer)
    return line.hasSuffix("\n") ? String(line.dropLast()) : line
  }
}
