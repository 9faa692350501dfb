import Spectra
import Testing

/// What a picture shows, checked by the functions that place it.
@Suite struct PictureMappingTests {
  private func raster(
    of samples: [Float], sampleRate: Int, scale: FrequencyScale, columnCount: Int = 100,
    rowCount: Int = 400, options: SpectrogramOptions = SpectrogramOptions()
  ) -> (SpectrogramRaster, FrequencyAxis) {
    let axis = FrequencyAxis(scale: scale, highHz: Double(sampleRate) / 2)
    let transform = options.transform(
      sampleRate: sampleRate, sampleCount: samples.count, columnCount: columnCount)
    let raster = SpectrogramRaster(
      samples: samples, sampleRate: sampleRate, transform: transform, axis: axis,
      columnCount: columnCount, rowCount: rowCount)
    return (raster, axis)
  }

  @Test(
    "a sine of 1 kHz is drawn at 1 kHz, at its level",
    arguments: FrequencyScale.allCases, [1.0, 0.1, 0.001])
  func sine(scale: FrequencyScale, amplitude: Double) {
    let samples = Signals.sine(
      hz: 1_000, sampleRate: 16_000, count: 8_000, amplitude: amplitude)
    let (raster, axis) = raster(of: samples, sampleRate: 16_000, scale: scale)
    let column = (0..<400).map { raster[$0, 50] }
    let loudest = column.max() ?? 0
    // 0 dB is a full-scale sine; 1 kHz is the middle of a bin, so no level is lost between two.
    #expect(abs(Double(loudest) - [1.0: 0, 0.1: -20, 0.001: -60][amplitude, default: 1]) < 0.01)
    let rows = column.indices.filter { column[$0] == loudest }
    let height = axis.position(hz: 1_000) * 400
    // The row that holds 1 kHz, counted from the top, is among the loudest.
    #expect(rows.contains { abs(400 - height - Double($0) - 0.5) <= 1 })
    #expect(rows.count <= 2)
  }

  @Test("a click is drawn at its time", arguments: [1_000, 200_000])
  func click(sampleCount: Int) {
    var samples = [Float](repeating: 0, count: sampleCount)
    samples[sampleCount * 3 / 4] = 1
    let (raster, _) = raster(
      of: samples, sampleRate: 16_000, scale: .linear,
      options: SpectrogramOptions(fftLength: 64))
    let row = (0..<100).map { raster[200, $0] }
    let loudest = row.indices.filter { row[$0] == row.max() }
    #expect(loudest.contains { (74...76).contains($0) })
    #expect(loudest.count <= 2)
  }

  @Test("the top of the colour bar is the loudest level, rounded up to 10 dB")
  func topDecibels() {
    let tops = [0, 0.2, 3, -0.1, -10, -12, -79, -200].map {
      SpectrogramOptions.topDecibels(loudest: $0)
    }
    #expect(tops == [0, 0, 10, 0, -10, -10, -70, 0])
  }

  @Test("the loudest level has the last colour, the floor the first")
  func colours() {
    let samples = Signals.sine(hz: 1_000, sampleRate: 8_000, count: 4_000)
    let options = SpectrogramOptions(floorDecibels: -60, colorMap: .gray)
    let (raster, _) = raster(of: samples, sampleRate: 8_000, scale: .linear, options: options)
    let pixels = raster.pixels(topDecibels: 0, options: options)
    #expect(pixels.count == 40_000)
    #expect(Set(pixels).isSuperset(of: [0x000000, 0xFFFFFF]))
    let loudest = raster.decibels.firstIndex(of: raster.loudest) ?? 0
    #expect(pixels[loudest] == 0x000000)
  }

  @Test("frequencies and heights undo each other", arguments: FrequencyScale.allCases)
  func axis(scale: FrequencyScale) {
    let axis = FrequencyAxis(scale: scale, highHz: 8_000)
    #expect(abs(axis.position(hz: 8_000) - 1) < 1e-12)
    #expect(abs(axis.position(hz: axis.lowHz)) < 1e-12)
    for position in [0, 0.1, 0.5, 0.99] {
      #expect(abs(axis.position(hz: axis.hz(position: position)) - position) < 1e-9)
    }
  }

  @Test(
    "frequency ticks are round, within the axis and have room",
    arguments: FrequencyScale.allCases, [100.0, 4_000, 11_025, 24_000, 96_000])
  func frequencyTicks(scale: FrequencyScale, highHz: Double) {
    let axis = FrequencyAxis(scale: scale, highHz: highHz)
    let heights = axis.ticks(height: 238).map { axis.position(hz: $0.value) * 238 }
    #expect(heights.count >= 3)
    #expect(heights.allSatisfy { (-0.01...238.01).contains($0) })
    // 19 points are asked for, and a height is rounded in Double.
    #expect(zip(heights, heights.dropFirst()).allSatisfy { $1 - $0 >= 19 - 1e-9 })
  }

