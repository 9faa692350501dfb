package import NeuralNet
package import Spectra

/// Brings log-mel levels to mean 0 and variance 1, band by band.
///
///     x[t, m] = (L[t, m] − mean[m]) / deviation[m]
///
/// Mean and deviation are over all frames of the clips that a classifier is trained on.
package struct LevelNormalization: Sendable {
  /// Of each band, in dB, `[M]`.
  package let means: [Float]

  /// 1 / deviation of each band, `[M]`; a band that is always the same counts as deviating by 1 dB.
  package let scales: [Float]

  /// Measures clips, `[n][T, M]`.
  ///
  /// - Precondition: there is a frame, and all have equally many bands.
  package init(_ clips: [Spectrogram]) {
    let bandCount = clips[0].binCount
    var sums = [Double](repeating: 0, count: bandCount)
    var squares = sums
    for clip in clips {
      for frame in 0..<clip.frameCount {
        for band in 0..<bandCount {
          let level = Double(clip[frame, band])
          sums[band] += level
          squares[band] += level * level
        }
      }
    }
    let count = Double(clips.reduce(0) { $0 + $1.frameCount })
    means = sums.map { Float($0 / count) }
    scales = zip(sums, squares).map { sum, square in
      let variance = square / count - sum / count * (sum / count)
      return variance > 1e-4 ? Float(1 / variance.squareRoot()) : 1
    }
  }

  /// Writes a changed clip, normalised, as a network is given it.
  ///
  /// Frames that the clip does not have are silence, and frames that there is no room for are left
  /// out.
  ///
  /// - Parameters:
  ///   - clip: levels in dB, `[T, M]`.
  ///   - distortion: how it is changed first.
  ///   - random: where its noise comes from.
  ///   - target: receives x, `[T′, M]`.
  package func write(
    _ clip: Spectrogram, _ distortion: SpectrogramDistortion, random: inout RandomStream,
    to target: UnsafeMutableBufferPointer<Float>
  ) {
    let bandCount = means.count
    clip.values.withUnsafeBufferPointer { levels in
      for frame in 0..<target.count / bandCount {
        let row = UnsafeMutableBufferPointer(
          rebasing: target[frame * bandCount..<(frame + 1) * bandCount])
        guard !distortion.maskedFrames.contains(frame) else {
          row.update(repeating: 0)
          continue
        }
        let source = ((Float(frame) - distortion.delay) * distortion.speed).rounded()
        let isHeard = source >= 0 && source < Float(clip.frameCount)
        let first = isHeard ? Int(source) * bandCount : 0
        for band in 0..<bandCount {
          let heard = min(max(band + distortion.bandShift, 0), bandCount - 1)
          var level = EvaluationFeatures.floorDecibels
          if isHeard { level = max(level, levels[first + heard] + distortion.gain) }
          if distortion.noiseRange > 0 {
            let fluctuation = distortion.noiseRange * (random.nextUniform() - 0.5)
            level = max(level, distortion.noiseLevel + fluctuation)
          }
          row[band] = (level - means[band]) * scales[band]
        }
        for band in distortion.maskedBands { row[band] = 0 }
      }
    }
  }
}
