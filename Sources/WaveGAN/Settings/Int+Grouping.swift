import Spectra

extension BinaryInteger {
  /// The number with a comma before each group of three digits: `16,384`.
  package var grouped: String { DecimalText.grouped(self) }

  /// So many of something: `1 clip`, `1,200 clips`.
  ///
  /// - Parameter noun: its name, the plural of which ends in s.
  package func counted(_ noun: String) -> String { DecimalText.counted(self, noun) }
}
