/// Where everything on a contact sheet lies, in points.
package struct ContactSheetLayout: Sendable {
  /// The name of a group of clips, over its first row.
  package struct Heading: Sendable, Hashable {
    /// The label.
    package let label: String
    /// Clips that have it.
    package let count: Int
    /// The start of its base line.
    package let place: Point
  }

  /// Space at the left edge, for the numbers of the frequency axis, in points.
  package static let left = 40.0
  /// Free space at the right and the lower edge, in points.
  package static let right = 24.0
  private static let headerHeight = 88.0
  private static let gap = 8.0
  private static let captionHeight = 20.0
  private static let headingHeight = 30.0

  /// Width of the sheet in points.
  package let width: Double
  /// Height of the sheet in points.
  package let height: Double
  /// Width of the longest small spectrogram in points.
  package let thumbnailWidth: Double
  /// Height of a small spectrogram in points.
  package let thumbnailHeight: Double
  /// The top left corner of each clip, in the order they were given.
  package let places: [Point]
  /// The headings, from top to bottom; none where all have the same.
  package let headings: [Heading]

  /// Lays out one clip for each label; nil stands for no label.
  ///
  /// - Parameter columnMultiple: what the number of columns is a multiple of: 2 keeps pairs together.
  package init(labels: [String?], columnMultiple: Int = 1) {
    // As many columns as rows, roughly; small pictures never get smaller than about 100 points, so
    // that names can be read on a printed page.
    var columnCount = 1
    while columnCount < 8, columnCount * columnCount < labels.count { columnCount += 1 }
    columnCount = (columnCount + columnMultiple - 1) / columnMultiple * columnMultiple
    let room = 880.0
    thumbnailWidth = min(
      260, ((room - Self.gap * Double(columnCount - 1)) / Double(columnCount)).rounded(.down))
    thumbnailHeight = (thumbnailWidth * 0.58).rounded()
    let rowWidth = Double(columnCount) * (thumbnailWidth + Self.gap) - Self.gap
    // Wide enough for the line under the title, however few the clips.
    width = max(rowWidth, 528) + Self.left + Self.right

    var order: [String?] = []
    var members: [String?: [Int]] = [:]
    for (index, label) in labels.enumerated() {
      if members[label] == nil { order.append(label) }
      members[label, default: []].append(index)
    }
    let rowHeight = thumbnailHeight + Self.captionHeight + 4
    var places = [Point](repeating: Point(x: 0, y: 0), count: labels.count)
    var headings: [Heading] = []
    var y = Self.headerHeight
    for label in order {
      let indices = members[label] ?? []
      if order.count > 1 {
        headings.append(
          Heading(
            label: label ?? "no label", count: indices.count,
            place: Point(x: Self.left, y: y + 20)))
        y += Self.headingHeight
      }
      for (position, index) in indices.enumerated() {
        places[index] = Point(
          x: Self.left + Double(position % columnCount) * (thumbnailWidth + Self.gap),
          y: y + Double(position / columnCount) * rowHeight)
      }
      y += Double((indices.count + columnCount - 1) / columnCount) * rowHeight
    }
    self.places = places
    self.headings = headings
    height = y + Self.right / 2
  }
}
