/// How the numbers of a parameter are first set.
package enum Initializer: Hashable, Sendable {
  /// All the same.
  case constant(Float)

  /// N(0, deviation²).
  case normal(deviation: Float)

  /// U(−l, l) with l = √(6 / (fan in + fan out)): keeps variances through linear layers, forward
  /// and backward (Glorot & Bengio 2010, equation 16).
  case glorotUniform(fanIn: Int, fanOut: Int)

  /// N(0, 2 / ((1 + slope²) · fan in)): keeps variances through layers with LeakyReLU
  /// (He et al. 2015, equations 10 and 15).
  case kaimingNormal(fanIn: Int, slope: Float)

  /// Fills memory from a stream.
  func fill(_ numbers: UnsafeMutableBufferPointer<Float>, from stream: inout RandomStream) {
    switch self {
    case .constant(let value):
      numbers.update(repeating: value)
    case .normal(let deviation):
      for i in 0..<numbers.count { numbers[i] = deviation * stream.nextNormal() }
    case .glorotUniform(let fanIn, let fanOut):
      let limit = (6 / Float(fanIn + fanOut)).squareRoot()
      for i in 0..<numbers.count { numbers[i] = limit * (2 * stream.nextUniform() - 1) }
    case .kaimingNormal(let fanIn, let slope):
      let deviation = (2 / ((1 + slope * slope) * Float(fanIn))).squareRoot()
      for i in 0..<numbers.count { numbers[i] = deviation * stream.nextNormal() }
    }
  }
}
