import AudioFiles
import Foundation
import Spectra
import Testing

/// What librosa says about pictures, from `Tests/Golden/pictures_golden.json`; the script that made it
/// is beside it.
private struct PictureGolden: Decodable {
  struct Axis: Decodable {
    let scale: FrequencyScale
    let highHz: Double
    let position: Double
    let hz: Double
  }

  struct Raster: Decodable {
    struct Point: Decodable {
      let row: Int
      let column: Int
      let decibels: Double
    }
    let sample: String
    let scale: FrequencyScale
    let fftLength: Int
    let hopLength: Int
    let rowCount: Int
    let columnCount: Int
    let points: [Point]
  }

  let axes: [Axis]
  let rasters: [Raster]

  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  init() throws {
    let file = Self.root.appending(path: "Tests/Golden/pictures_golden.json")
    self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: file))
  }
}

@Suite("Pictures against librosa")
struct PictureGoldenTests {
  // The values have 12 digits.
  @Test("Each height of a picture has the frequency that librosa gives it")
  func axes() throws {
    for point in try PictureGolden().axes {
      let axis = FrequencyAxis(scale: point.scale, highHz: point.highHz)
      #expect(abs(axis.hz(position: point.position) - point.hz) <= 1e-11 * point.hz)
      #expect(abs(axis.position(hz: point.hz) - point.position) < 1e-9)
    }
  }

  // Magnitudes are rounded to 24 bits and levels computed in single precision: 10⁻⁴ dB at −200 dB.
  @Test("Each pixel of a sample's spectrogram has librosa's level at its time and frequency")
  func levels() throws {
    let rasters = try PictureGolden().rasters
    #expect(rasters.count == 24)
    for golden in rasters {
      let path = PictureGolden.root.appending(path: "Samples/" + golden.sample).path
      let clip = try AudioDecoder().clip(path)
      let raster = SpectrogramRaster(
        samples: clip.samples, sampleRate: clip.sampleRate,
        transform: ShortTimeFourierTransform(
          fftLength: golden.fftLength, hopLength: golden.hopLength),
        axis: FrequencyAxis(scale: golden.scale, highHz: Double(clip.sampleRate) / 2),
        columnCount: golden.columnCount, rowCount: golden.rowCount)
      for point in golden.points {
        let level = Double(raster[point.row, point.column])
        #expect(
          abs(level - point.decibels) < 2e-4,
          "\(golden.sample), \(golden.scale), row \(point.row), column \(point.column)")
      }
    }
  }
}
