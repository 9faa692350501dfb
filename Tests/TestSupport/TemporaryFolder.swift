import Foundation

/// A new folder for one test, removed with everything in it when its owner goes.
package final class TemporaryFolder {
  /// Where it is, without a slash at the end.
  package let path: String

  package init() throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("wavegan-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of something inside; the folders on the way to it are made.
  package func file(_ relativePath: String) throws -> String {
    let file = path + "/" + relativePath
    try FileManager.default.createDirectory(
      atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    return file
  }

  /// Makes a file of these bytes, and says where.
  @discardableResult
  package func write(_ bytes: [UInt8], to relativePath: String) throws -> String {
    let file = try file(relativePath)
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }
}
