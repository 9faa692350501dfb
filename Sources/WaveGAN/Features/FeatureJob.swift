import AudioFiles
import Foundation
import Spectra
import Synchronization

/// Writes the spectrogram features of recordings to a file for NumPy.
///
///     let survey = try DatasetSurvey(paths: ["drums"])
///     let job = FeatureJob(settings: try FeatureSettings(sampleRate: 16_000), file: "drums.npz")
///     try job.run(survey)
///
/// The arrays are in the article <doc:Features>.
public struct FeatureJob: Sendable {
  /// Which features.
  public var settings: FeatureSettings
  /// The file to make, `.npz` by custom.
  public var file: String
  /// Where features are looked for and kept; nil for nowhere.
  public var cache: FeatureCache?
  /// Whether a file that is there already is replaced.
  public var overwrites: Bool

  /// A job that writes `file`.
  public init(
    settings: FeatureSettings, file: String, cache: FeatureCache? = .default,
    overwrites: Bool = false
  ) {
    self.settings = settings
    self.file = file
    self.cache = cache
    self.overwrites = overwrites
  }

  /// What became of the recordings.
  public struct Result: Sendable {
    /// Recordings whose features are in the file.
    public var clipCount = 0
    /// How many of them were in the cache.
    public var cachedCount = 0
    /// Frames of all of them.
    public var frameCount = 0
    /// Every file that is not used, with its reason, by path.
    public var rejected: [RejectedFile] = []
  }

  /// Features that are kept in memory; the rest waits in a file without a name.
  private static let memoryLimit = 256 << 20

  /// Makes the folder of a file, and sure that the file can be made there, before work is done for
  /// it.
  ///
  /// - Throws: `AudioFileError` `.exists` or `.cannotCreate`.
  public static func makeFolder(of file: String, overwrites: Bool) throws {
    try AtomicFile.checkIsFree(file, overwrites: overwrites)
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
    try AtomicFile.makeFolder(folder)
    guard access(folder, W_OK) == 0 else {
      throw AudioFileError(
        .cannotCreate, path: file, reason: "cannot be created: \(String(cString: strerror(errno)))")
    }
  }

  /// Makes the features and writes the file, whole or not at all.
  ///
  /// Clips are in the order of the survey. The bytes do not depend on the number of threads, nor on
  /// what was in the cache. A recording that cannot be decoded is told in the result. Memory: for each
  /// thread one recording with its features, and 256 MiB of features that are done.
  ///
  /// - Parameters:
  ///   - survey: the recordings.
  ///   - threadCount: nil: one for each core.
  ///   - progress: called after each recording, from several threads; what it throws ends the work.
  ///   - shouldStop: asked before each recording, and while the file is written.
  /// - Returns: the counts; with no clip, no file was written.
  /// - Throws: `AudioFileError` when the file cannot be written or is one of the recordings, ``DatasetError`` `.cacheFailed` when
  ///   there is no room for what does not fit into memory, `CancellationError` when it was stopped.
  @discardableResult
  public func run(
    _ survey: DatasetSurvey, threadCount: Int? = nil,
    progress: @escaping @Sendable (_ done: Int, _ total: Int) throws -> Void = { _, _ in },
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) throws -> Result {
    try Self.makeFolder(of: file, overwrites: overwrites)
    guard !survey.files.contains(where: { AtomicFile.isSameFile($0.path, file) }) else {
      throw AudioFileError(
        .exists, path: file, reason: "is one of the recordings; choose another name")
    }
    defer { cache?.prune() }
    let reader = FeatureReader(settings, cache: cache)
    let budget = MemoryBudget(bytes: Self.memoryLimit)
    let folder = FileManager.default.temporaryDirectory.path
    let counter = ProgressCounter(total: survey.files.count, report: progress)
    let cachedCount = Atomic(0)
    let read = try survey.files.parallelMap(threadCount: threadCount) {
      SampleWriter(budget: budget, cacheFolder: folder)
    } _: { writer, file -> Swift.Result<FeatureArchive.Clip, AudioFileError> in
      if shouldStop() { throw CancellationError() }
      let result: Swift.Result<FeatureArchive.Clip, AudioFileError>
      do {
        let (features, wasCached) = try reader.features(of: file)
        if wasCached { cachedCount.add(1, ordering: .relaxed) }
        try writer.append(features.values.span)
        result = .success(.init(file: file, features: writer.finish()))
      } catch let error as AudioFileError {
        result = .failure(error)
      } catch let error as DatasetError where error.code == .cacheFailed {
        throw DatasetError(
          .cacheFailed, folder,
          "cannot hold the features that do not fit into memory; free some space there, or name "
            + "another folder by TMPDIR")
      }
      try counter.advance()
      return result
    }
    let archive = FeatureArchive(
      extractor: reader.extractor, clips: read.compactMap { try? $0.get() })
    var result = Result(rejected: survey.rejected)
    for case .failure(let error) in read { result.rejected.append(RejectedFile(error)) }
    result.rejected.sort { $0.path < $1.path }
    result.clipCount = archive.clips.count
    result.cachedCount = cachedCount.load(ordering: .relaxed)
    result.frameCount = archive.frameCount
    if result.clipCount > 0 {
      try archive.write(to: file, overwrites: overwrites, shouldStop: shouldStop)
    }
    return result
  }
}
