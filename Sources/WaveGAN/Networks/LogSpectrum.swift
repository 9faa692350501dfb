import Foundation
package import NeuralNet
import Spectra

/// What a discriminator of spectra is given: the levels of a clip's short-time spectrum.
///
///     φ[t, j] = (ln(ε + A[t, j] · 2 / Σₙ w[n]) − a) / b,   0 ≤ j < J
///     A[t, j] = √(1/w · Σₖ |STFT(x)[t, k]|²) over the w bins k of band j
///
/// with b = −½·ln ε and a = −b: −1 is silence, 1 a full-scale sine. Up to 32 kHz each bin is a band,
/// w = 1; for higher rates see ``SpectralBands``. The bin at half the sample rate is left out, and so is
/// the last frame, about the clip's end, so that both axes have powers of two. Bands of a second channel
/// follow those of the first.
///
/// The logarithm's slope is largest where there is silence, 1/ε against 1: a penalty on the gradient
/// that went through it to the waveform would be about silence alone, and hold the discriminator at
/// chance. So penalties are taken by φ.
///
/// One call at a time; each thread of it has memory of its own.
package final class LogSpectrum {
  /// ε, as a part of a full-scale sine: 60 dB under it, as in ``ReconstructionLoss``.
  package static let floor: Float = 1e-3

  /// b, which is −a as well.
  static let halfRange = -log(floor) / 2

  /// Durations of a frame, in seconds: harmonics are apart in the longest, clicks in the shortest.
  static let frameSeconds = [0.032, 0.064, 0.128]

  /// The frames' lengths for clips of some settings, N: powers of two, each once, of which the window
  /// has at least eight; 256, 512 and 1,024 samples at 8 kHz. Above 16 kHz they are those of 16 kHz times
  /// ``DataSettings/frameScale``: 1,024, 2,048 and 4,096 at 44.1 kHz, where they last 23, 46 and 93 ms.
  static func fftLengths(for data: DataSettings) -> [Int] {
    let lengths = frameSeconds.map {
      min(
        data.frameScale
          * ShortTimeFourierTransform.fftLength(
            seconds: $0, sampleRate: min(data.sampleRate, DataSettings.frameBaseRate)),
        data.windowLength / 2)
    }
    return lengths.indices.filter { $0 == 0 || lengths[$0] > lengths[$0 - 1] }.map { lengths[$0] }
  }

  /// Samples from one frame to the next: a quarter of one.
  static func hopLength(fftLength: Int) -> Int { fftLength / 4 }

  private let transform: ShortTimeFourierTransform

  /// Frames that are kept, T.
  private let frameCount: Int

  /// What is told of a frame.
  private let bands: SpectralBands

  private let sampleCount: Int

  /// One for each thread.
  private var workspaces: [LogSpectrumWorkspace] = []

  /// Plans the transform of clips of `sampleCount` samples.
  ///
  /// - Parameters:
  ///   - fftLength: samples in a frame, N.
  ///   - sampleCount: samples of a clip.
  ///   - frameScale: how many times as many as at 16 kHz N is, which ``SpectralBands`` depends on.
  package init(fftLength: Int, sampleCount: Int, frameScale: Int = 1) {
    transform = ShortTimeFourierTransform(
      fftLength: fftLength, hopLength: Self.hopLength(fftLength: fftLength))
    self.sampleCount = sampleCount
    bands = SpectralBands(fftLength: fftLength, frameScale: frameScale)
    frameCount = sampleCount / transform.hopLength
  }

  /// Computes φ.
  ///
  /// - Parameters:
  ///   - clips: x, `[n, samples, C]`.
  ///   - levels: receives φ, `[n, T, C · J]`.
  ///   - team: the threads that share the work.
  /// - Precondition: the shapes are these; checked in every build.
  package func forward(_ clips: Tensor, into levels: Tensor, team: ThreadTeam) {
    forEachChannel(clips, levels, team) { channel, workspace in
      workspace.readSamples(clips, channel)
      workspace.measure()
      workspace.writeLevels(to: levels, channel)
    }
  }

  /// Takes a gradient by φ back to the clips, and adds it to what is there:
  ///
  ///     ∂φ/∂A = (2 / Σw) / (b · (ε + A · 2 / Σw)),   ∂A/∂X = X / (w · A), or 0 where A = 0
  ///
  /// - Parameters:
  ///   - gradient: by φ, `[n, T, C · J]`.
  ///   - clips: x, `[n, samples, C]`.
  ///   - result: receives the sum, `[n, samples, C]`.
  ///   - team: the threads that share the work.
  /// - Precondition: the shapes are these; checked in every build.
  package func addAdjoint(
    _ gradient: Tensor, at clips: Tensor, to result: Tensor, team: ThreadTeam
  ) {
    precondition(result.shape == clips.shape, "\(result.shape) is not \(clips.shape)")
    forEachChannel(clips, gradient, team) { channel, workspace in
      workspace.readSamples(clips, channel)
      workspace.measureSpectra()
      workspace.readGradient(gradient, channel)
      workspace.takeBack()
      workspace.addSlopes(to: result, channel)
    }
  }

  /// One channel of one clip, which an item of work is about.
  struct Channel {
    let clip: Int
    let index: Int
  }

  private func forEachChannel(
    _ clips: Tensor, _ levels: Tensor, _ team: ThreadTeam,
    _ body: (Channel, LogSpectrumWorkspace) -> Void
  ) {
    let (clipCount, channelCount) = (clips.shape[0], clips.shape[2])
    precondition(
      clips.shape[1] == sampleCount
        && levels.shape == [clipCount, frameCount, channelCount * bands.count],
      "\(clips.shape) and \(levels.shape) are not clips of \(sampleCount) and their spectra")
    while workspaces.count < team.threadCount {
      workspaces.append(LogSpectrumWorkspace(transform, bands, sampleCount: sampleCount))
    }
    let workspaces = workspaces
    team.forEach(clipCount * channelCount) { item, worker in
      body(Channel(clip: item / channelCount, index: item % channelCount), workspaces[worker])
    }
  }

  /// Numbers of 32 bits that a thread keeps for clips of so many samples.
  static func workspaceCount(fftLength: Int, sampleCount: Int) -> Int {
    let frameCount = sampleCount / hopLength(fftLength: fftLength) + 1
    // Samples, slopes of 64 bits; spectra and magnitudes; a frame and its spectrum of 64 bits.
    return 3 * sampleCount + 3 * frameCount * (fftLength / 2 + 1) + 4 * fftLength
  }
}
