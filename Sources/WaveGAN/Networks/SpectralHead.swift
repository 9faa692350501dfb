import Foundation
internal import NeuralNet
internal import Spectra

/// Makes clips from log-magnitudes and phases: `[B, T, C·2F]` → `[B, hop·T, C]`.
///
///     S[t, k] = s · M(a[t, k]) · exp(i·(p[t, k] + π·k·t/2 + π·k²/F)),   y = FrameSynthesis(S)
///
/// For each channel come F log-magnitudes a, then F phases p in radians; half the sample rate has
/// none, and stays silent. Steady tones in all bins, all a = 0, have an RMS level of −30 dB together: s = 10^(−3/2) · ¾ · √N.
///
/// M is the exponential up to a = ``limit`` and its tangent above: a step of the optimiser may then
/// make a sound louder, but not overflow, and the slope never ends as it would where values are cut
/// off.
///
/// π·k·t/2 is how far a tone in the middle of bin k turns from one frame to the next, a quarter of
/// the frame's length on: with it a steady tone has a steady p, and the network need not count. π·k²/F
/// spreads the frequencies in time, as in a sweep; without it a network that has learned nothing makes
/// clicks. Both are constants.
///
/// Clips are not limited to ±1: what they are learned from has peaks of 1, and bending peaks would
/// add harmonics that the spectra do not have.
///
/// Sources: Kaneko et al. 2022; Siuzdak 2024, section 3; the sweep: Schroeder 1970.
///
/// What makes its pointers safe: all tensors have the shapes that it planned, which it checks, and each
/// item of work reads and writes its own channel of its own clip.
final class SpectralHead {
  /// Where the exponential ends: a magnitude 55 times the one at 0, 35 dB up.
  static let limit: Float = 4

  /// The clips, `[B, hop·T, C]`.
  let output: Tensor

  private let synthesis: FrameSynthesis
  private let binCount: Int
  private let channelCount: Int
  private let scale: Float
  /// π·k·t/2 + π·k²/F, in −π ..< π, `[4, F]`: it repeats after four frames.
  private let turns: [Float]
  /// S, real parts in place of log-magnitudes and imaginary ones in place of phases, `[B, T, C·2F]`.
  private let spectra: Tensor
  private let team: ThreadTeam
  /// One for each thread.
  private let rooms: [Room]

  /// The memory in which one thread makes one clip after another.
  private final class Room {
    var fourier: FourierWorkspace
    var samples: [Double]
    var gradient: [Float]

    init(_ synthesis: FrameSynthesis) {
      fourier = synthesis.makeWorkspace()
      samples = [Double](repeating: 0, count: synthesis.sampleCount)
      gradient = [Float](repeating: 0, count: synthesis.sampleCount)
    }
  }

  init(_ geometry: SpectralGeometry, batchSize: Int, team: ThreadTeam) {
    self.team = team
    let synthesis = FrameSynthesis(
      fftLength: geometry.fftLength, hopLength: geometry.hopLength,
      frameCount: geometry.frameCount)
    self.synthesis = synthesis
    let binCount = geometry.binCount
    self.binCount = binCount
    channelCount = geometry.channelCount
    scale = pow(10, -1.5) * 0.75 * Float(geometry.fftLength).squareRoot()
    turns = (0..<4).flatMap { frame in
      (0..<binCount).map { k in
        let halfTurns = Double(k * frame) / 2 + Double(k * k) / Double(binCount)
        return Float(.pi * halfTurns.remainder(dividingBy: 2))
      }
    }
    output = Tensor(batchSize, geometry.windowLength, geometry.channelCount)
    spectra = Tensor(batchSize, geometry.frameCount, geometry.head.outputChannelCount)
    rooms = (0..<team.threadCount).map { _ in Room(synthesis) }
  }

