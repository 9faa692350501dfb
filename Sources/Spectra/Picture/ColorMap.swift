import Foundation

/// Colours for levels from quiet to loud; equal steps of level look equally large.
///
/// Lightness only rises (in `gray` falls), so that every map also reads right in gray and to the
/// colour-blind, and neighbouring colours are equally far apart in CIELAB. `ember` and `glacier` are
/// smooth paths through OKLab, on which the hue turns evenly.
public enum ColorMap: String, Sendable, Hashable, CaseIterable, Codable {
  /// Black through violet, red and orange to pale yellow.
  case ember
  /// Black through blue and teal to white.
  case glacier
  /// White to black, for paper.
  case gray

  /// The 256 colours, from quiet to loud.
  package var colors: [PictureColor] {
    switch self {
    case .ember: Self.emberColors
    case .glacier: Self.glacierColors
    case .gray: Self.grayColors
    }
  }

  /// The colour of a level: 0 is the quietest, 1 the loudest; beyond them nothing changes.
  package func color(at position: Double) -> PictureColor {
    colors[Int((min(max(position, 0), 1) * 255).rounded())]
  }

  private static let emberColors = evenlySpaced { t in
    PictureColor(
      nearestLightness: 0.1 + 0.88 * t, chroma: 0.01 + 0.2 * sin(.pi * pow(t, 1.25)),
      hueDegrees: 280 + 185 * t)
  }

  private static let glacierColors = evenlySpaced { t in
    PictureColor(
      nearestLightness: 0.1 + 0.88 * t, chroma: 0.01 + 0.1 * sin(.pi * pow(t, 1.1)),
      hueDegrees: 295 - 128 * t)
  }

  private static let grayColors = evenlySpaced { PictureColor(gray: 1 - $0) }

  /// 256 colours at equal distances, as CIELAB measures them, along a path over 0 … 1.
  private static func evenlySpaced(_ path: (Double) -> PictureColor) -> [PictureColor] {
    let fine = 4_096
    let points = (0...fine).map { path(Double($0) / Double(fine)) }
    var lengths = [0.0]
    for (previous, next) in zip(points, points.dropFirst()) {
      lengths.append(lengths[lengths.count - 1] + previous.distance(to: next))
    }
    var place = 0
    return (0..<256).map { index in
      let target = lengths[fine] * Double(index) / 255
      while place < fine, lengths[place] < target { place += 1 }
      return points[place]
    }
  }
}
