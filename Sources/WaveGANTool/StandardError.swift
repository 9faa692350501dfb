import AudioFiles
import Foundation

/// Where everything goes that is not a result.
enum StandardError {
  /// Writes a text as far as it can be written.
  ///
  /// A terminal that was closed, or a pipe that nobody reads any more, is no reason to lose a
  /// training: what cannot be written is dropped. (Foundation's `FileHandle` would trap.)
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

  /// Tells of a failure: the one place that says how such a line begins.
  static func write(error sentence: String) { write("Error: \(sentence)\n") }
}

/// The three files that a program is started with.
enum StandardFiles {
  /// Writes out what was printed.
  ///
  /// - Throws: `AudioFileError` `.writeFailed` when it cannot be written, as to a full disk; a reader
  ///   that has gone is no failure.
  static func flushOutput() throws(AudioFileError) {
    guard fflush(nil) != 0, errno != EPIPE else { return }
    throw AudioFileError(
      .writeFailed, path: "standard output",
      reason:
        "cannot be written: \(String(cString: strerror(errno))); make room there")
  }

  /// Makes sure that each of them is open, and that a pipe whose reader has gone does not end the
  /// program.
  ///
  /// The next file to be opened takes the lowest free number. Were standard error closed, that could
  /// be a sound file, and the progress would be written into it.
  static func secure() {
    for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) < 0 {
      _ = open("/dev/null", O_RDWR)
    }
    signal(SIGPIPE, SIG_IGN)
  }
}
