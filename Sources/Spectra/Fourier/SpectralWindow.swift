import Foundation

/// The weights that a frame is multiplied by before its Fourier transform.
public enum SpectralWindow: Sendable, Hashable, CaseIterable {
  /// w[n] = ½ − ½ cos(2πn/N): the window for spectral analysis (`scipy.signal.get_window("hann")`);
  /// squared and shifted by N/4 it adds up to the constant 3/2.
  case hann
  /// w[n] = ½ − ½ cos(2πn/(N − 1)): both ends are zero; for the design of filters.
  case symmetricHann
  /// w[n] = 1.
  case rectangular

  /// The window's samples, computed and kept in Double.
  ///
  /// - Parameter length: samples, N, at least 1.
  /// - Returns: the weights, `[N]`.
  public func samples(length: Int) -> [Double] {
    precondition(length >= 1, "A window has at least one sample, not \(length).")
    let period =
      switch self {
      case .hann: Double(length)
      case .symmetricHann: Double(length - 1)
      case .rectangular: 0.0
      }
    // One sample, or none to shape: the window that changes nothing.
    guard period > 0, length > 1 else { return [Double](repeating: 1, count: length) }
    return (0..<length).map { 0.5 - 0.5 * cos(2 * .pi * Double($0) / period) }
  }
}
