import Foundation

/// Colours for levels from quiet to loud; equal steps of level look equally large.
///
/// `ember` and `glacier` are paths through OKLab on which lightness only rises, while the hue turns
/// evenly and the colour is as strong as a screen allows up to a limit; 256 colours are then picked
/// at equal distances along the path. So they also read right in gray and to the colour-blind.
public enum ColorMap: String, Sendable, Hashable, CaseIterable, Codable {
  /// Black through violet, red and orange to pale yellow.
  case ember
  /// Black through blue and teal to white.
  case glacier
  /// White to black, for paper; even steps of sRGB, which are nearly even to the eye.
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
      nearestLightness: 0.1 + 0.87 * t, chroma: 0.02 + 0.2 * pow(sin(.pi * t), 0.7),
      hueDegrees: 285 + 180 * t)
  }

  private static let glacierColors = evenlySpaced { t in
    PictureColor(
      nearestLightness: 0.1 + 0.89 * t, chroma: 0.02 + 0.1 * sin(.pi * t), hueDegrees: 285 - 115 * t
    )
  }

  private static let grayColors = (0..<256).map { PictureColor(gray: 1 - Double($0) / 255) }

  /// 256 colours at equal distances, as OKLab measures them, along a path over 0 … 1.
  private static func evenlySpaced(_ path: (Double) -> PictureColor) -> [PictureColor] {
    let fine = 4_096
    let points = (0...fine).map { path(Double($0) / Double(fine)) }
    var lengths = [0.0]
    for (previous, next) in zip(points, points.dropFirst()) {
      let step = zip(previous.okLab, next.okLab).reduce(0) { $0 + pow($1.0 - $1.1, 2) }
      lengths.append(lengths[lengths.count - 1] + step.squareRoot())
    }
    var place = 0
    return (0..<256).map { index in
      let target = lengths[fine] * Double(index) / 255
      while place < fine, lengths[place] < target { place += 1 }
      return points[place]
    }
  }
}
