import AudioFiles

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
