import AudioFiles
import Foundation

/// Decoded recordings, ready to be cut into the windows that the networks see.
///
/// Recordings are ordered by label, then by digest: what a training computes depends on what is
/// recorded and how it is labelled, not on where the files are or what they are called.
public final class Dataset: Sendable {
  public let settings: DataSettings

  /// The recordings in use, by label, then by digest.
  public let clips: [DatasetClip]

  /// Every file that is not used, with its reason.
  public let rejected: [RejectedFile]

  /// The labels of the recordings in use, in order; each has a recording for training.
  public let labels: [String]

  private let samples: [StoredSamples]
  private let cutter: WindowCutter
  private let survey: DatasetSurvey
  /// For each label, what training draws from.
  let trainingWindows: [[ClipWindow]]

  /// A place in a recording where a window is cut.
  public struct ClipWindow: Sendable, Hashable {
    /// Index in ``Dataset/clips``.
    public var clip: Int
    /// Index in ``Dataset/labels``.
    public var label: Int
    /// First frame, from the start of the kept range; nil where each draw takes a random one.
    public var start: Int?

    package init(clip: Int, label: Int, start: Int?) {
      self.clip = clip
      self.label = label
      self.start = start
    }
  }

  /// Decodes the recordings of a survey.
  ///
  /// A recording that turns out to be damaged, empty or silent is rejected and the rest goes on, so
  /// that the dataset may be empty; ``checkUsable()`` tells.
  ///
  /// - Parameters:
  ///   - survey: made with the labels of `settings`.
  ///   - settings: how recordings become windows.
  ///   - memoryLimit: bytes of samples that stay in memory; the rest goes to files without names in
  ///     `cacheFolder`, which vanish with the dataset. nil: a quarter of this computer's memory.
  ///   - cacheFolder: nil: the system's folder for temporary files.
  ///   - threadCount: threads that decode, without influence on the result; nil: one for each core.
  ///   - progress: called after each file with how many were decoded, and of how many; what it
  ///     throws ends the work.
  /// - Throws: ``DatasetError`` `.cacheFailed`, and what `progress` throws.
  public init(
    decoding survey: DatasetSurvey, settings: DataSettings, memoryLimit: ByteCount? = nil,
    cacheFolder: String? = nil,
    threadCount: Int? = nil,
    progress: @escaping @Sendable (_ done: Int, _ total: Int) throws -> Void = { _, _ in }
  ) throws {
    self.settings = settings
    self.survey = survey
    cutter = WindowCutter(
      windowLength: settings.windowLength, channelCount: settings.channelCount,
      sampleRate: settings.sampleRate)

    let decoder = ClipDecoder(
      settings: settings, memoryLimit: memoryLimit ?? .quarterOfMemory,
      cacheFolder: cacheFolder ?? FileManager.default.temporaryDirectory.path)
    let decoded = try decoder.decode(survey.files, threadCount: threadCount, progress: progress)
    let usable = decoded.clips.sorted {
      ($0.clip.label, $0.clip.digest) < ($1.clip.label, $1.clip.digest)
    }
    let held = Holdout.digests(
      of: usable.map { ($0.clip.label, $0.clip.digest) }, part: settings.holdout)
    let clips = usable.map { decoded in
      var clip = decoded.clip
      clip.part = held.contains(clip.digest) ? .heldOut : .training
      return clip
    }
    let labels = Set(clips.map(\.label)).sorted()
    self.clips = clips
    self.labels = labels
    samples = usable.map(\.samples)
    rejected = (survey.rejected + decoded.rejected).sorted { $0.path < $1.path }
    trainingWindows = Self.windows(of: .training, clips: clips, labels: labels, settings: settings)
  }

