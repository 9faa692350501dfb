/// A batch of clips as rows of some steps each, which may be shifted by phase shuffle and are zero
/// before and behind the clip.
///
/// What makes its pointers safe: rows are handed out only where all their steps are inside the clip,
/// and copied step by step elsewhere.
struct RowSource {
  /// `[B, T, C]`.
  let pointer: UnsafePointer<Float>

  /// Clips, B.
  let clipCount: Int

  /// Steps of a clip, T.
  let stepCount: Int

  /// Numbers in a step, C.
  let channelCount: Int

  /// Steps in a row.
  let stride: Int

  /// By how many steps each clip is shifted, as ``PhaseShuffle`` does; empty for none.
  let shifts: [Int]

  init(_ tensor: Tensor, stride: Int, shifts: [Int] = []) {
    pointer = UnsafePointer(tensor.pointer)
    clipCount = tensor.shape[0]
    stepCount = tensor.shape[1]
    channelCount = tensor.shape[2]
    self.stride = stride
    self.shifts = shifts
  }

  /// Rows of a clip.
  var rowCount: Int { stepCount / stride }

  /// Numbers in a row.
  var rowLength: Int { stride * channelCount }

  private func shift(of clip: Int) -> Int { shifts.isEmpty ? 0 : shifts[clip] }

  /// Rows that lie in memory as they are seen.
  func insideRows(of clip: Int) -> Range<Int> {
    // Steps before `shift`, or behind the end, are reflected ones.
    let shift = shift(of: clip)
    let first = (max(0, shift) + stride - 1) / stride
    let end = (stepCount + min(0, shift)) / stride
    return first..<max(first, end)
  }

  /// Where a row begins that ``insideRows(of:)`` has.
  func address(clip: Int, row: Int) -> UnsafePointer<Float> {
    pointer + (clip * stepCount + row * stride - shift(of: clip)) * channelCount
  }

  /// Copies columns of some rows, wherever these are.
  func copy(
    clip: Int, rows: Range<Int>, columns: Range<Int>, to destination: UnsafeMutablePointer<Float>
  ) {
    let inside = insideRows(of: clip).clamped(to: rows)
    for row in rows.lowerBound..<inside.lowerBound {
      copy(
        clip: clip, row: row, columns: columns,
        to: destination + (row - rows.lowerBound) * columns.count)
    }
    let target = destination + (inside.lowerBound - rows.lowerBound) * columns.count
    if columns.count == rowLength {
      target.update(
        from: address(clip: clip, row: inside.lowerBound), count: inside.count * rowLength)
    } else {
      for row in inside {
        (target + (row - inside.lowerBound) * columns.count).update(
          from: address(clip: clip, row: row) + columns.lowerBound, count: columns.count)
      }
    }
    for row in inside.upperBound..<rows.upperBound {
      copy(
        clip: clip, row: row, columns: columns,
        to: destination + (row - rows.lowerBound) * columns.count)
    }
  }

  /// Copies columns of a row that is not all inside, step by step.
  private func copy(
    clip: Int, row: Int, columns: Range<Int>, to destination: UnsafeMutablePointer<Float>
  ) {
    let first = pointer + clip * stepCount * channelCount
    for step in 0..<stride {
      let from = max(columns.lowerBound, step * channelCount)
      let to = min(columns.upperBound, (step + 1) * channelCount)
      guard from < to else { continue }
      let target = destination + from - columns.lowerBound
      let time = row * stride + step
      if time < 0 || time >= stepCount {
        target.update(repeating: 0, count: to - from)
      } else {
        let seen = PhaseShuffle.reflect(time - shift(of: clip), stepCount: stepCount)
        target.update(
          from: first + seen * channelCount + from - step * channelCount, count: to - from)
      }
    }
  }
}