  /// Does something for each channel of each clip.
  ///
  /// - Parameter body: is given the place of the channel's first sample in ``output``, of its first
  ///   number in ``spectra``, and the thread's memory.
  private func forEachChannel(_ body: (_ sample: Int, _ number: Int, Room) -> Void) {
    let (columnCount, frameCount) = (spectra.shape[2], spectra.shape[1])
    team.forEach(output.shape[0] * channelCount) { item, worker in
      let (clip, channel) = item.quotientAndRemainder(dividingBy: channelCount)
      body(
        clip * synthesis.sampleCount * channelCount + channel,
        clip * frameCount * columnCount + channel * 2 * binCount, rooms[worker])
    }
  }

  /// Makes a batch of clips into ``output``.
  ///
  /// - Parameter input: log-magnitudes and phases, `[B, T, C·2F]`.
  func forward(_ input: Tensor) {
    precondition(input.shape == spectra.shape, "\(input.shape) is not \(spectra.shape)")
    forEachChannel { firstSample, first, room in
      synthesis.synthesize(into: &room.samples, using: &room.fourier) { frame, bins in
        let place = first + frame * spectra.shape[2]
        setSpectrum(frame, from: input.pointer + place, spectra.pointer + place)
        for k in 0..<binCount {
          bins[unchecked: 2 &* k] = Double(spectra.pointer[place + k])
          bins[unchecked: 2 &* k &+ 1] = Double(spectra.pointer[place + binCount + k])
        }
        bins[2 * binCount] = 0
        bins[2 * binCount + 1] = 0
      }
      for n in 0..<synthesis.sampleCount {
        output.pointer[firstSample + n * channelCount] = Float(room.samples[n])
      }
    }
  }

  /// Computes S of one frame.
  ///
  /// - Parameters:
  ///   - frame: its number, t.
  ///   - input: F log-magnitudes and F phases.
  ///   - bins: receives F real and F imaginary parts.
  private func setSpectrum(
    _ frame: Int, from input: UnsafePointer<Float>, _ bins: UnsafeMutablePointer<Float>
  ) {
    let (limit, top) = (Self.limit, exp(Self.limit))
    let firstTurn = frame % 4 * binCount
    for k in 0..<binCount {
      let (a, phase) = (input[k], input[binCount + k] + turns[firstTurn + k])
      let magnitude = scale * (a < limit ? exp(a) : top * (1 + a - limit))
      bins[k] = magnitude * cos(phase)
      bins[binCount + k] = magnitude * sin(phase)
    }
  }

  /// Takes a gradient back to log-magnitudes and phases.
  ///
  ///     ∂L/∂a = (M′/M) · (Re S · Re G + Im S · Im G),   ∂L/∂p = Re S · Im G − Im S · Re G
  ///
  /// with G = ∂L/∂Re S + i·∂L/∂Im S.
  ///
  /// - Parameters:
  ///   - outputGradient: with respect to ``output``.
  ///   - input: what the forward pass was given.
  ///   - inputGradient: receives the gradient with respect to it.
  func backward(_ outputGradient: Tensor, input: Tensor, into inputGradient: Tensor) {
    precondition(
      outputGradient.shape == output.shape && input.shape == spectra.shape
        && inputGradient.shape == spectra.shape,
      "\(outputGradient.shape), \(input.shape) and \(inputGradient.shape) are not \(output.shape) and twice \(spectra.shape)"
    )
    forEachChannel { firstSample, first, room in
      for n in 0..<synthesis.sampleCount {
        room.gradient[n] = outputGradient.pointer[firstSample + n * channelCount]
      }
      synthesis.adjoint(&room.gradient, using: &room.fourier) { frame, gradient in
        let place = first + frame * spectra.shape[2]
        let (bins, a) = (spectra.pointer + place, input.pointer + place)
        let result = inputGradient.pointer + place
        for k in 0..<binCount {
          let (re, im) = (bins[k], bins[binCount + k])
          let reGradient = Float(gradient[unchecked: 2 &* k])
          let imGradient = Float(gradient[unchecked: 2 &* k &+ 1])
          let slope = a[k] < Self.limit ? 1 : 1 / (1 + a[k] - Self.limit)
          result[k] = slope * (re * reGradient + im * imGradient)
          result[binCount + k] = re * imGradient - im * reGradient
        }
      }
    }
  }
}
