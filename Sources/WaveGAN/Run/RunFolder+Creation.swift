import AudioFiles
import Foundation

extension RunFolder {
  /// The folder that holds the run's.
  var parent: String {
    let url = URL(fileURLWithPath: path).standardizedFileURL.deletingLastPathComponent()
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
  /// - Throws: ``RunError`` `.exists` or `.busy`.
  func checkIsFree(replaces: Bool) throws(RunError) {
    guard isTaken else { return }
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
    _ = try RunLock(of: self)
  }

  /// Makes the folder with its first files, in one step.
  ///
  /// - Throws: ``RunError`` `.exists` or `.cannotWrite`, or `AudioFileError`.
  func create(record: RunRecord, report: DatasetReport, replaces: Bool) throws {
    try checkIsFree(replaces: replaces)
    let manager = FileManager.default
    let name = ".partial-" + String(UInt64.random(in: .min ... .max), radix: 36)
    let partial = RunFolder(parent + "/" + name)
    do {
      try manager.createDirectory(
        atPath: partial.checkpoints, withIntermediateDirectories: true)
      try manager.createDirectory(atPath: partial.previews, withIntermediateDirectories: true)
      try AtomicFile.writeJSON(report, to: partial.dataset, overwrites: true)
      try AtomicFile.writeJSON(record, to: partial.record, overwrites: true)
      if manager.fileExists(atPath: path) { try manager.removeItem(atPath: path) }
      try manager.moveItem(atPath: partial.path, toPath: path)
      try AtomicFile.synchronizeFolder(of: partial.path)
    } catch {
      try? manager.removeItem(atPath: partial.path)
      throw RunError(.cannotWrite, path, "cannot be made: \(error)")
    }
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
