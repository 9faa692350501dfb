import Foundation

/// A scale of pitch on which equal steps sound about equal.
public enum MelScale: Sendable, Hashable, CaseIterable {
  /// Linear to 1,000 Hz (15 mel), logarithmic above: mel = 15 + 27 · ln(f/1000) / ln 6.4. Source:
  /// Slaney 1998 (Auditory Toolbox); librosa's default.
  case slaney
  /// mel = 2595 · log₁₀(1 + f/700). Source: the HTK Book, section 5.4.
  case htk

  private static let linearHzPerMel = 200.0 / 3
  private static let logarithmicStart = 1_000.0
  private static let logarithmicStep = log(6.4) / 27

  /// The pitch of a frequency.
  ///
  /// - Parameter hz: a frequency, 0 Hz or more.
  public func mel(hz: Double) -> Double {
    switch self {
    case .htk: 2_595 * log10(1 + hz / 700)
    case .slaney where hz < Self.logarithmicStart: hz / Self.linearHzPerMel
    case .slaney: 15 + log(hz / Self.logarithmicStart) / Self.logarithmicStep
    }
  }

  /// The frequency of a pitch, in Hz.
  ///
  /// - Parameter mel: a pitch, 0 or more.
  public func hz(mel: Double) -> Double {
    switch self {
    case .htk: 700 * (pow(10, mel / 2_595) - 1)
    case .slaney where mel < 15: mel * Self.linearHzPerMel
    case .slaney: Self.logarithmicStart * exp((mel - 15) * Self.logarithmicStep)
    }
  }
}
