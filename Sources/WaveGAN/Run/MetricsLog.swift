import AudioFiles
import Foundation

/// The file `metrics.jsonl`: a line for each report, appended as the training goes on.
///
/// After a crash the last line may be cut short, and there may be lines of steps that no checkpoint
/// has; ``init(path:keepingUpTo:)`` drops both.
struct MetricsLog {
  let path: String
  private(set) var lines: [MetricsLine] = []

  /// Opens the log of a run, or begins one.
  ///
  /// - Parameter step: the step of the checkpoint that the training goes on from.
  /// - Throws: ``RunError`` `.unusable` when the file cannot be read or is damaged: a history is never
  ///   wiped out; `AudioFileError` when the shortened file cannot be written.
  init(path: String, keepingUpTo step: Int) throws {
    self.path = path
    lines = try Self.lines(at: path).filter { $0.step <= step }
    try writeAll()
  }

  /// Puts another line in the place of the last.
  ///
  /// - Throws: `AudioFileError` when the file cannot be written.
  mutating func replaceLast(with line: MetricsLine) throws {
    lines[lines.count - 1] = line
    try writeAll()
  }

  private func writeAll() throws {
    var bytes: [UInt8] = []
    for line in lines { bytes += try Self.encode(line) }
    try AtomicFile.write(bytes, to: path, overwrites: true)
  }

  /// The lines of a log, in order; none where there is no file. Only the last may be cut short.
  ///
  /// - Throws: ``RunError`` `.unusable` when the file cannot be read, or another line is damaged.
  static func lines(at path: String) throws(RunError) -> [MetricsLine] {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      guard access(path, F_OK) != 0 && errno == ENOENT else {
        throw RunError(.unusable, path, "cannot be read; mend it, or move it away to begin it anew")
      }
      return []
    }
    let decoder = JSONDecoder()
    let texts = bytes.split(separator: 0x0A)
    var lines: [MetricsLine] = []
    for (index, text) in texts.enumerated() {
      if let line = try? decoder.decode(MetricsLine.self, from: Data(text)), line.isCredible {
        lines.append(line)
      } else if index < texts.count - 1 {
        throw RunError(
          .unusable, path,
          "is damaged in line \(index + 1); mend that line, or move the file away to begin it anew")
      }
    }
    return lines
  }

  /// Adds a line at the end of the file.
  ///
  /// - Throws: ``RunError`` `.cannotWrite` when it cannot be written.
  mutating func append(_ line: MetricsLine) throws {
    lines.append(line)
    do {
      let handle = try FileHandle(forWritingTo: URL(filePath: path))
      defer { try? handle.close() }
      try handle.seekToEnd()
      try handle.write(contentsOf: Data(Self.encode(line)))
    } catch {
      throw RunError(.cannotWrite, path, "cannot be written: \(error.localizedDescription)")
    }
  }

  private static func encode(_ line: MetricsLine) throws -> [UInt8] {
    Array(try JSONEncoder.forFiles.encode(line)) + [0x0A]
  }
}
