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
    try provenance.checkRun(run, file: file)
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

extension ClipProvenance {
  /// Makes sure that a run made the file with this provenance.
  ///
  /// - Parameters:
  ///   - folder: the run.
  ///   - file: the file's path, for messages.
  /// - Throws: ``RunError`` `.unusable` when it was another, or when there is no such run.
  public func checkRun(_ folder: RunFolder, file: String) throws {
    let id = try RunRecord(of: folder).id
    guard id == run else {
      throw RunError(
        .unusable, file,
        "was made by the run \(run), and \(folder.path.escapedForDisplay) is \(id); "
          + "give the folder of that run")
    }
  }

  /// Makes sure that a renderer has the very weights that made the file with this provenance.
  ///
  /// - Parameters:
  ///   - renderer: renders from the checkpoint of the same run and step.
  ///   - folder: the run.
  ///   - file: the file's path, for messages.
  /// - Throws: ``RunError`` `.unusable` when the checkpoint is another by now.
  public func checkWeights(
    _ renderer: Renderer, of folder: RunFolder, file: String
  ) throws(RunError) {
    guard renderer.checkpointDigest == checkpoint else {
      throw RunError(
        .unusable, file,
        "was made from a checkpoint of step \(step) that \(folder.path.escapedForDisplay) no longer "
          + "has; to walk with another, choose it with --step")
    }
  }
}
