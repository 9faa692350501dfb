import Foundation
package import NeuralNet
import Spectra

/// How far generated clips are from the recordings that they should be: the distance of their
/// short-time spectra at several resolutions.
///
///     L = mean over lengths N of  ‖Y − X‖ / ‖X‖  +  mean |ln Y − ln X|
///     X[t, k] = ε + |STFT(x)[t, k]| · 2 / Σₙ w[n]
///
/// x is the recording, y the generated clip, Y as X. The first term, spectral convergence, is about
/// what is loud; the second about the shape of everything louder than ε. Phases count for nothing, so
/// a clip need not match sample for sample, which no generator from few numbers could. Several lengths
/// keep it from being exact in frequency and vague in time, or the reverse.
///
/// Channels count as clips. Sources: Arık et al. 2019 (both terms), Yamamoto et al. 2020, equations
/// 3–6 (several lengths).
///
/// From 32 kHz on the lengths are multiplied by ``DataSettings/frameScale``, so that the longest frame has
/// 46 ms at 44.1 kHz, where it would otherwise be too short to tell one pitch from the next.
///
/// One measurement at a time; each thread of it has memory of its own, which is kept from one to the
/// next.
package final class ReconstructionLoss {
  /// Samples in a frame below 32 kHz, N, for each resolution; frames are N/4 apart.
  package static let fftLengths = [128, 256, 512, 1_024]

  /// ε, as a part of a full-scale sine: 60 dB under it. The slope of the logarithm is 1/ε where there
  /// is silence; a lower floor lets the silence after a sound outweigh the sound.
  package static let floor = 1e-3

  private let transforms: [ShortTimeFourierTransform]

  /// One for each thread.
  private var workspaces: [ReconstructionWorkspace] = []

  /// Plans the transforms.
  ///
  /// - Parameter frameScale: what the lengths are multiplied by.
  package init(frameScale: Int = 1) {
    transforms = Self.fftLengths.map {
      ShortTimeFourierTransform(fftLength: frameScale * $0, hopLength: frameScale * $0 / 4)
    }
  }

  /// Measures a batch.
  ///
  /// - Parameters:
  ///   - generated: y, `[B, T, C]`.
  ///   - recorded: x, likewise.
  ///   - gradient: receives ∂L/∂y, likewise.
  ///   - team: the threads that share the work.
  /// - Returns: L, the mean over clips and channels.
  /// - Precondition: the shapes are equal; checked in every build.
  package func measure(
    _ generated: Tensor, against recorded: Tensor, gradient: Tensor, team: ThreadTeam
  ) -> Double {
    precondition(
      generated.shape == recorded.shape && generated.shape == gradient.shape,
      "\(generated.shape), \(recorded.shape) and \(gradient.shape) are not alike")
    let (length, channelCount) = (generated.shape[1], generated.shape[2])
    let count = generated.shape[0] * channelCount
    let workspaces = workspaces(team.threadCount, sampleCount: length)
    var losses = [Double](repeating: 0, count: count)
    // Each item writes its own channel of its own clip, and its own loss.
    losses.withUnsafeMutableBufferPointer { losses in
      team.forEach(count) { item, worker in
        let (clip, channel) = item.quotientAndRemainder(dividingBy: channelCount)
        let first = clip * length * channelCount + channel
        let workspace = workspaces[worker]
        Self.gather(generated, from: first, by: channelCount, into: &workspace.generated)
        Self.gather(recorded, from: first, by: channelCount, into: &workspace.recorded)
        losses[item] = workspace.measure()
        let slopes = workspace.gradient
        for n in 0..<length {
          gradient.pointer[first + n * channelCount] = Float(slopes[n] / Double(count))
        }
      }
    }
    return losses.reduce(0, +) / Double(count)
  }

  /// Copies one channel of one clip: `samples[n] = tensor[first + step · n]`.
  private static func gather(
    _ tensor: Tensor, from first: Int, by step: Int, into samples: inout [Float]
  ) {
    for n in samples.indices { samples[n] = tensor.pointer[first + n * step] }
  }

  /// Measures one channel of one clip.
  ///
  /// - Parameters:
  ///   - generated: y, `[T]`.
  ///   - recorded: x, `[T]`.
  /// - Returns: L and ∂L/∂y, `[T]`.
  package func measure(
    _ generated: [Float], against recorded: [Float]
  ) -> (loss: Double, gradient: [Float]) {
    let workspace = workspaces(1, sampleCount: generated.count)[0]
    workspace.generated = generated
    workspace.recorded = recorded
    return (workspace.measure(), workspace.gradient.map { Float($0) })
  }

  /// Memory for so many threads and clips of so many samples, made anew only if these change.
  private func workspaces(_ threadCount: Int, sampleCount: Int) -> [ReconstructionWorkspace] {
    if workspaces.first?.gradient.count != sampleCount { workspaces = [] }
    while workspaces.count < threadCount {
      workspaces.append(ReconstructionWorkspace(transforms, sampleCount: sampleCount))
    }
    return workspaces
  }
}
