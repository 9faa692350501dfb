import Foundation

/// Where everything goes that is not a result.
enum StandardError {
  /// Writes a text as far as it can be written.
  ///
  /// A terminal that was closed, or a pipe that nobody reads any more, is no reason to lose a
  /// training: what cannot be written is dropped.
  static func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)[...]
      while !rest.isEmpty {
        let count = Foundation.write(
          STDERR_FILENO, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return }
        rest = rest.dropFirst(count)
      }
    }
  }

  /// Keeps a closed pipe from ending the program.
  static func outlivesItsReader() { signal(SIGPIPE, SIG_IGN) }
}
