/// A place on a picture, in points from the top left corner.
package struct Point: Sendable, Hashable {
  /// Points from the left edge.
  package var x: Double
  /// Points from the top edge.
  package var y: Double

  /// A place so many points from the left and the top edge.
  package init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}

/// An upright rectangle on a picture, in points.
package struct Rectangle: Sendable, Hashable {
  /// The left edge.
  package var x: Double
  /// The top edge.
  package var y: Double
  /// Points from left to right.
  package var width: Double
  /// Points from top to bottom.
  package var height: Double

  /// A rectangle by its top left corner and its size, in points.
  package init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// The right edge.
  package var right: Double { x + width }
  /// The lower edge.
  package var bottom: Double { y + height }
}
