import AudioFiles

extension Renderer {
  /// Loads the checkpoint that a rendered file came from, to render it again.
  ///
  /// - Parameters:
  ///   - provenance: of the file.
  ///   - file: its path, for messages.
  ///   - run: the run that made it.
  ///   - threadCount: without influence on what is rendered; nil: one for each core.
  /// - Throws: ``RunError`` when it was another run, or the checkpoint is no longer there.
  public convenience init(
    recalling provenance: ClipProvenance, of file: String, run: RunFolder, threadCount: Int? = nil
  ) throws {
    let record = try RunRecord(of: run)
    guard record.id == provenance.run else {
      throw RunError(
        .unusable, file,
        "was made by the run \(provenance.run), and \(run.path.escapedForDisplay) is \(record.id); "
          + "give the folder of that run")
    }
    let path = run.checkpoint(step: provenance.step)
    guard run.checkpointSteps.contains(provenance.step),
      try ContentDigest(ofFile: path) == provenance.checkpoint
    else {
      throw RunError(
        .notFound, file,
        "was made from a checkpoint of step \(provenance.step) that \(run.path.escapedForDisplay) "
          + "no longer has, so it cannot be made again")
    }
    try self.init(
      run: run, checkpoint: .step(provenance.step), settings: provenance.settings,
      threadCount: threadCount)
  }
}
