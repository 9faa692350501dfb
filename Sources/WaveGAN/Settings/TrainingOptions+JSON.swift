import Foundation

extension TrainingOptions: Codable {
  /// - Throws: ``SettingsError`` for a name that no option has, or a value of another type.
  public init(from decoder: any Decoder) throws {
    self.init()
    let container = try decoder.container(keyedBy: OptionName.self)
    let known = OptionField.all.map(\.name)
    for name in container.allKeys.map(\.stringValue).sorted() where !known.contains(name) {
      let nearest = Spelling.nearest(to: name, in: known) ?? "preset"
      throw SettingsError(
        .unknownName, "\"\(name)\"",
        "no option has this name; the nearest is \"\(nearest)\"")
    }
    for field in OptionField.all { try field.decode(&self, container) }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: OptionName.self)
    for field in OptionField.all { try field.encode(self, &container) }
  }

  /// The largest settings file that is read: far more than any has, and harmless.
  static let largestFileSize = 1 << 20

  /// Reads a settings file: one JSON object with command-line names (`{"dim": 32}`).
  ///
  /// - Throws: ``SettingsError`` naming the file, and in it the name or value that is wrong.
  public init(contentsOf path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else {
      throw SettingsError(.fileNotFound, path, "there is no such settings file; check the path")
    }
    let data: Data
    do {
      let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      data = try file.read(upToCount: Self.largestFileSize + 1) ?? Data()
    } catch {
      throw SettingsError(
        .unreadableFile, path, "the settings file cannot be read; check its permissions")
    }
    do {
      guard data.count <= Self.largestFileSize else {
        throw SettingsError(.unreadableFile, path, "a settings file has at most 1 MiB")
      }
      self = try JSONDecoder().decode(TrainingOptions.self, from: data)
    } catch let error as SettingsError where error.subject != path {
      throw SettingsError(error.code, "\(path): \(error.subject)", error.reason)
    } catch is DecodingError {
      throw SettingsError(
        .unreadableFile, path,
        "a settings file is one JSON object, such as {\"dim\": 32, \"steps\": 1000}")
    }
  }
}
