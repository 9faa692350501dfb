package import AudioFiles
import Foundation
import Spectra

/// What an evaluation knows of one clip.
package struct ClipFeatures: Sendable {
  /// Log-mel levels in dB, `[T, M]`; see ``EvaluationFeatures``.
  package var levels: [Float]
  /// Their envelope in dB, `[8, 16]`.
  package var envelope: [Double]
  /// BS.1770 loudness in LUFS; nil for silence.
  package var loudness: Double?
  /// The middle of the spectrum in Hz; nil for silence.
  package var centroidHz: Double?
  /// Until the last sample above −60 dB of the peak; 0 for silence.
  package var durationSeconds: Double
  /// The label that the clip has or claims, an index in ``Dataset/labels``; nil for none of these.
  package var label: Int?

  /// What was measured of a clip; figures that silence does not have are nil.
  package init(
    levels: [Float], envelope: [Double], loudness: Double? = nil, centroidHz: Double? = nil,
    durationSeconds: Double, label: Int? = nil
  ) {
    self.levels = levels
    self.envelope = envelope
    self.loudness = loudness
    self.centroidHz = centroidHz
    self.durationSeconds = durationSeconds
    self.label = label
  }
}

/// Measures prepared windows; one value may be used from several threads.
package struct ClipMeter: Sendable {
  package let features: EvaluationFeatures
  private let centroid: SpectralCentroid
  private let settings: DataSettings

  package init(_ settings: DataSettings) {
    self.settings = settings
    features = EvaluationFeatures(
      sampleRate: settings.sampleRate, windowLength: settings.windowLength)
    centroid = SpectralCentroid(sampleRate: settings.sampleRate)
  }

  /// Prepares a generated clip as training prepares recordings, and cuts its first window.
  ///
  /// Unlike a recording, a silent clip is not refused: it counts as a window of silence.
  ///
  /// - Parameter clip: at the settings' rate, with their channels.
  /// - Returns: `[T, C]`.
  package func window(of clip: AudioClip) -> [Float] {
    var window = [Float](repeating: 0, count: settings.windowLength * settings.channelCount)
    let plan = ClipPreparation.plan(
      of: clip, trimsSilence: settings.trimsSilence, alignsOnset: settings.alignsOnset,
      normalization: settings.normalization.inAudioFiles)
    guard let plan else { return window }
    let cutter = WindowCutter(
      windowLength: settings.windowLength, channelCount: settings.channelCount,
      sampleRate: settings.sampleRate)
    var span = window.mutableSpan
    cutter.cut(clip.samples.span, plan, from: 0, into: &span)
    return window
  }

  /// Measures a window.
  ///
  /// - Parameters:
  ///   - window: `[T, C]`.
  ///   - label: the label of the clip, which is noted.
  package func measure(_ window: [Float], label: Int? = nil) -> ClipFeatures {
    let clip = AudioClip(
      samples: window, channelCount: settings.channelCount, sampleRate: settings.sampleRate)
    let mono = window.mixed(channelCount: settings.channelCount)
    let levels = features.levels(of: mono)
    let threshold = clip.peak * ClipPreparation.trimThreshold
    let last = window.lastIndex { abs($0) > threshold }
    return ClipFeatures(
      levels: levels, envelope: features.envelope(of: levels), loudness: clip.loudness.lufs,
      centroidHz: centroid.hz(of: mono),
      durationSeconds: last.map {
        Double($0 / settings.channelCount + 1) / Double(settings.sampleRate)
      } ?? 0, label: label)
  }
}
