import NeuralNet
import Spectra

/// Spectra of clips of noise, with their magnitudes, in memory that is made before.
final class SpectrumWork {
  private let transform: ShortTimeFourierTransform
  private let team: ThreadTeam

  /// `[clips, samples]`.
  private let signals: Tensor

  /// `[clips, T, F]`.
  private let magnitudes: Tensor

  /// Each worker's own.
  private let rooms: [Room]

  private final class Room {
    var workspace: FourierWorkspace
    init(for transform: ShortTimeFourierTransform) { workspace = transform.makeWorkspace() }
  }

  init(clipCount: Int, length: Int, fftLength: Int, hopLength: Int, team: ThreadTeam) {
    let transform = ShortTimeFourierTransform(fftLength: fftLength, hopLength: hopLength)
    self.transform = transform
    self.team = team
    signals = Tensor(clipCount, length)
    signals.fillWithNoise(seed: 0)
    magnitudes = Tensor(
      clipCount, transform.frameCount(sampleCount: length), transform.binCount)
    rooms = (0..<team.threadCount).map { _ in Room(for: transform) }
  }

  /// Transforms every clip.
  func transformAll() {
    team.forEach(signals.shape[0]) { clip, worker in
      var magnitudes = magnitudes.clips(clip..<clip + 1).values.mutableSpan
      transform.magnitude(
        signals.clips(clip..<clip + 1).values.span, into: &magnitudes,
        using: &rooms[worker].workspace)
    }
  }
}
