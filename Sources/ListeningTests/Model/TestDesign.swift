/// What listeners are asked, and how.
package enum TestDesign: String, Codable, Sendable, Hashable, CaseIterable {
  /// One clip at a time, rated 1–5 (absolute category rating; ITU-T P.800, P.808).
  case mos
  /// Clips of all conditions on a page, rated 0–100 without a reference (ITU-R BS.2132).
  case multi
  /// Clips of all conditions on a page, rated 0–100 against a reference (ITU-R BS.1534-3).
  case mushra
  /// Which of two clips is preferred.
  case ab
  /// Which of two clips a third one is.
  case abx
  /// Which of two clips was recorded.
  case realOrFake = "real-or-fake"
  /// Which label a clip has, and how easy it was to tell.
  case identify
}
