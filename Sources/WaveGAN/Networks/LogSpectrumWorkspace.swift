import Foundation
internal import NeuralNet
import Spectra

/// The memory in which one thread measures the ``LogSpectrum`` of one channel after another.
///
/// What makes its pointers safe: ``LogSpectrum`` has checked the tensors' shapes, and no two items of
/// work have the same channel of the same clip; runs of bands have no bin beyond N/2.
final class LogSpectrumWorkspace {
  private let transform: ShortTimeFourierTransform
  private let scale: Float
  /// Frames that are kept: all but the last.
  private let frameCount: Int
  /// What is told of a frame: nothing of the last bin.
  private let bands: SpectralBands

  /// x, `[samples]`.
  private var samples: [Float]
  /// The gradient by x, `[samples]`.
  private var slopes: [Double]
  private var frame: FourierWorkspace
  /// The spectra, then the gradient with respect to them.
  private var spectra: ComplexSpectrogram
  /// |X|, then what each bin is multiplied by, `[frames + 1, N/2 + 1]`.
  private var magnitudes: [Float]

  init(_ transform: ShortTimeFourierTransform, _ bands: SpectralBands, sampleCount: Int) {
    self.transform = transform
    self.bands = bands
    scale = transform.amplitudeScale
    samples = [Float](repeating: 0, count: sampleCount)
    slopes = [Double](repeating: 0, count: sampleCount)
    frame = transform.makeWorkspace()
    spectra = ComplexSpectrogram(
      frameCount: transform.frameCount(sampleCount: sampleCount), binCount: transform.binCount)
    magnitudes = [Float](repeating: 0, count: spectra.frameCount * spectra.binCount)
    frameCount = spectra.frameCount - 1
  }

  func readSamples(_ clips: Tensor, _ channel: LogSpectrum.Channel) {
    let channelCount = clips.shape[2]
    let source = clips.pointer + channel.clip * samples.count * channelCount + channel.index
    for n in samples.indices { samples[n] = source[n * channelCount] }
  }

  /// Finds the magnitudes alone.
  func measure() {
    Self.measure(samples, by: transform, into: &magnitudes, using: &frame)
  }

  private static func measure(
    _ samples: [Float], by transform: ShortTimeFourierTransform, into magnitudes: inout [Float],
    using frame: inout FourierWorkspace
  ) {
    var span = magnitudes.mutableSpan
    transform.magnitude(samples.span, into: &span, using: &frame)
  }

  /// Finds the spectra and their magnitudes.
  func measureSpectra() {
    Self.transform(samples, by: transform, into: &spectra, using: &frame)
    Self.magnitudes(of: spectra, into: &magnitudes)
  }

  private static func transform(
    _ samples: [Float], by transform: ShortTimeFourierTransform,
    into spectra: inout ComplexSpectrogram, using frame: inout FourierWorkspace
  ) {
    transform.forward(samples.span, into: &spectra, using: &frame)
  }

  private static func magnitudes(of spectra: ComplexSpectrogram, into values: inout [Float]) {
    var span = values.mutableSpan
    spectra.magnitude(into: &span)
  }

  /// Where the channel's bands begin in frame 0.
  private func first(_ levels: Tensor, _ channel: LogSpectrum.Channel) -> Int {
    channel.clip * frameCount * levels.shape[2] + channel.index * bands.count
  }

  /// A of a band: the root mean square of its bins' magnitudes.
  ///
  /// - Parameters:
  ///   - magnitudes: |X| of a frame.
  ///   - run: has the band.
  ///   - index: the band, counted from the run's first.
  @inline(__always)
  private static func amplitude(
    of magnitudes: UnsafePointer<Float>, _ run: SpectralBands.Run, _ index: Int
  ) -> Float {
    let bins = magnitudes + run.firstBin + index * run.width
    if run.width == 1 { return bins[0] }
    var sum: Float = 0
    for k in 0..<run.width { sum += bins[k] * bins[k] }
    return (sum / Float(run.width)).squareRoot()
  }

  func writeLevels(to levels: Tensor, _ channel: LogSpectrum.Channel) {
    let (floor, scale) = (LogSpectrum.floor, scale)
    let slope = 1 / LogSpectrum.halfRange
    let (first, columnCount) = (first(levels, channel), levels.shape[2])
    magnitudes.withUnsafeBufferPointer { magnitudes in
      guard var row = magnitudes.baseAddress else { return }
      for t in 0..<frameCount {
        for run in bands.runs {
          let target = levels.pointer + first + t * columnCount + run.firstBand
          for j in 0..<run.count {
            let amplitude = Self.amplitude(of: row, run, j)
            target[j] = slope * log(floor + scale * amplitude) + 1
          }
        }
        row += spectra.binCount
      }
    }
  }

  /// Puts what each bin of the spectra is multiplied by in place of its magnitude.
  func readGradient(_ gradient: Tensor, _ channel: LogSpectrum.Channel) {
    let (floor, scale) = (LogSpectrum.floor, scale)
    let slope = scale / LogSpectrum.halfRange
    let (first, columnCount) = (first(gradient, channel), gradient.shape[2])
    magnitudes.withUnsafeMutableBufferPointer { magnitudes in
      guard var row = magnitudes.baseAddress else { return }
      let end = row + magnitudes.count
      for t in 0..<frameCount {
        for run in bands.runs {
          let source = gradient.pointer + first + t * columnCount + run.firstBand
          for j in 0..<run.count {
            let amplitude = Self.amplitude(of: row, run, j)
            let factor = slope * source[j] / (floor + scale * amplitude)
            let bins = row + run.firstBin + j * run.width
            let share = amplitude > 0 ? factor / (amplitude * Float(run.width)) : 0
            for k in 0..<run.width { bins[k] = share }
          }
        }
        row[spectra.binCount - 1] = 0
        row += spectra.binCount
      }
      while row < end {
        row.pointee = 0
        row += 1
      }
    }
  }

  /// Makes the gradient by x of those factors.
  func takeBack() {
    spectra.multiply(by: magnitudes)
    Self.adjoint(of: spectra, by: transform, into: &slopes, using: &frame)
  }

  private static func adjoint(
    of spectra: ComplexSpectrogram, by transform: ShortTimeFourierTransform,
    into slopes: inout [Double], using frame: inout FourierWorkspace
  ) {
    var span = slopes.mutableSpan
    for n in 0..<span.count { span[n] = 0 }
    transform.addAdjoint(spectra, to: &span, using: &frame)
  }

  func addSlopes(to result: Tensor, _ channel: LogSpectrum.Channel) {
    let channelCount = result.shape[2]
    let target = result.pointer + channel.clip * samples.count * channelCount + channel.index
    for n in slopes.indices { target[n * channelCount] += Float(slopes[n]) }
  }
}