  /// Decodes recordings, and lets them decide what options leave open.
  ///
  /// The window is chosen by what is used of each recording: without those that turned out to be
  /// damaged or silent, and without the silence that `--trim-silence` cuts off.
  ///
  /// - Parameters:
  ///   - survey: made with the labels of `options`.
  ///   - options: what was asked for.
  ///   - memoryLimit: bytes of samples that stay in memory, as in
  ///     ``init(decoding:settings:memoryLimit:cacheFolder:threadCount:progress:)``.
  ///   - cacheFolder: for recordings that memory has no room for.
  ///   - threadCount: threads that decode.
  ///   - progress: called after each file; what it throws ends the work.
  /// - Returns: the dataset, which rejects files as that does, and the settings it was made with.
  /// - Throws: as ``TrainingOptions/resolved(for:lengths:labelCounts:)``; ``DatasetError`` `.cacheFailed`; and
  ///   what `progress` throws.
  public static func decode(
    _ survey: DatasetSurvey, options: TrainingOptions, memoryLimit: ByteCount? = nil,
    cacheFolder: String? = nil, threadCount: Int? = nil,
    progress: @escaping @Sendable (_ done: Int, _ total: Int) throws -> Void = { _, _ in }
  ) throws -> (dataset: Dataset, resolved: ResolvedSettings) {
    let byHeaders = try options.resolved(for: survey)
    let dataset = try Dataset(
      decoding: survey, settings: byHeaders.settings.data, memoryLimit: memoryLimit,
      cacheFolder: cacheFolder, threadCount: threadCount, progress: progress)
    guard !dataset.clips.isEmpty else { return (dataset, byHeaders) }
    let rate = Double(dataset.settings.sampleRate)
    let training = dataset.clips.filter { $0.part == .training }
    let resolved = try options.resolved(
      for: survey, lengths: dataset.clips.map { Double($0.preparation.frameCount) / rate },
      labelCounts: Dictionary(grouping: training, by: \.label).mapValues(\.count))
    return (Dataset(dataset, settings: resolved.settings.data), resolved)
  }

  /// The same decoded recordings with another window.
  private init(_ dataset: Dataset, settings: DataSettings) {
    self.settings = settings
    survey = dataset.survey
    cutter = WindowCutter(
      windowLength: settings.windowLength, channelCount: settings.channelCount,
      sampleRate: settings.sampleRate)
    let clips = dataset.clips.map { $0.counted(by: settings) }
    self.clips = clips
    labels = dataset.labels
    samples = dataset.samples
    rejected = dataset.rejected
    trainingWindows = Self.windows(
      of: .training, clips: clips, labels: dataset.labels, settings: settings)
  }

  /// What became of every file.
  public var report: DatasetReport { DatasetReport(used: clips, rejected: rejected) }

  /// - Throws: ``DatasetError`` `.nothingUsable` when there is no recording.
  public func checkUsable() throws {
    guard !clips.isEmpty else { throw survey.nothingUsable }
  }

  /// How many recordings are in a file because memory did not suffice.
  package var spilledClipCount: Int { samples.count { !$0.isInMemory } }

  /// How many numbers of recordings are in memory.
  package var sampleCountInMemory: Int {
    samples.reduce(0) { $0 + ($1.isInMemory ? $1.count : 0) }
  }

  // MARK: Cutting

  /// Numbers in a window, T·C.
  public var windowSampleCount: Int { settings.windowLength * settings.channelCount }

  /// Cuts a window, prepared, padded and faded.
  ///
  /// - Parameters:
  ///   - window: a place in one of the recordings.
  ///   - samples: `[T, C]`; every element is written.
  /// - Precondition: `samples` has T·C elements; checked in every build.
  public func cut(_ window: ClipWindow, into samples: inout MutableSpan<Float>) {
    self.samples[window.clip].withSamples { recording in
      cutter.cut(
        recording, clips[window.clip].preparation, from: window.start ?? 0, into: &samples)
    }
  }

  /// Cuts a window, prepared, padded and faded: `[T, C]`.
  public func samples(of window: ClipWindow) -> [Float] {
    var result = [Float](repeating: 0, count: windowSampleCount)
    var span = result.mutableSpan
    cut(window, into: &span)
    return result
  }
}

extension ByteCount {
  /// A quarter of this computer's memory.
  static var quarterOfMemory: ByteCount {
    ByteCount(bytes: Int(ProcessInfo.processInfo.physicalMemory / 4))
  }
}
