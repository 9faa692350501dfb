import AudioFiles
import Foundation

extension RunFolder {
  /// The folder that holds the run's; it may not be there yet.
  private var parent: String {
    URL(fileURLWithPath: path).standardizedFileURL.deletingLastPathComponent().path
  }

  /// The nearest thing above the run's folder that is there: where files can be put before the
  /// run is made.
  var nearestFolder: String {
    var url = URL(fileURLWithPath: parent)
    while !FileManager.default.fileExists(atPath: url.path) && url.path != "/" {
      url.deleteLastPathComponent()
    }
    return url.path
  }

  /// Whether anything but an empty folder is at the path.
  private var isTaken: Bool {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return false }
    let contents = try? FileManager.default.contentsOfDirectory(atPath: path)
    return !isFolder.boolValue || contents?.isEmpty != true
  }

  /// Makes sure that a run can be made here, before any work is done for it.
  ///
  /// Only a folder with the readable record of a run is ever replaced, and only while nobody trains
  /// it.
  ///
  /// - Returns: the lock of the run that will be replaced, to be held until it is; nil if there is
  ///   none.
  /// - Throws: ``RunError`` `.exists`, `.busy` or `.cannotCreate`.
  func checkIsFree(replaces: Bool) throws(RunError) -> RunLock? {
    var status = stat()
    guard lstat(path, &status) != 0 || status.st_mode & S_IFMT != S_IFLNK else {
      throw RunError(
        .exists, path, "is a symbolic link; name the folder itself that the run should be made in")
    }
    guard isTaken else {
      // As good as can be told beforehand; most of the time goes by before the folder is made.
      var isFolder: ObjCBool = false
      let nearest = nearestFolder
      guard FileManager.default.fileExists(atPath: nearest, isDirectory: &isFolder),
        isFolder.boolValue, access(nearest, W_OK) == 0
      else {
        throw RunError(
          .cannotCreate, path,
          "cannot be made: \(nearest.escapedForDisplay) is not a folder that can be written to; "
            + "choose another place")
      }
      return nil
    }
    guard (try? RunRecord(of: self)) != nil else {
      throw RunError(
        .exists, path, "exists and is not a run, so nothing is made there; choose another folder")
    }
    guard replaces else {
      throw RunError(
        .exists, path,
        "holds a run already; go on with train --resume, choose another folder, or replace it "
          + "with --force")
    }
    return try RunLock(of: self)
  }

  /// Makes the folder with its first files, in one step.
  ///
  /// A run that is replaced is first put aside under a hidden name, and removed when the new one is
  /// in its place, so that there is always one of them.
  ///
  /// - Parameter replaced: the lock of the run that ``checkIsFree(replaces:)`` found here.
  /// - Returns: the lock of the new run.
  /// - Throws: ``RunError`` `.exists`, `.cannotCreate` or `.cannotWrite`.
  func create(record: RunRecord, report: DatasetReport, replacing replaced: RunLock?) throws
    -> RunLock
  {
    if replaced == nil { _ = try checkIsFree(replaces: false) }
    do {
      try AtomicFile.makeFolder(parent)
      let partial = RunFolder(parent + "/" + AtomicFile.hiddenName("partial"))
      defer { try? FileManager.default.removeItem(atPath: partial.path) }
      try AtomicFile.makeFolder(partial.checkpoints)
      try AtomicFile.makeFolder(partial.previews)
      try AtomicFile.writeJSON(report, to: partial.dataset, overwrites: true)
      try AtomicFile.writeJSON(record, to: partial.record, overwrites: true)
      let lock = try RunLock(of: partial)
      try takePlace(with: partial, isReplacing: replaced != nil)
      return lock
    } catch let error as AudioFileError {
      throw RunError(
        error.code == .writeFailed ? .cannotWrite : .cannotCreate, path,
        error.reason + "; choose another place, or make room there")
    }
  }

  /// Puts a finished folder in this place, and removes the run that it replaces.
  ///
  /// The system lets a folder take the place of nothing or of an empty folder only, so of two runs
  /// that begin at once one is refused.
  private func takePlace(with finished: RunFolder, isReplacing: Bool) throws {
    let old = parent + "/" + AtomicFile.hiddenName("replaced")
    guard !isReplacing || rename(path, old) == 0 else { throw cannotCreate(errno) }
    guard rename(finished.path, path) == 0 else {
      let failure = errno
      if isReplacing { rename(old, path) }
      if failure == ENOTEMPTY || failure == EEXIST {
        throw RunError(
          .exists, path, "was made meanwhile by another program; choose another folder")
      }
      throw cannotCreate(failure)
    }
    try AtomicFile.synchronizeFolder(of: finished.path)
    // The run is made; what cannot be removed is hidden and in nobody's way.
    if isReplacing { try? FileManager.default.removeItem(atPath: old) }
  }

  private func cannotCreate(_ errno: Int32) -> RunError {
    RunError(.cannotCreate, path, "cannot be made: \(String(cString: strerror(errno)))")
  }

  /// The newest checkpoint.
  ///
  /// - Throws: ``RunError`` `.notFound`.
  func latestCheckpoint() throws(RunError) -> String {
    guard let step = checkpointSteps.last else {
      throw RunError(.notFound, path, "holds no checkpoint; give the folder of a run")
    }
    return checkpoint(step: step)
  }
}
