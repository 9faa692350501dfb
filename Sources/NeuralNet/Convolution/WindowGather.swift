/// Windows of a batch of clips, laid out as the rows of a matrix.
///
/// Row `b·Q + q` is the run `x[b, a·q + start ..< a·q + start + length, :]`, which is contiguous in
/// memory; steps outside the clip count as zero.
///
/// What makes its pointers safe: every run is cut to its clip before it is copied, and the caller's
/// scratch memory is reserved for the longest rows when a convolution is planned.
struct WindowGather {
  /// `[B, T, C]`.
  let source: UnsafePointer<Float>

  /// Steps of a clip, T.
  let stepCount: Int

  /// Numbers in a step, C.
  let channelCount: Int

  /// Steps from one window to the next, a.
  let stride: Int

  /// First step of window 0.
  let start: Int

  /// Steps in a window.
  let length: Int

  /// By how many steps each clip is shifted, as ``PhaseShuffle`` does; empty for none.
  let shifts: [Int]

  /// Windows of a clip, Q.
  var windowCount: Int { stepCount / stride }

  /// Numbers in a row.
  var rowLength: Int { length * channelCount }

  /// Copies columns of some rows.
  ///
  /// - Parameters:
  ///   - rows: which rows, counted over the whole batch.
  ///   - columns: which part of each row.
  ///   - destination: receives the parts, one after another.
  func copy(
    rows: Range<Int>, columns: Range<Int>, to destination: UnsafeMutablePointer<Float>
  ) {
    let clipLength = stepCount * channelCount
    var clip = rows.lowerBound / windowCount
    var window = rows.lowerBound % windowCount
    var target = destination
    for _ in rows {
      let shift = shifts.isEmpty ? 0 : shifts[clip]
      let first = (stride * window + start) * channelCount + columns.lowerBound
      if shift == 0 {
        copyRun(
          from: source + clip * clipLength, first..<first + columns.count, to: target)
      } else {
        copyShifted(
          from: source + clip * clipLength, first..<first + columns.count, by: shift, to: target)
      }
      target += columns.count
      window += 1
      if window == windowCount {
        window = 0
        clip += 1
      }
    }
  }

  /// Copies numbers of a clip, and zeros for those outside.
  private func copyRun(
    from clip: UnsafePointer<Float>, _ places: Range<Int>, to target: UnsafeMutablePointer<Float>
  ) {
    let clipLength = stepCount * channelCount
    let from = min(max(places.lowerBound, 0), clipLength)
    let to = min(max(places.upperBound, 0), clipLength)
    let leading = from < to ? from - places.lowerBound : places.count
    target.update(repeating: 0, count: leading)
    guard from < to else { return }
    (target + leading).update(from: clip + from, count: to - from)
    let filled = leading + to - from
    (target + filled).update(repeating: 0, count: places.count - filled)
  }

  /// Likewise of a clip that is shifted, step by step.
  private func copyShifted(
    from clip: UnsafePointer<Float>, _ places: Range<Int>, by shift: Int,
    to target: UnsafeMutablePointer<Float>
  ) {
    let end = stepCount * channelCount
    for place in places {
      let isInside = place >= 0 && place < end
      target[place - places.lowerBound] =
        isInside
        ? clip[
          PhaseShuffle.reflect(place / channelCount - shift, stepCount: stepCount) * channelCount
            + place % channelCount] : 0
    }
  }
}
