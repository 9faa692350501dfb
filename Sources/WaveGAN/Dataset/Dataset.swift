import AudioFiles
import Foundation
package import NeuralNet

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
  private let trainingWindows: [[ClipWindow]]

  /// A place in a recording where a window is cut.
  public struct ClipWindow: Sendable, Hashable {
    /// Index in ``Dataset/clips``.
    public var clip: Int
    /// Index in ``Dataset/labels``.
    public var label: Int
    /// First frame, from the start of the kept range; nil where each draw takes a random one.
    public var start: Int?
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
  ///   - memoryLimit: this and the others are as in
  ///     ``init(decoding:settings:memoryLimit:cacheFolder:threadCount:progress:)``, and so is what
  ///     is rejected.
  ///   - cacheFolder: for recordings that memory has no room for.
  ///   - threadCount: threads that decode.
  ///   - progress: called after each file.
  /// - Returns: the dataset, and the settings it was made with.
  /// - Throws: as ``TrainingOptions/resolved(for:lengths:)``; ``DatasetError`` `.cacheFailed`; and
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
    let resolved = try options.resolved(
      for: survey, lengths: dataset.clips.map { Double($0.preparation.frameCount) / rate })
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

  /// For each label, how many windows training draws from; each comes once in its epoch.
  package var trainingWindowCounts: [Int] { trainingWindows.map(\.count) }

  /// For each label, the window at the beginning of each of its recordings for training.
  package var trainingBeginnings: [[ClipWindow]] {
    labels.enumerated().map { label, name in
      clips.indices.filter { clips[$0].label == name && clips[$0].part == .training }
        .map { ClipWindow(clip: $0, label: label, start: 0) }
    }
  }

  /// The windows of a part, for each label.
  private static func windows(
    of part: DatasetPart, clips: [DatasetClip], labels: [String], settings: DataSettings
  ) -> [[ClipWindow]] {
    let indices = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, $0) })
    var windows = [[ClipWindow]](repeating: [], count: labels.count)
    for (index, clip) in clips.enumerated() where clip.part == part {
      guard let label = indices[clip.label] else { continue }
      windows[label] += settings.windowStarts(frameCount: clip.preparation.frameCount).map {
        ClipWindow(clip: index, label: label, start: $0)
      }
    }
    return windows
  }

  // MARK: Cutting

  /// The window that a draw stands for; one without a fixed place gets a random one.
  package func window(for draw: BatchSampler.Draw, random: inout RandomStream) -> ClipWindow {
    placed(trainingWindows[draw.label][draw.item], random: &random)
  }

  private func placed(_ window: ClipWindow, random: inout RandomStream) -> ClipWindow {
    var window = window
    if window.start == nil {
      let starts = SlicePositions.random(
        frameCount: clips[window.clip].preparation.frameCount,
        windowLength: settings.windowLength)
      window.start = random.nextInteger(below: starts.count)
    }
    return window
  }

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

  /// Windows for evaluation: in random order, the labels as evenly as the part has them, none twice.
  ///
  /// - Parameters:
  ///   - part: which recordings.
  ///   - limit: how many windows at most.
  ///   - seed: equal seeds give equal windows.
  /// - Returns: windows with a fixed place.
  public func windows(of part: DatasetPart, limit: Int = .max, seed: UInt64 = 0) -> [ClipWindow] {
    let byLabel = Self.windows(of: part, clips: clips, labels: labels, settings: settings)
    // The last step is no batch of any run, so these streams are not those of training.
    let step = Int(UInt32.max)
    let shuffled = byLabel.enumerated().map { label, windows in
      var random = RandomStream(seed: seed, purpose: .order, step: step, index: label)
      var windows = windows
      random.shuffle(&windows)
      return windows
    }
    var chosen: [ClipWindow] = []
    for place in 0..<(shuffled.map(\.count).max() ?? 0) {
      for windows in shuffled where place < windows.count && chosen.count < limit {
        var random = RandomStream(
          seed: seed, purpose: .offset, step: step, index: chosen.count)
        chosen.append(placed(windows[place], random: &random))
      }
    }
    return chosen
  }
}

extension DataSettings {
  /// Where the windows of a recording begin; nil for one at a random place.
  ///
  /// With random slices, a recording counts for as many windows as it is long, to the nearest, so
  /// that all parts of long and short ones are heard about equally often.
  func windowStarts(frameCount: Int) -> [Int?] {
    switch slices {
    case .first: [0]
    case .every:
      SlicePositions.every(
        frameCount: frameCount, windowLength: windowLength, overlap: overlap, padsEnd: padsEnd)
    case .random:
      Array(
        repeating: nil,
        count: max(1, Int((Double(frameCount) / Double(windowLength)).rounded())))
    }
  }

  /// Frames of silence that fill the windows of a recording.
  func paddedFrameCount(frameCount: Int) -> Int {
    let starts = windowStarts(frameCount: frameCount).map { $0 ?? 0 }
    return starts.reduce(0) { $0 + max(0, $1 + windowLength - frameCount) }
  }

  /// Frames of a recording that are in none of its windows.
  func cutFrameCount(frameCount: Int) -> Int {
    guard slices != .random else { return 0 }
    let starts = windowStarts(frameCount: frameCount).compactMap { $0 }
    return max(0, frameCount - ((starts.last ?? 0) + windowLength))
  }
}

extension DatasetClip {
  /// The recording with the numbers of windows, and of frames beside them, that settings give it.
  func counted(by settings: DataSettings) -> DatasetClip {
    var clip = self
    let frameCount = preparation.frameCount
    clip.windowCount = settings.windowStarts(frameCount: frameCount).count
    clip.paddedFrameCount = settings.paddedFrameCount(frameCount: frameCount)
    clip.cutFrameCount = settings.cutFrameCount(frameCount: frameCount)
    return clip
  }
}

extension ByteCount {
  /// A quarter of this computer's memory.
  static var quarterOfMemory: ByteCount {
    ByteCount(bytes: Int(ProcessInfo.processInfo.physicalMemory / 4))
  }
}
