import AudioFiles
import Foundation
import TestSupport
import Testing

@Suite("Windows are cut with fades and silence")
struct WindowCutterTests {
  /// A square wave with offset 0, whose level any fade shows: +1, −1, +1, … in frames of two
  /// channels that differ in sign.
  private func clip(frameCount: Int) -> AudioClip {
    let samples = (0..<frameCount).flatMap { t in
      t.isMultiple(of: 2) ? [1, -1] : [-1, 1] as [Float]
    }
    return AudioClip(samples: samples, channelCount: 2, sampleRate: 4_000)
  }

  /// The absolute value of each frame of a window of 40 frames (10 ms); fades have 8.
  private func levels(frameCount: Int, from start: Int, keeping range: Range<Int>? = nil) throws
    -> [Float]
  {
    let folder = try TemporaryFolder()
    let clip = clip(frameCount: frameCount)
    let path = try folder.file("a.wav")
    try AudioWriter(container: .wav).write(clip, to: path)
    let summary = try AudioDecoder(channelCount: 2).decode(path) { _ in }
    var plan = try ClipPreparation.plan(
      samples: clip.samples.span, summary: summary, trimsSilence: false, normalization: .none,
      path: path)
    plan.offsets = [0, 0]
    if let range { plan.keptRange = range }
    var window = [Float](repeating: .nan, count: 80)
    var span = window.mutableSpan
    WindowCutter(windowLength: 40, channelCount: 2, sampleRate: 4_000)
      .cut(clip.samples.span, plan, from: start, into: &span)
    for t in 0..<40 { #expect(window[2 * t] == -window[2 * t + 1]) }
    return (0..<40).map { abs(window[2 * $0]) }
  }

  /// `½ (1 − cos(π (t + ½) / n))`.
  private func fade(_ n: Int) -> [Float] {
    (0..<n).map { Float(0.5 * (1 - cos(Double.pi * (Double($0) + 0.5) / Double(n)))) }
  }

  private func expectEqual(
    _ found: [Float], _ expected: [Float], _ location: SourceLocation = #_sourceLocation
  ) {
    // The cosine in single precision: a few units of 2⁻²⁴.
    #expect(
      found.count == expected.count && zip(found, expected).allSatisfy { abs($0 - $1) < 1e-6 },
      "\(found)", sourceLocation: location)
  }

  @Test("a recording that fills the window exactly is not faded")
  func exact() throws {
    expectEqual(try levels(frameCount: 40, from: 0), [Float](repeating: 1, count: 40))
  }

  @Test("a window at the start of a longer recording fades out only")
  func start() throws {
    expectEqual(
      try levels(frameCount: 100, from: 0), [Float](repeating: 1, count: 32) + fade(8).reversed())
  }

  @Test("a window inside a recording fades at both ends")
  func inside() throws {
    expectEqual(
      try levels(frameCount: 100, from: 30),
      fade(8) + [Float](repeating: 1, count: 24) + fade(8).reversed())
  }

  @Test("a window at the very end of a recording fades in only")
  func end() throws {
    expectEqual(
      try levels(frameCount: 100, from: 60), fade(8) + [Float](repeating: 1, count: 32))
  }

  @Test("a recording that ends in the window fades out, and silence follows")
  func padded() throws {
    expectEqual(
      try levels(frameCount: 35, from: 0),
      [Float](repeating: 1, count: 27) + fade(8).reversed() + [Float](repeating: 0, count: 5))
  }

  @Test("fades never take more than a quarter of a short recording")
  func short() throws {
    expectEqual(
      try levels(frameCount: 9, from: 0),
      [Float](repeating: 1, count: 7) + fade(2).reversed() + [Float](repeating: 0, count: 31))
    expectEqual(try levels(frameCount: 2, from: 0), [1, 1] + [Float](repeating: 0, count: 38))
  }

  @Test("positions count from the kept range, and nothing outside it is heard")
  func keptRange() throws {
    expectEqual(
      try levels(frameCount: 100, from: 0, keeping: 10..<45),
      [Float](repeating: 1, count: 27) + fade(8).reversed() + [Float](repeating: 0, count: 5))
    expectEqual(
      try levels(frameCount: 100, from: 35, keeping: 10..<45), [Float](repeating: 0, count: 40))
  }
}

@Suite("Slice positions")
struct SlicePositionTests {
  private func every(_ frameCount: Int, overlap: Double = 0, padsEnd: Bool = false) -> [Int] {
    SlicePositions.every(
      frameCount: frameCount, windowLength: 100, overlap: overlap, padsEnd: padsEnd)
  }

  @Test("whole windows follow each other; the rest is dropped or padded")
  func whole() {
    #expect(every(300) == [0, 100, 200])
    #expect(every(399) == [0, 100, 200])
    #expect(every(301, padsEnd: true) == [0, 100, 200, 300])
    #expect(every(300, padsEnd: true) == [0, 100, 200])
  }

  @Test("overlap repeats that part of a window")
  func overlap() {
    #expect(every(200, overlap: 0.5) == [0, 50, 100])
    #expect(every(201, overlap: 0.75, padsEnd: true) == [0, 25, 50, 75, 100, 125])
    #expect(every(103, overlap: 0.999) == [0, 1, 2, 3])
  }

  @Test("a recording no longer than a window has one")
  func short() {
    #expect(every(1) == [0] && every(100, padsEnd: true) == [0])
    #expect(SlicePositions.random(frameCount: 40, windowLength: 100) == 0...0)
    #expect(SlicePositions.random(frameCount: 140, windowLength: 100) == 0...40)
  }
}
