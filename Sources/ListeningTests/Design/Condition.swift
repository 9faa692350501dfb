import Foundation
import WaveGAN

/// One of the systems that a test compares: `NAME=SOURCE` on the command line.
package struct Condition: Codable, Sendable, Hashable {
  package var name: String
  /// As it was said.
  package var source: String

  package init(name: String, source: String) {
    self.name = name
    self.source = source
  }

  /// Reads `NAME=SOURCE`.
  ///
  /// - Throws: ``ListeningTestError`` `.refused`.
  package init(argument: String) throws(ListeningTestError) {
    guard let equals = argument.firstIndex(of: "=") else {
      throw ListeningTestError(
        .refused, "--condition \(argument)", "has no “=”; give a name and a source: new=drums.run")
    }
    name = String(argument[..<equals])
    source = String(argument[argument.index(after: equals)...])
    let characters = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
    guard !name.isEmpty, name.count <= 40, name.allSatisfy(characters.contains),
      name.first != ".", name.first != "-"
    else {
      throw ListeningTestError(
        .refused, "--condition \(argument)",
        "needs a name of letters, digits, “.”, “_” and “-” before the “=”, up to 40 of them")
    }
    guard !["anchor35", "anchor70"].contains(name) else {
      throw ListeningTestError(
        .refused, "--condition \(argument)",
        "has a name that the tool's own anchors have; choose another")
    }
    guard !source.isEmpty else {
      throw ListeningTestError(
        .refused, "--condition \(argument)",
        "has no source; give a run, run@STEP, a folder of clips, or real")
    }
  }

  /// The source however it was written: a path without links, “..” and a slash at its end, and a run's
  /// latest step as the run.
  var plainSource: String {
    guard source != "real" else { return source }
    let path = source.hasSuffix("@latest") ? String(source.dropLast("@latest".count)) : source
    return URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
  }

  /// The name of the condition that `mushra` compares the others with.
  static let referenceName = "reference"

  /// Where clips come from.
  enum Source {
    /// Recordings that no training heard.
    case real
    case run(String, RunFolder.CheckpointChoice)
    case folder(String)
  }

  /// What the source is, by what is there.
  ///
  /// - Throws: ``ListeningTestError`` `.notFound`.
  func resolved() throws(ListeningTestError) -> Source {
    if source == "real" { return .real }
    func isRun(_ path: String) -> Bool {
      FileManager.default.fileExists(atPath: RunFolder(path).record)
    }
    if isRun(source) { return .run(source, .latest) }
    if FileManager.default.fileExists(atPath: source) { return .folder(source) }
    if let at = source.lastIndex(of: "@"), isRun(String(source[..<at])) {
      let folder = String(source[..<at])
      switch source[source.index(after: at)...] {
      case "latest": return .run(folder, .latest)
      case "best": return .run(folder, .best)
      case let step:
        if let step = Int(step), step >= 0 { return .run(folder, .step(step)) }
      }
    }
    throw ListeningTestError(
      .notFound, "--condition \(name)=\(source)",
      "is neither a run nor a folder; give a run, run@STEP, a folder of clips, or real")
  }
}