  @Test("ticks are round numbers, written without noise")
  func ticks() {
    #expect(
      AxisTick.round(in: 0...1, count: 6).map(\.label) == [
        "0.0", "0.2", "0.4", "0.6", "0.8", "1.0",
      ])
    #expect(AxisTick.round(in: -7...12, count: 6).map(\.label) == ["−5", "0", "5", "10"])
    #expect(AxisTick.round(in: 0...100_000, count: 6).map(\.label).last == "100,000")
    #expect(AxisTick.round(in: 0.1...0.3, count: 4).map(\.label) == ["0.1", "0.2", "0.3"])
    #expect(AxisTick.round(in: 3...3, count: 5).map(\.label) == ["3"])
    #expect(AxisTick.round(in: 0...2e9, count: 3).map(\.label) == ["0", "1e9", "2e9"])
    #expect(
      AxisTick.logarithmic(in: 0.001...10, count: 6).map(\.label)
        == ["0.001", "0.01", "0.1", "1", "10"])
    #expect(AxisTick.logarithmic(in: 1...9, count: 6).map(\.label) == ["1", "2", "5"])
  }

  @Test("numbers are written for people")
  func numbers() {
    #expect(DecimalText.fixed(1_234_567.891, decimals: 2) == "1,234,567.89")
    #expect(DecimalText.fixed(-0.001, decimals: 1) == "0.0")
    #expect(DecimalText.significant(0.31249) == "0.312")
    #expect(DecimalText.significant(32) == "32")
    #expect(DecimalText.significant(1_024) == "1,024")
    #expect(DecimalText.grouped(-1_234_567) == "−1,234,567")
    #expect(DecimalText.counted(1, "clip") == "1 clip")
    #expect(DecimalText.counted(1_200, "clip") == "1,200 clips")
  }

  @Test("text that is too long is cut in the middle, and control characters are not drawn")
  func fittedText() {
    let width = { (text: String) in Double(text.count) }
    #expect(PictureText.fitted("short", limit: 5, width: width) == "short")
    #expect(PictureText.fitted("0123456789", limit: 5, width: width) == "01…89")
    #expect(PictureText.fitted("0123456789", limit: 0, width: width) == "…")
    #expect(PictureText.oneLine("a\r\nb\u{1B}") == "a  b ")
    #expect(PictureText.oneLine(String(repeating: "x", count: 1_000)).count == 300)
  }

  @Test("curves keep every peak of a long series, and their gaps")
  func curveSummary() {
    var values = [Double](repeating: 1, count: 10_000)
    values[1_234] = 50
    values[5_050] = .nan
    let series = CurvesPanel.Series(name: "x", steps: Array(0..<10_000), values: values)
    let summary = CurveSummary(series, steps: 0...10_000, stretchCount: 100)
    #expect(summary.isDense && summary.segments.count == 2)
    let points = summary.segments.flatMap { $0 }
    #expect(points.count == 101)
    let peak = points.filter { $0.high == 50 }
    #expect(peak.count == 1)
    #expect(
      peak.allSatisfy { $0.low == 1 && abs($0.mean - 1.49) < 1e-9 && abs($0.step - 1_249.5) < 1e-6 }
    )
    let few = CurvesPanel.Series(name: "x", steps: [0, 5, 9], values: [1, -1, 2])
    #expect(
      CurveSummary(few, steps: 0...10, isLogarithmic: true, stretchCount: 10).segments.map(\.count)
        == [1, 1])
  }

  @Test("a chart's axis holds its numbers, ends at ticks, and cuts only rare peaks")
  func valueAxis() {
    func axis(_ values: [Double], isLogarithmic: Bool = false) -> ValueAxis {
      CurvesPanel(
        title: "",
        series: [.init(name: "", steps: Array(values.indices), values: values)],
        isLogarithmic: isLogarithmic
      ).valueAxis()
    }
    #expect(axis([0.3, 4.2]).range == 0...5)
    #expect(axis([2, 2, .nan]).range == 1...3)
    #expect(axis([]).range == 0...1)
    let spiked = axis((0..<1_000).map { $0 == 3 ? 1e6 : Double($0 % 10) })
    #expect(spiked.isCut && spiked.range == 0...10)
    #expect(!axis((0..<1_000).map { Double($0) }).isCut)
    let logarithmic = axis([0.001, 10, -1, 0], isLogarithmic: true)
    #expect(logarithmic.range.contains(0.001) && logarithmic.range.contains(10))
    #expect(abs(logarithmic.position(0.1) - 0.5) < 1e-9)
  }
}
