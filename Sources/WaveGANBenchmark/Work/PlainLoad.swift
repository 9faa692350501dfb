import AudioFiles
import NeuralNet
import Synchronization

/// Makes windows of recordings and nothing else, as a few lines of Python with soundfile and soxr do:
/// without the digests, loudness and report of a training's recordings.
struct PlainLoad {
  let paths: [String]
  let sampleRate: Int
  let windowLength: Int
  let team: ThreadTeam

  /// Looks for recordings, and decodes, resamples and slices each, on all threads of the team.
  ///
  /// - Returns: for each file that was found `[windows, windowLength]`, brought to peak 1 and filled
  ///   up with silence; none for a file that cannot be decoded.
  /// - Throws: `AudioFileError` when one of the paths is not there.
  func windows() throws -> [[Float]] {
    let files = try FolderScan(paths: paths).entries
    let decoder = AudioDecoder(sampleRate: sampleRate)
    let made = Mutex([[Float]](repeating: [], count: files.count))
    team.forEach(files.count) { file, _ in
      guard let clip = try? decoder.clip(files[file].path) else { return }
      let windows = windows(of: clip)
      made.withLock { $0[file] = windows }
    }
    return made.withLock { $0 }
  }

  private func windows(of clip: AudioClip) -> [Float] {
    let count = (clip.frameCount + windowLength - 1) / windowLength * windowLength
    let gain = 1 / max(clip.peak, .leastNormalMagnitude)
    var windows: [Float] = []
    windows.reserveCapacity(count)
    windows.append(contentsOf: clip.samples.lazy.map { $0 * gain })
    windows.append(contentsOf: repeatElement(0, count: count - clip.frameCount))
    return windows
  }
}
