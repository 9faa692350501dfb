extension Span where Element == Float {
  /// The largest absolute number; 0 when there is none.
  ///
  /// - Precondition: all are numbers; of others the answer means nothing.
  var largestMagnitude: Float {
    // Without the sign, bits are ordered as numbers are; whole numbers are compared several at once.
    var largest: Int32 = 0
    for index in indices {
      largest = Swift.max(largest, Int32(bitPattern: self[index].bitPattern & 0x7FFF_FFFF))
    }
    return Float(bitPattern: UInt32(bitPattern: largest))
  }
}
