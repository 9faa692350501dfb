/// Where the windows of a recording start, in frames from the start of its kept range.
///
/// A recording shorter than a window has one window, at 0, that ends in silence.
public enum SlicePositions {
  /// Windows one after another, `hop = max(1, round(windowLength · (1 − overlap)))` frames apart.
  ///
  /// - Parameters:
  ///   - frameCount: frames of the recording.
  ///   - windowLength: frames of a window.
  ///   - overlap: part of a window that the next one repeats, 0 ..< 1.
  ///   - padsEnd: whether frames after the last whole window get one more, filled with silence.
  /// - Returns: at least one start, ascending.
  public static func every(
    frameCount: Int, windowLength: Int, overlap: Double, padsEnd: Bool
  ) -> [Int] {
    precondition((0..<1).contains(overlap), "An overlap is within 0 ..< 1, not \(overlap).")
    guard frameCount > windowLength else { return [0] }
    let hop = max(1, Int((Double(windowLength) * (1 - overlap)).rounded()))
    var starts = Array(stride(from: 0, through: frameCount - windowLength, by: hop))
    let last = starts[starts.count - 1]
    if padsEnd && last + windowLength < frameCount { starts.append(last + hop) }
    return starts
  }

  /// The starts among which a random one is drawn: those of every whole window.
  public static func random(frameCount: Int, windowLength: Int) -> ClosedRange<Int> {
    0...max(0, frameCount - windowLength)
  }
}
