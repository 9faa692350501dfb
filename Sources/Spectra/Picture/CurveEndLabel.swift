/// What stands to the right of a chart, beside the end of a line: its name and last number.
package struct CurveEndLabel: Sendable, Hashable {
  /// What it says.
  package var text: String
  /// The colour of its line.
  package var color: PictureColor
  /// The height of its middle, in points from the top of the picture.
  package var y: Double

  /// A label beside a height.
  package init(text: String, color: PictureColor, y: Double) {
    self.text = text
    self.color = color
    self.y = y
  }

  /// The labels from top to bottom, moved apart as little as it takes for each to be read.
  ///
  /// - Parameters:
  ///   - labels: each at the height where its curve ends.
  ///   - gap: the least distance of two, in points.
  ///   - range: the heights that they stay within, if there is room for all.
  package static func spread(
    _ labels: [CurveEndLabel], gap: Double, in range: ClosedRange<Double>
  ) -> [CurveEndLabel] {
    var placed = labels.sorted { $0.y < $1.y }
    var lowest = range.lowerBound
    for index in placed.indices {
      placed[index].y = max(placed[index].y, lowest)
      lowest = placed[index].y + gap
    }
    var highest = range.upperBound
    for index in placed.indices.reversed() {
      placed[index].y = min(placed[index].y, highest)
      highest = placed[index].y - gap
    }
    return placed
  }
}
