extension [Float] {
  /// The mean of the channels of interleaved samples: `[T, C]` → `[T]`.
  func mixed(channelCount: Int) -> [Float] {
    guard channelCount > 1 else { return self }
    return stride(from: 0, to: count, by: channelCount).map { start in
      self[start..<start + channelCount].reduce(0, +) / Float(channelCount)
    }
  }
}
