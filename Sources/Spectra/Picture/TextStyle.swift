/// Size, weight and colour of a text.
package struct TextStyle: Sendable, Hashable {
  /// Height of the letters in points, from line to line.
  package var size: Double
  /// Whether letters are heavy.
  package var isBold = false
  /// The colour of the letters.
  package var color = PictureColor.ink

  /// A style of letters `size` points high.
  package init(size: Double, isBold: Bool = false, color: PictureColor = .ink) {
    self.size = size
    self.isBold = isBold
    self.color = color
  }

  /// Over a picture.
  package static let title = TextStyle(size: 15, isBold: true)
  /// Under a title, and beside a chart.
  package static let subtitle = TextStyle(size: 10.5, color: .soft)
  /// Over a chart or a group of clips.
  package static let panelTitle = TextStyle(size: 12, isBold: true)
  /// Along an axis.
  package static let axisTitle = TextStyle(size: 11.5)
  /// Numbers on an axis, and legends.
  package static let tick = TextStyle(size: 11)
  /// Under a small picture.
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
