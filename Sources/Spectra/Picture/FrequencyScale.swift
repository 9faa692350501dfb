/// How frequencies are spread over the height of a spectrogram.
public enum FrequencyScale: String, Sendable, Hashable, CaseIterable, Codable {
  /// Evenly in Hz.
  case linear
  /// Evenly in mel (Slaney's), as heard.
  case mel
  /// Evenly in octaves.
  case log
}
