/// Bytes that are read once, from beginning to end.
protocol ByteSource: AnyObject {
  /// How many there are.
  var byteCount: Int { get }
  /// Begins again.
  func rewind()
  /// Writes the next bytes into `buffer`.
  ///
  /// - Returns: how many; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int
}

/// The bytes of a NumPy array whose elements are those of stored clips, one after another.
final class StoredArraySource: ByteSource {
  let byteCount: Int
  private let header: [UInt8]
  private let clips: [StoredSamples]
  /// The piece that is being read: the header, then each clip.
  private var piece = 0
  /// Bytes of it that were read.
  private var position = 0

  /// - Parameters:
  ///   - shape: of all clips together.
  ///   - clips: numbers, in order.
  init(shape: [Int], clips: [StoredSamples]) {
    header = NumpyArray(floatsOfShape: shape).header
    self.clips = clips
    byteCount = header.count + clips.reduce(0) { $0 + $1.count } * MemoryLayout<Float>.size
  }

  func rewind() { (piece, position) = (0, 0) }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    var done = 0
    while done < buffer.count && piece <= clips.count {
      let room = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
      let count =
        piece == 0
        ? header.withUnsafeBytes { copy($0, into: room) }
        : clips[piece - 1].withSamples { $0.withUnsafeBytes { copy($0, into: room) } }
      done += count
      position += count
      if count == 0 { (piece, position) = (piece + 1, 0) }
    }
    return done
  }

  /// Copies from where the reading is; 0 at the piece's end.
  private func copy(
    _ bytes: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer
  ) -> Int {
    let count = min(room.count, bytes.count - position)
    room.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[position..<position + count]))
    return count
  }
}
