/// Size, weight and colour of a text.
package struct TextStyle: Sendable, Hashable {
  /// Height of the letters in points, from line to line.
  package var size: Double
  package var isBold = false
  package var color = PictureColor.ink

  package init(size: Double, isBold: Bool = false, color: PictureColor = .ink) {
    self.size = size
    self.isBold = isBold
    self.color = color
  }

  package static let title = TextStyle(size: 15, isBold: true)
  package static let subtitle = TextStyle(size: 10.5, color: .soft)
  package static let panelTitle = TextStyle(size: 12, isBold: true)
  package static let axisTitle = TextStyle(size: 11)
  package static let tick = TextStyle(size: 10.5)
  package static let caption = TextStyle(size: 9)
}

/// Which part of a text lies at the place it is drawn at.
package enum TextAlignment: Sendable {
  case leading
  case center
  case trailing

  /// The part of the text before that place.
  var part: Double {
    switch self {
    case .leading: 0
    case .center: 0.5
    case .trailing: 1
    }
  }
}
