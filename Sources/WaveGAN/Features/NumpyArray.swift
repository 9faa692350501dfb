/// An array as NumPy keeps it in a file: a header, and the numbers or texts in C order,
/// little-endian.
///
///     93 4E 55 4D 50 59, 1, 0, length of the rest of the header (2 bytes)
///     {'descr': '<f4', 'fortran_order': False, 'shape': (3, 64), }     and spaces
///     the elements, from a multiple of 64 bytes on
///
/// Source: NumPy's `numpy.lib.format`, version 1.0.
struct NumpyArray {
  /// How an element is stored: `<f4`, `<i8`, `<U12`.
  let descriptor: String
  /// Its axes; none for a single value.
  let shape: [Int]
  /// The elements; none where something else supplies them.
  let elements: [UInt8]

  /// An array of float32 whose elements come from elsewhere.
  init(floatsOfShape shape: [Int]) {
    (descriptor, self.shape, elements) = ("<f4", shape, [])
  }

  /// Whole numbers, `[N]`.
  init(_ numbers: [Int]) {
    self.init("<i8", [numbers.count], numbers.map(Int64.init))
  }

  /// Numbers, `[N]`.
  init(_ numbers: [Double]) {
    self.init("<f8", [numbers.count], numbers.map(\.bitPattern))
  }

  /// One whole number.
  init(_ number: Int) { self.init("<i8", [], [Int64(number)]) }

  /// One number.
  init(_ number: Double) { self.init("<f8", [], [number.bitPattern]) }

  /// Texts, `[N]`: each as many code points of four bytes as the longest has, the rest zero.
  init(_ texts: [String]) { self.init(texts: texts, shape: [texts.count]) }

  /// One text.
  init(_ text: String) { self.init(texts: [text], shape: []) }

  private init(texts: [String], shape: [Int]) {
    let length = max(1, texts.map(\.unicodeScalars.count).max() ?? 1)
    let points = texts.flatMap { text in
      let points = text.unicodeScalars.map(\.value)
      return points + [UInt32](repeating: 0, count: length - points.count)
    }
    self.init("<U\(length)", shape, points)
  }

  private init(_ descriptor: String, _ shape: [Int], _ numbers: [some FixedWidthInteger]) {
    self.descriptor = descriptor
    self.shape = shape
    elements = numbers.flatMap { number in withUnsafeBytes(of: number.littleEndian, Array.init) }
  }

  /// What stands before the elements.
  var header: [UInt8] {
    let axes = shape.map { "\($0)," }.joined(separator: " ")
    let words = "{'descr': '\(descriptor)', 'fortran_order': False, 'shape': (\(axes)), }"
    // The text ends with a line feed, and with it the header fills whole blocks of 64 bytes.
    let spaces = (64 - (10 + words.utf8.count + 1) % 64) % 64
    let text = Array(words.utf8) + [UInt8](repeating: 0x20, count: spaces) + [0x0A]
    return [0x93] + Array("NUMPY".utf8) + [1, 0]
      + withUnsafeBytes(of: UInt16(text.count).littleEndian, Array.init) + text
  }
}
