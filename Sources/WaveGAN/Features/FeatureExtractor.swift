package import Spectra

/// Makes the features of one clip after another.
///
/// Frame t is about sample `hop · t`, samples before and after the clip count as 0, and T samples
/// make 1 + ⌊T / hop⌋ frames: a clip of one sample has one. One value may be used from several
/// threads.
package struct FeatureExtractor: Sendable {
  package let settings: FeatureSettings
  private let spectrum: Spectrum

  private enum Spectrum {
    case logMel(LogMelSpectrum)
    case linear(AmplitudeSpectrum)
  }

  package init(_ settings: FeatureSettings) {
    self.settings = settings
    if let lowHz = settings.lowHz, let highHz = settings.highHz {
      spectrum = .logMel(
        LogMelSpectrum(
          sampleRate: settings.sampleRate, fftLength: settings.fftLength,
          hopLength: settings.hopLength, bandCount: settings.bandCount, lowHz: lowHz,
          highHz: highHz))
    } else {
      spectrum = .linear(
        AmplitudeSpectrum(fftLength: settings.fftLength, hopLength: settings.hopLength))
    }
  }

  /// Numbers in a frame, C·M.
  package var frameSize: Int { settings.channelCount * settings.bandCount }

  /// The middle of each mel band, or the frequency of each bin, in Hz, `[M]`.
  package var frequenciesHz: [Double] {
    switch spectrum {
    case .logMel(let spectrum): spectrum.filters.centersHz
    case .linear:
      (0..<settings.bandCount).map {
        Double($0) * Double(settings.sampleRate) / Double(settings.fftLength)
      }
    }
  }

  /// Mel bands that are narrower than the distance of two bins and have none in them: they stay at
  /// the floor whatever is heard.
  package var emptyBandCount: Int {
    if case .logMel(let spectrum) = spectrum { spectrum.filters.emptyBandCount } else { 0 }
  }

  /// The features of one clip.
  ///
  /// - Parameter samples: the clip at the settings' rate, `[T, C]`.
  /// - Returns: in each frame the bands of the first channel, then those of the second: `[T, C·M]`.
  package func features(of samples: [Float]) -> Spectrogram {
    let channelCount = settings.channelCount
    guard channelCount > 1 else { return featuresOfChannel(samples) }
    let channels = (0..<channelCount).map { channel in
      featuresOfChannel(
        stride(from: channel, to: samples.count, by: channelCount).map { samples[$0] })
    }
    var values: [Float] = []
    values.reserveCapacity(channels[0].frameCount * frameSize)
    for frame in 0..<channels[0].frameCount {
      for channel in channels {
        let start = frame * channel.binCount
        values += channel.values[start..<start + channel.binCount]
      }
    }
    return Spectrogram(
      frameCount: channels[0].frameCount, binCount: frameSize, values: values)
  }

  private func featuresOfChannel(_ samples: [Float]) -> Spectrogram {
    switch spectrum {
    case .logMel(let spectrum): spectrum.features(of: samples)
    case .linear(let spectrum): spectrum.amplitudes(of: samples)
    }
  }
}
