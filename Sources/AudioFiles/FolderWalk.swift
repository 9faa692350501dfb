import Foundation

/// The walk behind ``FolderScan``: first what is really there, then what links lead to.
struct FolderWalk {
  private(set) var rejected: [AudioFileError] = []
  private var found: [FolderScan.Entry] = []
  private var waiting: [Place] = []
  private var links: [Place] = []
  private var firstPaths: [FileIdentity: String] = [:]

  /// Something under a root: a file, a folder or a link.
  private struct Place {
    var root: String
    var components: [String]

    var path: String {
      if components.isEmpty { return root }
      let inside = components.joined(separator: "/")
      return root == "." ? inside : root.hasSuffix("/") ? root + inside : root + "/" + inside
    }
  }

  /// Two names lead to the same file or folder exactly when these are equal.
  private struct FileIdentity: Hashable {
    var device: UInt64
    var number: UInt64

    init(_ status: stat) {
      device = UInt64(truncatingIfNeeded: status.st_dev)
      number = UInt64(truncatingIfNeeded: status.st_ino)
    }
  }

  /// Walks one file or folder.
  ///
  /// - Returns: the files found, by the bytes of their relative paths.
  mutating func entries(under path: String) -> [FolderScan.Entry] {
    visit(Self.rootPlace(of: path), followsLinks: true)
    repeat {
      while let place = waiting.popLast() { visit(place, followsLinks: false) }
      let batch = links
      links = []
      for link in batch { visit(link, followsLinks: true) }
    } while !waiting.isEmpty || !links.isEmpty
    defer { found = [] }
    return found.map { (entry: $0, bytes: Array($0.relativePath.utf8)) }
      .sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
      .map(\.entry)
  }

  private static func rootPlace(of path: String) -> Place {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      return Place(root: path, components: [])
    }
    guard let slash = path.lastIndex(of: "/") else { return Place(root: ".", components: [path]) }
    let folder = slash == path.startIndex ? "/" : String(path[..<slash])
    return Place(root: folder, components: [String(path[path.index(after: slash)...])])
  }

  private mutating func visit(_ place: Place, followsLinks: Bool) {
    let path = place.path
    var status = stat()
    guard lstat(path, &status) == 0 else {
      rejected.append(AudioFileError(opening: path, errno: errno))
      return
    }
    if status.st_mode & S_IFMT == S_IFLNK {
      if !followsLinks {
        links.append(place)
        return
      }
      guard stat(path, &status) == 0 else {
        let isDangling = errno == ENOENT
        rejected.append(
          isDangling
            ? AudioFileError(.notFound, path: path, reason: "is a link to something not there")
            : AudioFileError(opening: path, errno: errno))
        return
      }
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR:
      if isNew(status, path, kind: "folder") { list(place) }
    case S_IFREG where SideFiles.contains(place.components.last ?? ""):
      reject(.notAudio, path, "is not audio, going by its name")
    case S_IFREG:
      if isNew(status, path, kind: "file") {
        found.append(FolderScan.Entry(path: path, root: place.root, components: place.components))
      }
    default:
      reject(.notRegularFile, path, "is a pipe, socket or device, not a file")
    }
  }

  /// Remembers a file or folder; false, with a note, when it was reached before.
  private mutating func isNew(_ status: stat, _ path: String, kind: String) -> Bool {
    let identity = FileIdentity(status)
    if let first = firstPaths[identity] {
      reject(.duplicate, path, "is the same \(kind) as \(first.escapedForDisplay)")
      return false
    }
    firstPaths[identity] = path
    return true
  }

  /// The file that makes a folder a run.
  private static let runRecord = Array("run.json".utf8)

  /// Puts what is in a folder on the stack, so that it is visited in the order of names.
  private mutating func list(_ place: Place) {
    guard let directory = opendir(place.path) else {
      rejected.append(AudioFileError(opening: place.path, errno: errno))
      return
    }
    defer { closedir(directory) }
    var names: [[UInt8]] = []
    while let entry = readdir(directory) {
      // Not `entry.pointee.d_name`: an entry is shorter than its type says.
      let start = UnsafeRawPointer(entry) + MemoryLayout.offset(of: \dirent.d_name)!
      let length = strlen(start.assumingMemoryBound(to: CChar.self))
      let name = Array(UnsafeRawBufferPointer(start: start, count: length))
      if name.first != UInt8(ascii: ".") { names.append(name) }
    }
    // A run's previews are not what it is trained on, and change while it trains.
    if !place.components.isEmpty && names.contains(Self.runRecord) {
      reject(
        .notAudio, place.path, "holds a run.json, so it is a run of wavegan, not recordings")
      return
    }
    names.sort { $1.lexicographicallyPrecedes($0) }
    for bytes in names {
      if let name = String(validating: bytes, as: UTF8.self) {
        waiting.append(Place(root: place.root, components: place.components + [name]))
      } else {
        let shown = place.path + "/" + String(displayingBytes: bytes)
        reject(.badName, shown, "has a name that is not valid UTF-8; rename it")
      }
    }
  }

  private mutating func reject(_ code: AudioFileError.Code, _ path: String, _ reason: String) {
    rejected.append(AudioFileError(code, path: path, reason: reason))
  }
}
