import Spectra
import Testing

/// Width and height of a PNG file, or nil if it does not begin like one.
private func pngSize(_ bytes: [UInt8]) -> [Int]? {
  let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
  guard bytes.starts(with: signature), bytes.count > 24 else { return nil }
  return [16, 20].map { at in bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
}

@Suite struct PictureTests {
  @Test("the picture of a clip is a PNG of its size, and the same bytes each time")
  func spectrogram() throws {
    let picture = SpectrogramPicture(
      samples: Signals.noiseSamples(count: 4_000), sampleRate: 16_000, title: "noise.wav")
    let bytes = try picture.png()
    #expect(pngSize(bytes) == [1_920, 1_290])
    #expect(bytes == (try picture.png()))
    var other = picture
    other.title = "other.wav"
    #expect(bytes != (try other.png()))
  }

  @Test(
    "clips of no sample, one, silence or nonsense have a picture",
    arguments: [
      [], [0.5], [Float](repeating: 0, count: 300), [.nan, .infinity, 1, -.infinity, 1e30, .nan],
    ] as [[Float]], FrequencyScale.allCases)
  func degenerate(samples: [Float], scale: FrequencyScale) throws {
    let picture = SpectrogramPicture(
      samples: samples, sampleRate: 8_000, title: "a\nb\u{0}\u{1B}[31m",
      options: SpectrogramOptions(scale: scale, fftLength: 64, hopLength: 1_000))
    #expect(pngSize(try picture.png()) == [1_920, 1_290])
  }

  @Test("pictures drawn by several tasks at once have the bytes of those drawn alone")
  func concurrentDrawing() async throws {
    let picture = SpectrogramPicture(
      samples: Signals.noiseSamples(count: 500), sampleRate: 16_000, title: "noise.wav")
    let expected = try picture.png()
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<4 { group.addTask { try picture.png() == expected } }
      for try await isSame in group { #expect(isSame) }
    }
  }

  @Test(
    "contact sheets hold any number of clips, with and without labels", arguments: [0, 1, 4, 30])
  func sheet(count: Int) throws {
    var sheet = ContactSheet(clips: [], sampleRate: 8_000, title: "sheet")
    sheet.clips = (0..<count).map {
      ContactSheet.Clip(
        samples: Signals.noiseSamples(count: 1 + 40 * $0), caption: "clip \($0)",
        label: $0.isMultiple(of: 3) ? nil : "label \($0 % 3)")
    }
    let bytes = try sheet.png()
    #expect(pngSize(bytes) != nil)
    #expect(bytes == (try sheet.png()))
  }

  @Test("a sheet of four hundred labels is drawn smaller, not refused")
  func tallSheet() throws {
    let clips = (0..<400).map {
      ContactSheet.Clip(samples: [0.5], caption: "\($0)", label: "label \($0)")
    }
    let bytes = try ContactSheet(clips: clips, sampleRate: 8_000, title: "tall").png()
    let size = try #require(pngSize(bytes))
    #expect(size[1] <= 32_767 && size[1] > 32_000)
  }

  @Test("clips of one label stand together, in their order, and do not overlap")
  func sheetLayout() {
    let layout = ContactSheetLayout(labels: ["a", "b", "a", nil, "b", "a"])
    #expect(layout.headings.map(\.label) == ["a", "b", "no label"])
    #expect(layout.headings.map(\.count) == [3, 2, 1])
    let reading = layout.places.indices.sorted {
      (layout.places[$0].y, layout.places[$0].x) < (layout.places[$1].y, layout.places[$1].x)
    }
    #expect(reading == [0, 2, 5, 1, 4, 3])
    for a in layout.places.indices {
      #expect(layout.places[a].x + layout.thumbnailWidth <= layout.width - ContactSheetLayout.right)
      #expect(layout.places[a].y + layout.thumbnailHeight + 12 <= layout.height)
      for b in layout.places.indices where b != a {
        let isApart =
          abs(layout.places[a].x - layout.places[b].x) >= layout.thumbnailWidth
          || abs(layout.places[a].y - layout.places[b].y) >= layout.thumbnailHeight + 12
        #expect(isApart)
      }
    }
  }

  @Test("one long clip does not squeeze the others, and one loud clip does not darken them")
  func sheetReferences() {
    // All are whole, if the longest is little longer than nine of ten.
    #expect(ContactSheet.widthSampleCount(of: [100, 120, 150]) == 150)
    #expect(ContactSheet.widthSampleCount(of: Array(repeating: 100, count: 9) + [150]) == 150)
    // Else nine of ten are, but for those of more than four times the median.
    #expect(ContactSheet.widthSampleCount(of: Array(repeating: 100, count: 9) + [151]) == 100)
    #expect(ContactSheet.widthSampleCount(of: [100, 120, 90_000]) == 480)
    #expect(ContactSheet.widthSampleCount(of: []) == 1)
    #expect(ContactSheet.topDecibels(loudest: [-22, -25, 3, -28, -200]) == -20)
    #expect(ContactSheet.topDecibels(loudest: [-200]) == 0)
  }

  @Test("clips of one label, or of none, need no heading")
  func oneLabel() {
    #expect(ContactSheetLayout(labels: ["a", "a"]).headings.isEmpty)
    #expect(ContactSheetLayout(labels: [nil, nil]).headings.isEmpty)
    #expect(ContactSheetLayout(labels: ["a", nil]).headings.map(\.label) == ["a", "no label"])
  }

  @Test("of a clip that is longer than the sheet shows, the beginning is enough")
  func beginnings() throws {
    let samples = Signals.noiseSamples(count: 5_000)
    var sheet = ContactSheet(
      clips: [.init(samples: samples, caption: "long"), .init(samples: [1, 0], caption: "short")],
      sampleRate: 8_000, title: "sheet", widthSampleCount: 1_000)
    let whole = try sheet.png()
    sheet.clips[0].samples = Array(samples.prefix(1_000))
    #expect(try sheet.png() == whole)
    sheet.clips[0].sampleCount = 1_000
    // Now it does not go on.
    #expect(try sheet.png() != whole)
  }

  @Test("curves of no, one and a hundred thousand points are drawn", arguments: [0, 1, 100_000])
  func curves(count: Int) throws {
    let noise = Signals.noise(count: count)
    let steps = Array(0..<count)
    let gaps = noise.map { abs($0) < 0.2 ? .nan : $0 > 0.9 ? .infinity : $0 }
    let picture = CurvesPicture(
      title: "curves",
      panels: [
        CurvesPanel(
          title: "losses",
          series: [
            .init(name: "noise", steps: steps, values: noise),
            .init(name: "gaps", steps: steps, values: gaps),
          ]),
        CurvesPanel(
          title: "accuracy", series: [.init(name: "noise", steps: steps, values: noise)],
          range: 0...1, guides: [.init(value: 0.5, label: "guessing")]),
        CurvesPanel(
          title: "logarithmic", series: [.init(name: "noise", steps: steps, values: noise)],
          isLogarithmic: true),
        CurvesPanel(
          title: "constant",
          series: [.init(name: "zero", steps: steps, values: noise.map { _ in 0 })]),
        CurvesPanel(
          title: "nothing",
          series: [.init(name: "nan", steps: steps, values: noise.map { _ in .nan })]),
        CurvesPanel(
          title: "enormous",
          series: [.init(name: "big", steps: steps, values: noise.map { $0 * 1e300 })]),
      ],
      marks: [.init(step: count / 2, label: "here"), .init(step: count / 2, label: "and here")],
      notches: steps, elapsed: steps.map { .init(step: $0, seconds: 0.1 * Double($0)) })
    let bytes = try picture.png()
    #expect(pngSize(bytes) != nil)
    #expect(bytes == (try picture.png()))
  }
}
