import Foundation

/// The recordings under some files and folders, found recursively, in an order that depends on names
/// only.
///
/// Every regular file counts as a recording until decoding says otherwise, but what is
/// plainly something else by its name (`.txt`, `.csv`, `.png`, `LICENSE`, …) is rejected here.
/// Hidden files and folders, whose names begin with a dot, are passed over without a word unless
/// named as a root. A folder with a `run.json` is a run, and is rejected with all that it holds unless
/// named as a root. Links are followed after everything that is really there, so that a file or folder
/// reached twice keeps its own name; a link back into a folder already seen ends there.
public struct FolderScan: Sendable, Hashable {
  /// A file to try.
  public struct Entry: Sendable, Hashable {
    /// Where to open it.
    public let path: String

    /// The folder it was found under; for a file named as a root, the folder it is in.
    public let root: String

    /// The path from the root to it: sub-folders, then its own name.
    public let components: [String]

    /// ``components`` joined by `/`.
    public var relativePath: String { components.joined(separator: "/") }
  }

  /// What was found: roots in the order given, within each by the bytes of ``Entry/relativePath``.
  public private(set) var entries: [Entry] = []

  /// What was left out, each with its reason.
  public private(set) var rejected: [AudioFileError] = []

  /// Scans files and folders.
  ///
  /// - Throws: ``AudioFileError`` `.notFound` when one of `paths` is not there.
  public init(paths: [String]) throws(AudioFileError) {
    for path in paths {
      var status = stat()
      guard stat(path, &status) == 0 else { throw AudioFileError(opening: path, errno: errno) }
    }
    var walk = FolderWalk()
    for path in paths {
      entries += walk.entries(under: path)
    }
    rejected = walk.rejected
  }
}
