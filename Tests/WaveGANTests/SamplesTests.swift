import AudioFiles
import Foundation
import Spectra
import Testing

/// The clips in the folder Samples, which everything can be tried on.
@Suite("The samples")
struct SamplesTests {
  /// A sample with what it sounds like.
  private struct Sample {
    var label: String
    var path: String
    /// Its log-mel levels, `[T, M]`.
    var levels: [Float]
    /// Their mean over time, `[M]`.
    var spectrum: [Float]
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Samples").path

  private let samples: [Sample]

  init() throws {
    let features = LogMelSpectrum(sampleRate: 16_000)
    samples = try FolderScan(paths: [Self.folder]).entries
      .filter { $0.path.hasSuffix(".wav") }
      .map { entry in
        let spectrogram = features.features(of: try AudioDecoder().clip(entry.path).samples)
        return Sample(
          label: entry.components.dropLast().joined(separator: "/"), path: entry.path,
          levels: spectrogram.values, spectrum: spectrogram.meanFrame())
      }
  }

  private var byLabel: [String: [Sample]] { Dictionary(grouping: samples, by: \.label) }

  @Test("At least 8 classes of at least 12, all mono of 16 bits at 16 kHz, under 5 MB in all")
  func form() throws {
    #expect(byLabel.count >= 8)
    #expect(byLabel.values.allSatisfy { $0.count >= 12 })
    var size = 0
    for sample in samples {
      let info = try AudioFileInfo(path: sample.path)
      #expect(info.sampleRate == 16_000 && info.channelCount == 1, "\(sample.path)")
      #expect(info.container == "WAV" && info.encoding == "16-bit PCM", "\(sample.path)")
      // Long enough to hear, short enough for the window that they are meant for.
      #expect((0.05...1.024).contains(info.durationSeconds), "\(sample.path)")
      size += try Data(contentsOf: URL(filePath: sample.path)).count
    }
    #expect(size < 5_000_000)
  }

  @Test("The nearest mean of a class is the right one for more than 90 % of the clips")
  func classes() {
    let classes = byLabel
    func mean(_ spectra: [[Float]]) -> [Float] {
      spectra[0].indices.map { band in
        spectra.reduce(0) { $0 + $1[band] } / Float(spectra.count)
      }
    }
    let right = samples.count { sample in
      let nearest = classes.min { left, right in
        func distance(_ members: [Sample]) -> Double {
          // Each clip is left out of its own class's mean.
          let others = members.filter { $0.path != sample.path }.map(\.spectrum)
          return LogMelSpectrum.distanceDecibels(sample.spectrum, mean(others))
        }
        return distance(left.value) < distance(right.value)
      }
      return nearest?.key == sample.label
    }
    #expect(Double(right) > 0.9 * Double(samples.count))
  }

  @Test("No two clips of a class sound the same: their log-mel levels differ by over 1 dB")
  func variety() {
    // The measure is the root mean square difference over 64 bands and all frames of the longer clip,
    // the shorter one followed by silence. 1 dB is about the least change of level that is heard
    // (Zwicker & Fastl 2007, section 7.1); here it is asked of the average over bands and frames.
    func distance(_ a: [Float], _ b: [Float]) -> Double {
      func padded(_ levels: [Float]) -> [Float] {
        levels
          + [Float](
            repeating: log(LogMelSpectrum.floor), count: max(a.count, b.count) - levels.count)
      }
      return LogMelSpectrum.distanceDecibels(padded(a), padded(b))
    }
    for (label, members) in byLabel {
      var least = Double.infinity
      for (index, member) in members.enumerated() {
        for other in members[..<index] {
          least = min(least, distance(member.levels, other.levels))
        }
      }
      #expect(least > 1, "\(label)")
    }
  }
}
