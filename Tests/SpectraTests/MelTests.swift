import Spectra
import Testing

@Suite struct MelTests {
  @Test("filter banks are librosa's", arguments: try Golden.load().mel.indices)
  func librosa(index: Int) throws {
    let golden = try Golden.load().mel[index]
    let bank = MelFilterBank(
      sampleRate: golden.sampleRate, fftLength: golden.fftLength, bandCount: golden.rows.count,
      lowHz: golden.lowHz, highHz: golden.highHz,
      scale: golden.scale == "htk" ? .htk : .slaney,
      isAreaNormalized: golden.isAreaNormalized)
    var largest: Float = 0
    for (band, row) in golden.rows.enumerated() {
      var expected = [Float](repeating: 0, count: bank.binCount)
      expected.replaceSubrange(row.first..<row.first + row.weights.count, with: row.weights)
      for bin in expected.indices {
        largest = max(largest, abs(bank.weights[band * bank.binCount + bin] - expected[bin]))
      }
    }
    // librosa rounds to single precision; the file holds seven digits of weights up to 1.
    #expect(largest < 1e-6)
  }

  @Test("1,000 Hz is 15 mel by Slaney and 1,000 mel by HTK")
  func anchors() {
    #expect(abs(MelScale.slaney.mel(hz: 1_000) - 15) < 1e-12)
    #expect(abs(MelScale.slaney.mel(hz: 6_400) - 42) < 1e-12)
    #expect(abs(MelScale.htk.mel(hz: 1_000) - 1_000) < 0.02)
  }

  @Test("mel and Hz undo each other", arguments: MelScale.allCases)
  func roundTrip(scale: MelScale) {
    for hz in [0, 1, 440, 999.9, 1_000, 1_000.1, 22_050] {
      #expect(abs(scale.hz(mel: scale.mel(hz: hz)) - hz) < 1e-9 * (1 + hz))
    }
  }

  @Test("bands are the product of weights and bins")
  func product() {
    let bank = MelFilterBank(
      sampleRate: 8_000, fftLength: 64, bandCount: 7, lowHz: 100, highHz: 4_000)
    let spectrogram = Spectrogram(
      frameCount: 3, binCount: 33, values: Signals.noiseSamples(count: 99).map(abs))
    let bands = bank.bands(of: spectrogram)
    for frame in 0..<3 {
      for band in 0..<7 {
        let expected = (0..<33).reduce(0.0) {
          $0 + Double(bank.weights[band * 33 + $1]) * Double(spectrogram[frame, $1])
        }
        // A sum of a few products under 0.01 in single precision.
        #expect(abs(Double(bands[frame, band]) - expected) < 1e-8)
      }
    }
  }
}
