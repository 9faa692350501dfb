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
  /// - Throws: `AudioFileError` when the shortened file cannot be written.
  init(path: String, keepingUpTo step: Int) throws {
    self.path = path
    lines = Self.lines(at: path).filter { $0.step <= step }
    var bytes: [UInt8] = []
    for line in lines { bytes += try Self.encode(line) }
    try AtomicFile.write(bytes, to: path, overwrites: true)
  }

  /// The lines of a log that can be read, in order.
  static func lines(at path: String) -> [MetricsLine] {
    guard let bytes = FileManager.default.contents(atPath: path) else { return [] }
    let decoder = JSONDecoder()
    return bytes.split(separator: 0x0A).compactMap {
      try? decoder.decode(MetricsLine.self, from: Data($0))
    }
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
