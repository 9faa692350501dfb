import AudioFiles
import Foundation
internal import NeuralNet
import Spectra

/// Renders the same 16 draws again and again while a training goes on, labels in turn, and measures
/// how far what it makes is from the recordings.
final class PreviewWriter {
  static let clipCount = ClipGenerator.groupSize

  private let clipGenerator: ClipGenerator
  private let spectrum: LogMelSpectrum

  /// What the recordings are like.
  let recordings: SoundFigures

  /// What recordings, or generated clips, are like as a whole.
  struct SoundFigures {
    /// Mean log-mel spectrum, `[M]`.
    var mean: [Float]
    /// Root mean square of all windows.
    var rms: Double
    /// Mean distance between the log-mel spectra of two of ``PreviewWriter/clipCount`` windows, in dB.
    var variety: Double
  }

  /// The most windows of recordings that the comparison uses.
  private static let comparedWindowLimit = 256

  /// - Parameters:
  ///   - clipGenerator: renders the clips; others may use it in between.
  ///   - dataset: the recordings.
  init(clipGenerator: ClipGenerator, dataset: Dataset) {
    self.clipGenerator = clipGenerator
    let settings = clipGenerator.settings
    spectrum = LogMelSpectrum(sampleRate: settings.data.sampleRate)
    let windows = dataset.windows(of: .training, limit: Self.comparedWindowLimit)
    recordings = Self.measure(
      windows.lazy.map { dataset.samples(of: $0) }, spectrum: spectrum,
      channelCount: settings.data.channelCount)
  }

  /// What the generated clips are like.
  struct Measurement {
    /// Each `[T, C]`.
    var clips: [[Float]]
    /// Root mean square of all clips.
    var rms: Double
    /// Distance between the mean log-mel spectra of recordings and generated clips, in dB.
    var logMelDistance: Double
    /// Mean distance between the log-mel spectra of two clips, in dB.
    var variety: Double

    /// Whether all are numbers, and with them every sample.
    var isFinite: Bool { rms.isFinite && logMelDistance.isFinite && variety.isFinite }
  }

  /// Renders the clips of a training's present state and compares them with the recordings.
  func measure(_ adversaries: Adversaries) -> Measurement {
    clipGenerator.load(adversaries)
    let clips = clipGenerator.clips(of: (0..<Self.clipCount).map(input))
    let generated = Self.measure(
      clips, spectrum: spectrum, channelCount: adversaries.settings.data.channelCount)
    return Measurement(
      clips: clips, rms: generated.rms,
      logMelDistance: LogMelSpectrum.distanceDecibels(generated.mean, recordings.mean),
      variety: generated.variety)
  }

  /// What the generator is given for a preview.
  private func input(ofIndex index: Int) -> [Float] {
    let settings = clipGenerator.settings
    var stream = RandomStream(seed: settings.seed, purpose: .preview, index: index)
    return clipGenerator.input(
      for: clipGenerator.draw(from: &stream, label: settings.model.label(inTurn: index)))
  }

  private static func measure(
    _ clips: some Sequence<[Float]>, spectrum: LogMelSpectrum, channelCount: Int
  ) -> SoundFigures {
    var mean = MeanSpectrum(bandCount: spectrum.filters.bandCount)
    var first: [Spectrogram] = []
    var squares = 0.0
    var count = 0
    for clip in clips {
      let features = spectrum.features(of: clip.mixed(channelCount: channelCount))
      mean.add(features)
      if first.count < clipCount { first.append(features) }
      squares += clip.reduce(0) { $0 + Double($1) * Double($1) }
      count += clip.count
    }
    return SoundFigures(
      mean: mean.values, rms: (squares / Double(max(1, count))).squareRoot(),
      variety: variety(of: first))
  }

  /// The mean distance between two of some clips, in dB; 0 for fewer than two.
  private static func variety(of clips: [Spectrogram]) -> Double {
    let distances = clips.indices.flatMap { a in
      clips[..<a].map { LogMelSpectrum.distanceDecibels(clips[a], $0) }
    }
    return distances.isEmpty ? 0 : distances.reduce(0, +) / Double(distances.count)
  }

  /// Writes clips to a preview folder; files that an earlier attempt left are replaced.
  func write(
    _ clips: [[Float]], to folder: String, step: Int, settings: TrainingSettings
  ) throws {
    try AtomicFile.makeFolder(folder)
    let writer = try AudioWriter(container: .wav)
    for (index, clip) in clips.enumerated() {
      try writer.write(
        AudioClip(
          samples: clip, channelCount: settings.data.channelCount,
          sampleRate: settings.data.sampleRate),
        to: "\(folder)/\(index.zeroPadded(to: 2)).wav", overwrites: true)
    }
    let sheet = ContactSheet(
      clips: clips.enumerated().map { index, clip in
        .init(
          samples: clip.mixed(channelCount: settings.data.channelCount),
          name: "\(index)",
          label: settings.model.labels.isEmpty
            ? nil : settings.model.labels[settings.model.label(inTurn: index)])
      }, sampleRate: settings.data.sampleRate, title: "Previews after \(step.grouped) steps")
    try AtomicFile.write(try sheet.png(), to: "\(folder)/sheet.png", overwrites: true)
  }
}
