import Foundation

/// A colour in sRGB, each part 0 … 1.
package struct PictureColor: Sendable, Hashable {
  /// Red, 0 … 1.
  package var red: Double
  /// Green, 0 … 1.
  package var green: Double
  /// Blue, 0 … 1.
  package var blue: Double

  /// A colour of three parts, each 0 … 1.
  package init(red: Double, green: Double, blue: Double) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// A gray from 0 (black) to 1 (white).
  package init(gray: Double) { self.init(red: gray, green: gray, blue: gray) }

  /// Paper.
  package static let white = PictureColor(gray: 1)
  /// Titles and numbers.
  package static let ink = PictureColor(gray: 0.13)
  /// Axis lines and what is said beside the title.
  package static let soft = PictureColor(gray: 0.4)
  /// Grid lines.
  package static let faint = PictureColor(gray: 0.88)

  /// The colour of lightness `lightness` (0 black … 1 white), chroma and hue (degrees) in OKLab, a
  /// space in which equal distances look about equally different. Source: Ottosson 2020.
  ///
  /// - Returns: nil if no screen can show it: a part lies outside 0 … 1.
  package init?(lightness: Double, chroma: Double, hueDegrees: Double) {
    let a = chroma * cos(hueDegrees * .pi / 180)
    let b = chroma * sin(hueDegrees * .pi / 180)
    // Cone responses, as cube roots.
    let l = pow(lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b, 3)
    let m = pow(lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b, 3)
    let s = pow(lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b, 3)
    let linear = [
      4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
      -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
      -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
    ]
    guard linear.allSatisfy({ (-1e-9...1 + 1e-9).contains($0) }) else { return nil }
    let parts = linear.map { part in
      part <= 0.003_130_8 ? 12.92 * max(part, 0) : 1.055 * pow(min(part, 1), 1 / 2.4) - 0.055
    }
    self.init(red: parts[0], green: parts[1], blue: parts[2])
  }

  /// The colour of a lightness and hue with the chroma asked for, or as much of it as sRGB has.
  package init(nearestLightness lightness: Double, chroma: Double, hueDegrees: Double) {
    var (shown, refused) = (0.0, chroma)
    if PictureColor(lightness: lightness, chroma: chroma, hueDegrees: hueDegrees) != nil {
      shown = chroma
    }
    while refused - shown > 1e-9 {
      let middle = (shown + refused) / 2
      let isShown =
        PictureColor(lightness: lightness, chroma: middle, hueDegrees: hueDegrees) != nil
      if isShown { shown = middle } else { refused = middle }
    }
    self =
      PictureColor(lightness: lightness, chroma: shown, hueDegrees: hueDegrees)
      ?? PictureColor(gray: lightness)
  }

  /// Lightness, 0 (black) … 100 (white), and the two axes of colour in CIELAB, for the white of sRGB.
  ///
  /// Source: CIE 15:2004, section 8.2.1; sRGB's primaries from IEC 61966-2-1.
  package var cieLab: [Double] {
    let linear = [red, green, blue].map {
      $0 <= 0.040_45 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4)
    }
    let (r, g, b) = (linear[0], linear[1], linear[2])
    // X, Y and Z as parts of white's.
    let parts = [
      (0.412_456_4 * r + 0.357_576_1 * g + 0.180_437_5 * b) / 0.950_47,
      0.212_672_9 * r + 0.715_152_2 * g + 0.072_175_0 * b,
      (0.019_333_9 * r + 0.119_192_0 * g + 0.950_304_1 * b) / 1.088_83,
    ]
    let f = parts.map { $0 > 216.0 / 24_389 ? cbrt($0) : (24_389.0 / 27 * $0 + 16) / 116 }
    return [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])]
  }

  /// How different another colour looks: the distance of both in CIELAB, ΔE*ab.
  package func distance(to other: PictureColor) -> Double {
    zip(cieLab, other.cieLab).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }
}

extension PictureColor {
  /// The colour as 0x00RRGGBB.
  package var packed: UInt32 {
    [red, green, blue].reduce(0) { $0 << 8 | UInt32((min(max($1, 0), 1) * 255).rounded()) }
  }
}
