import AudioFiles
package import NeuralNet

extension Dataset {
  /// For each label, how many windows training draws from; each comes once in its epoch.
  package var trainingWindowCounts: [Int] { trainingWindows.map(\.count) }

  /// For each label, the window at the beginning of each of its recordings for training.
  package var trainingBeginnings: [[ClipWindow]] {
    var settings = settings
    settings.slices = .first
    return Self.windows(of: .training, clips: clips, labels: labels, settings: settings)
  }

  /// The label of each recording for training, as its place in `names`; 0 where there are none.
  func trainingLabels(as names: [String]) -> [Int] {
    clips.filter { $0.part == .training }.map { names.firstIndex(of: $0.label) ?? 0 }
  }

  /// The windows of a part, for each label.
  static func windows(
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

  /// Windows for evaluation: in random order, the labels as evenly as the part has them, none
  /// twice.
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
