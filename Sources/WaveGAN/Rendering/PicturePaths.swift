import AudioFiles
import Foundation

/// Where each recording's picture goes, below the folder of all pictures; no two go to one place.
///
///     drums/kick/a.wav   →  kick/a.wav.png, or drums/kick/a.wav.png where there are several roots
///
/// Of several roots, each has a folder with its own name, so that equal names in them do not meet. A
/// name that is taken already gets a number, one that is too long is cut.
struct PicturePaths {
  /// A path for each recording.
  let paths: [String]

  /// The most bytes in the name of a picture, without `.png` and a number; file systems end at 255.
  private static let nameLimit = 240

  /// - Parameters:
  ///   - entries: the recordings.
  ///   - taken: paths that something else has.
  init(of entries: [FolderScan.Entry], taken: Set<String>) {
    var taken = taken
    var folders: [String: String] = [:]
    for root in entries.map(\.root) where folders[root] == nil {
      let name = URL(fileURLWithPath: root).standardizedFileURL.lastPathComponent
      folders[root] = Self.free(name, suffix: "", taken: Set(folders.values))
    }
    paths = entries.map { entry in
      var components = folders.count > 1 ? [folders[entry.root] ?? ""] : []
      components += entry.components.dropLast()
      components.append(Self.cut(entry.components.last ?? ""))
      let path = Self.free(components.joined(separator: "/"), suffix: ".png", taken: taken)
      taken.insert(path)
      return path
    }
  }

  /// `name` with `suffix`, and with a number between them if another has that already.
  private static func free(_ name: String, suffix: String, taken: Set<String>) -> String {
    var path = name + suffix
    var number = 2
    while taken.contains(path) {
      path = "\(name)-\(number)\(suffix)"
      number += 1
    }
    return path
  }

  /// The name, cut where it is too long for a file's.
  private static func cut(_ name: String) -> String {
    guard name.utf8.count > nameLimit else { return name }
    var cut = ""
    for character in name {
      guard cut.utf8.count + character.utf8.count <= nameLimit - 3 else { break }
      cut.append(character)
    }
    return cut + "…"
  }
}
