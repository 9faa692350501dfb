import Spectra
import Testing

/// Axes, labels and trends: what makes pictures speak.
@Suite struct PictureAxisTests {
  @Test("times are in ms, s or minutes, as the clip is long")
  func times() {
    let short = TimeAxis(durationSeconds: 0.00625, count: 9)
    #expect(short.title == "Time (ms)" && short.ticks.map(\.label).suffix(2) == ["5", "6"])
    #expect(abs((short.ticks.last?.value ?? 0) - 0.006) < 1e-12)
    let second = TimeAxis(durationSeconds: 1.02, count: 9)
    #expect(second.title == "Time (s)" && second.ticks.last?.label == "1.0")
    let minutes = TimeAxis(durationSeconds: 184, count: 9)
    #expect(minutes.title == "Time (min:s)")
    #expect(
      minutes.ticks.map(\.label) == ["0:00", "0:30", "1:00", "1:30", "2:00", "2:30", "3:00"])
    let hours = TimeAxis(durationSeconds: 30_000, count: 9)
    #expect(hours.title == "Time (h:min:s)" && hours.ticks.map(\.label).last == "8:00:00")
  }

  @Test(
    "times have no more ticks than there is room for, all within the clip",
    arguments: [1e-5, 0.099, 0.1, 1, 59, 119.9, 120, 600, 7_199, 7_200, 86_400, 1e7])
  func timeTicks(seconds: Double) {
    let ticks = TimeAxis(durationSeconds: seconds, count: 9).ticks
    #expect((2...9).contains(ticks.count))
    // A hair of slack for rounding.
    #expect(ticks.allSatisfy { (0...seconds * (1 + 1e-8)).contains($0.value) })
  }

  @Test("lengths of time are written in the unit that suits them")
  func lengths() {
    #expect(
      [0.002, 1.024, 184, 7_260].map { TimeAxis.text(seconds: $0) } == [
        "2 ms", "1.02 s", "3 min 4 s", "2 h 1 min",
      ])
    #expect(
      [4.44, 118, 250, 17_000].map { TimeAxis.shortText(seconds: $0) } == [
        "4.4 s", "118 s", "4.2 min", "4.7 h",
      ])
  }

  @Test("a frame is 32 ms, but at most a third of the clip, and frames are no closer than seen")
  func transform() {
    func lengths(_ count: Int, _ options: SpectrogramOptions = .init()) -> [Int] {
      let transform = options.transform(sampleRate: 16_000, sampleCount: count, columnCount: 1_500)
      return [transform.fftLength, transform.hopLength]
    }
    #expect(lengths(16_000) == [512, 16])
    #expect(lengths(60_000) == [512, 40])
    #expect(lengths(10_000_000) == [512, 128])
    #expect(lengths(100) == [32, 1])
    #expect(lengths(0) == [16, 1])
    #expect(lengths(100, SpectrogramOptions(fftLength: 1_000, hopLength: 7)) == [1_000, 7])
    #expect(lengths(16_000, SpectrogramOptions(fftLength: 1_000_000)) == [1_000_000, 31_250])
  }

  @Test("a waveform has its extremes and its RMS")
  func waveform() {
    let samples: [Float] = [1, -1, 0.5, -0.5, .nan, 0, 0, 0]
    let trace = WaveformTrace(samples: samples, columnCount: 2)
    #expect(trace.highs == [1, 0] && trace.lows == [-1, 0] && trace.peak == 1)
    // Each column reaches to the next one's first sample.
    #expect(trace.levels == [Float(0.5).squareRoot(), 0])
    #expect(trace.rms == Float(2.5 / 8).squareRoot())
    #expect(WaveformTrace(samples: [], columnCount: 2).rms == 0)
  }

  @Test("a trend keeps a constant and a slope, and no single outlier")
  func trend() {
    let constant = CurveSmoothing.trend(of: Array(repeating: 3, count: 50), radius: 4)
    #expect(constant.allSatisfy { abs($0 - 3) < 1e-12 })
    var slope = (0..<50).map { Double($0) }
    let straight = CurveSmoothing.trend(of: slope, radius: 4)
    #expect((8..<42).allSatisfy { abs(straight[$0] - slope[$0]) < 1e-12 })
    slope[25] = 1e9
    let robust = CurveSmoothing.trend(of: slope, radius: 4)
    // It moves a median by a place at most.
    #expect((8..<42).allSatisfy { abs(robust[$0] - Double($0)) <= 1 })
    #expect(CurveSmoothing.trend(of: [1, 9, 2], radius: 0) == [1, 9, 2])
    #expect(CurveSmoothing.trend(of: [], radius: 3) == [])
    #expect([1, 11, 12, 240].map { CurveSmoothing.radius(pointCount: $0) } == [0, 0, 1, 13])
  }

  @Test("names beside a chart stand apart and within it")
  func endLabels() {
    func heights(_ ys: [Double]) -> [Double] {
      let labels = ys.map { CurveEndLabel(text: "", color: .ink, y: $0) }
      return CurveEndLabel.spread(labels, gap: 10, in: 0...100).map(\.y)
    }
    #expect(heights([50, 20]) == [20, 50])
    #expect(heights([50, 50, 52]) == [50, 60, 70])
    #expect(heights([100, 99, 0]) == [0, 90, 100])
    #expect(heights([]) == [])
  }

  @Test("the time at a step lies between those known on both sides")
  func elapsed() {
    let picture = CurvesPicture(
      title: "", panels: [],
      elapsed: [.init(step: 10, seconds: 20), .init(step: 20, seconds: 60)])
    #expect([0, 5, 10, 15, 20].map { picture.seconds(atStep: $0) } == [0, 10, 20, 40, 60])
    #expect(picture.seconds(atStep: 21) == nil)
  }

  // The Hann window's loss half-way between two bins is 20·log₁₀(8/(3π)) = −1.4236 dB.
  @Test(
    "a full-scale sine is at 0 dB in its bin, and at most 1.43 dB lower between two",
    arguments: FrequencyScale.allCases,
    [(8_000, 256), (16_000, 512), (44_100, 1_024), (96_000, 50)])
  func sine(scale: FrequencyScale, form: (rate: Int, fftLength: Int)) {
    let axis = FrequencyAxis(scale: scale, highHz: Double(form.rate) / 2)
    for length in [4 * form.fftLength, 9_999] {
      for place in [0.07, 0.3, 0.81] {
        let bin = (place * Double(form.fftLength / 2)).rounded()
        for part in [0, 0.25, 0.5] {
          let hz = (bin + part) * Double(form.rate) / Double(form.fftLength)
          let samples = Signals.sine(hz: hz, sampleRate: form.rate, count: length)
          let raster = SpectrogramRaster(
            samples: samples, sampleRate: form.rate,
            transform: ShortTimeFourierTransform(
              fftLength: form.fftLength, hopLength: form.fftLength / 4), axis: axis,
            columnCount: 101, rowCount: 714)
          // The middle, clear of the ends.
          let column = (0..<714).map { raster[$0, 50] }
          let loudest = column.max() ?? -200
          // Single precision, and the leakage of the sine's mirror image.
          #expect(part == 0 ? abs(loudest) < 0.01 : (-1.44...0.01).contains(loudest))
          let row = column.firstIndex(of: loudest) ?? 0
          let shown = axis.hz(position: 1 - (Double(row) + 0.5) / 714)
          // Within half a bin of the sine, and the height of a row.
          let rowHz = axis.hz(position: 1 - Double(row) / 714) - shown
          let binHz = Double(form.rate) / Double(form.fftLength)
          #expect(abs(shown - hz) <= 0.5 * binHz + 2 * rowHz)
        }
      }
    }
  }
}
