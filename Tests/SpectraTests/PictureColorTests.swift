import Spectra
import Testing

@Suite struct PictureColorTests {
  // The primaries' values are those of every table of sRGB in CIELAB (D65), to two decimals.
  @Test(
    "colours have their places in CIELAB",
    arguments: [
      (PictureColor(red: 1, green: 0, blue: 0), [53.24, 80.09, 67.20]),
      (PictureColor(red: 0, green: 1, blue: 0), [87.73, -86.18, 83.18]),
      (PictureColor(red: 0, green: 0, blue: 1), [32.30, 79.19, -107.86]),
      (PictureColor(gray: 1), [100, 0, 0]),
      (PictureColor(gray: 0), [0, 0, 0]),
    ])
  func cieLab(color: PictureColor, expected: [Double]) {
    #expect(zip(color.cieLab, expected).allSatisfy { abs($0 - $1) < 0.02 })
  }

  @Test(
    "lightness only rises, or for paper falls, from black to white", arguments: ColorMap.allCases)
  func lightness(map: ColorMap) {
    let lightness = map.colors.map { $0.cieLab[0] }
    let isRising = map != .gray
    #expect(zip(lightness, lightness.dropFirst()).allSatisfy { ($0 < $1) == isRising })
    // No part of a map is flat: each sixteenth has at least half the mean rise, so that it reads in
    // gray. The last one has 15 steps, so rises are compared for a step.
    let meanRise = (lightness[255] - lightness[0]) / 255
    for start in stride(from: 0, through: 240, by: 16) {
      let end = min(start + 16, 255)
      let rise = (lightness[end] - lightness[start]) / Double(end - start)
      #expect(rise / meanRise >= 0.5)
    }
    #expect(min(lightness[0], lightness[255]) < 2 && max(lightness[0], lightness[255]) > 97)
  }

  // The path is sampled 16 times as finely as it is used, so a step is exact to a sixteenth either
  // way: within 1/8 of the mean.
  @Test("neighbouring colours are equally far apart", arguments: ColorMap.allCases)
  func steps(map: ColorMap) {
    let colors = map.colors
    let steps = zip(colors, colors.dropFirst()).map { $0.distance(to: $1) }
    let mean = steps.reduce(0, +) / 255
    #expect(steps.allSatisfy { abs($0 - mean) < mean / 8 })
    // In a file, each part is rounded to 1/255. That moves a colour by 0.9 at most, and mostly by much
    // less: strides of eight stay within a quarter of 8 · mean, which is 4.4 at least.
    let stored = colors.map { color in
      let bytes = [16, 8, 0].map { Double(color.packed >> $0 & 255) / 255 }
      return PictureColor(red: bytes[0], green: bytes[1], blue: bytes[2])
    }
    let strides = stride(from: 0, to: 248, by: 8).map { stored[$0].distance(to: stored[$0 + 8]) }
    #expect(strides.allSatisfy { abs($0 - 8 * mean) < 2 * mean })
  }

  @Test("levels beyond the ends have the colours of the ends", arguments: ColorMap.allCases)
  func ends(map: ColorMap) {
    #expect(map.colors.count == 256)
    #expect(map.color(at: -1) == map.colors[0] && map.color(at: 2) == map.colors[255])
  }
}
