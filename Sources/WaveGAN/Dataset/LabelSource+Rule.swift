extension DataSettings.LabelSource {
  /// The label of a file.
  ///
  ///     folders   kit/snare/a.wav under kit → snare;  kit/a.wav under kit → kit
  ///     prefix    7_jackson_0.wav → 7;  kick01.wav → kick;  rain.wav → rain
  ///
  /// - Parameters:
  ///   - folder: the folder that was asked for, absolute; for a single file, the one it is in.
  ///   - components: the file's path from there: sub-folders, then its own name.
  func label(folder: String, components: [String]) -> String {
    switch self {
    case .folders:
      if components.count > 1 { return components[0] }
      return folder.split(separator: "/").last.map(String.init) ?? "/"
    case .prefix:
      let name = Substring(components.last ?? "")
      return Self.prefix(of: name.lastIndex(of: ".").map { name[..<$0] } ?? name)
    }
  }

  /// A name up to its first `_` or, without one, up to its first change between letters and
  /// digits; the whole name where that leaves nothing.
  private static func prefix(of name: Substring) -> String {
    var end = name.firstIndex(of: "_")
    if end == nil {
      end =
        zip(name.indices, name.indices.dropFirst()).first { before, after in
          name[before].isLetter && name[after].isNumber
            || name[before].isNumber && name[after].isLetter
        }?.1
    }
    let prefix = name[..<(end ?? name.endIndex)]
    return String(prefix.isEmpty ? name : prefix)
  }
}
