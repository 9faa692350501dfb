/// How recordings become the windows that the networks see.
public struct DataSettings: Codable, Sendable, Hashable {
  /// Samples per second of the windows and of what is rendered: within ``sampleRates``.
  public var sampleRate: Int

  /// The sample rates that can be asked for, in Hz.
  public static let sampleRates = 1_000...192_000

  /// 1 (several channels are mixed) or 2 (a mono recording is heard on both).
  public var channelCount: Int

  /// Samples in a window: one of ``windowLengths``.
  public var windowLength: Int

  /// The lengths of window that the networks can have.
  public static let windowLengths = [4_096, 8_192, 16_384, 32_768, 65_536]

  /// Which parts of a clip longer than the window are used.
  public enum Slices: String, Codable, Sendable, Hashable, CaseIterable {
    /// The beginning only.
    case first
    /// One window after another, overlapping by ``DataSettings/overlap``.
    case every
    /// A new random place each time the clip is drawn.
    case random
  }
  /// Which parts of a clip longer than the window are used.
  public var slices: Slices

  /// Part of a window that the next one repeats with `slices == .every`, 0 ..< 1.
  public var overlap: Double

  /// Whether a last partial window is kept, filled with silence. A clip shorter than a window is
  /// always padded.
  public var padsEnd: Bool

  /// What makes clips equally loud before they are cut.
  public enum Normalization: String, Codable, Sendable, Hashable, CaseIterable {
    /// Largest absolute sample 1.
    case peak
    /// BS.1770 loudness −23 LUFS, held below full scale.
    case loudness
    /// As recorded.
    case none
  }
  /// What makes clips equally loud before they are cut.
  public var normalization: Normalization

  /// Whether silence at both ends of a clip is cut away.
  public var trimsSilence: Bool

  /// Whether each clip is moved so that its onset lies at a fixed time, as `ClipPreparation` of
  /// `AudioFiles` defines it.
  public var alignsOnset: Bool {
    get { givenAlignsOnset ?? false }
    set { givenAlignsOnset = newValue ? true : nil }
  }

  /// nil for no, so that settings without it are written as they were before there was such a thing, and
  /// name the same run.
  private var givenAlignsOnset: Bool?

  /// Where a clip's label comes from.
  public enum LabelSource: String, Codable, Sendable, Hashable, CaseIterable {
    /// The sub-folder that the file is in.
    case folders
    /// The file's name up to its first `_` or, without one, up to its first change between
    /// letters and digits.
    case prefix
  }
  /// Where a clip's label comes from.
  public var labels: LabelSource

  /// The labels to use, none of them empty; no labels mean all.
  public var onlyLabels: [String]

  /// Part of each label's files that training never sees, 0 ..< 1.
  public var holdout: Double

  private enum CodingKeys: String, CodingKey {
    case sampleRate = "sample-rate"
    case channelCount = "channels"
    case windowLength = "window"
    case slices
    case overlap
    case padsEnd = "pad"
    case normalization = "normalize"
    case trimsSilence = "trim-silence"
    case givenAlignsOnset = "align-onset"
    case labels
    case onlyLabels = "only-labels"
    case holdout
  }

  /// Settings with the reference's values where nothing is said; ``TrainingSettings/validate()`` checks
  /// them.
  public init(
    sampleRate: Int, channelCount: Int = 1, windowLength: Int, slices: Slices = .random,
    overlap: Double = 0, padsEnd: Bool = false, normalization: Normalization = .peak,
    trimsSilence: Bool = false, alignsOnset: Bool = false, labels: LabelSource = .folders,
    onlyLabels: [String] = [], holdout: Double = 0.1
  ) {
    self.sampleRate = sampleRate
    self.channelCount = channelCount
    self.windowLength = windowLength
    self.slices = slices
    self.overlap = overlap
    self.padsEnd = padsEnd
    self.normalization = normalization
    self.trimsSilence = trimsSilence
    self.labels = labels
    self.onlyLabels = onlyLabels
    self.holdout = holdout
    self.alignsOnset = alignsOnset
  }
}
