import Foundation

extension TrainingOptions: Decodable {
  /// Reads options under their command-line names.
  ///
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

  /// The names of the options that are given, as in settings files.
  package var givenNames: [String] {
    OptionField.all.filter { $0.isGiven(self) }.map(\.name)
  }

  /// The largest settings file that is read, in bytes: more than the record of a run on a hundred
  /// thousand recordings has, and harmless.
  static let largestFileSize = 64 << 20

  /// Reads a settings file: one JSON object with command-line names (`{"dim": 32}`), or one that has
  /// such an object under the name `settings`, as a run's `run.json` does.
  ///
  /// - Throws: ``SettingsError`` naming the file, and in it the name or value that is wrong.
  public init(contentsOf path: String) throws {
    // Opening a pipe would wait until someone writes to it.
    var status = stat()
    guard stat(path, &status) != 0 || [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) else {
      throw SettingsError(
        .unreadableFile, path, "is no regular file; give the path of a settings file")
    }
    let data: Data
    do {
      let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      data = try file.read(upToCount: Self.largestFileSize + 1) ?? Data()
    } catch CocoaError.fileNoSuchFile, CocoaError.fileReadNoSuchFile {
      throw SettingsError(.fileNotFound, path, "is not there; check the path of the settings file")
    } catch {
      throw SettingsError(
        .unreadableFile, path,
        "cannot be read; check that it is a settings file, and its permissions")
    }
    do {
      guard data.count <= Self.largestFileSize else {
        throw SettingsError(
          .malformedFile, path,
          "is too large for a settings file; give one of at most "
            + "\(ByteCount(bytes: Self.largestFileSize))")
      }
      self = try JSONDecoder().decode(SettingsFile.self, from: data).options
    } catch let error as SettingsError where error.subject != path {
      throw SettingsError(error.code, "\(error.subject) in \(path)", error.reason)
    } catch is DecodingError {
      throw SettingsError(
        .malformedFile, path,
        "is not a settings file; write one JSON object, such as {\"dim\": 32, \"steps\": 1000}")
    }
  }
}

/// What is in a settings file: options, or an object that holds them as `settings`.
private struct SettingsFile: Decodable {
  let options: TrainingOptions

  init(from decoder: any Decoder) throws {
    let key = OptionName("settings")
    let container = try decoder.container(keyedBy: OptionName.self)
    options =
      container.contains(key)
      ? try container.decode(TrainingOptions.self, forKey: key).completed(with: .leftOutOfRecords)
      : try TrainingOptions(from: decoder)
  }
}

extension TrainingOptions {
  /// The values of options that a run's record leaves out, as its settings are written as they were
  /// before there were these options; presets may have others.
  static var leftOutOfRecords: TrainingOptions {
    var options = TrainingOptions()
    options.alignsOnset = false
    options.generator = .wavegan
    options.discriminators = .waveform
    options.isConditional = false
    options.warmUpSteps = 0
    options.warmUpNoise = 0
    options.warmUpPull = 0
    options.priorBandwidth = 1
    options.reconstruction = 0
    options.penaltyEvery = 1
    options.augmentation = 0
    options.ditherDecibels = 0
    return options
  }
}
