/// Charts of how one set of things compares with others: curves over a quantity, and bars.
///
/// Things of one colour are the same in all charts; a legend names them. The same numbers give the same
/// bytes.
package struct ComparisonPicture: Sendable {
  /// A chart.
  package enum Panel: Sendable {
    case curves(CurvesOverQuantity)
    case bars(BarGroups)
  }

  /// What stands over the picture.
  package var title: String
  /// What stands under the title.
  package var note: String
  /// The names of what is compared, in the order of colours.
  package var names: [String]
  /// The charts, from top to bottom.
  package var panels: [Panel]

  private static let width = 720.0
  private static let density = 2.5
  private static let left = 62.0
  private static let right = 24.0
  private static let firstPanelTop = 122.0
  private static let panelHeight = 150.0
  private static let panelGap = 84.0

  /// Charts under one legend.
  package init(title: String, note: String, names: [String], panels: [Panel]) {
    self.title = title
    self.note = note
    self.names = names
    self.panels = panels
  }

  /// Draws the picture, 1,800 pixels wide.
  ///
  /// - Returns: the bytes of a PNG file.
  /// - Throws: ``PictureError`` if there is not enough memory.
  package func png() throws(PictureError) -> [UInt8] {
    let height =
      Self.firstPanelTop + Double(max(panels.count, 1)) * (Self.panelHeight + Self.panelGap) - 20
    let canvas = Canvas(width: Self.width, height: height, density: Self.density)
    let limit = Self.width - Self.left - Self.right
    canvas.fittedText(title, at: Point(x: Self.left, y: 28), style: .title, limit: limit)
    canvas.fittedText(note, at: Point(x: Self.left, y: 46), style: .subtitle, limit: limit)
    drawLegend(on: canvas)
    for (index, panel) in panels.enumerated() {
      let frame = Rectangle(
        x: Self.left, y: Self.firstPanelTop + Double(index) * (Self.panelHeight + Self.panelGap),
        width: limit, height: Self.panelHeight)
      switch panel {
      case .curves(let curves): curves.draw(in: frame, on: canvas)
      case .bars(let bars): bars.draw(in: frame, on: canvas)
      }
    }
    return try canvas.png(title: title)
  }

  private func drawLegend(on canvas: borrowing Canvas) {
    var x = Self.left
    for (index, name) in names.enumerated() {
      canvas.fill(Rectangle(x: x, y: 62, width: 10, height: 10), CurvesPanel.color(index))
      canvas.text(name, at: Point(x: x + 15, y: 71), style: .tick)
      x += 15 + canvas.textWidth(name, style: .tick) + 18
    }
  }
}

extension Canvas {
  /// Draws what stands over a chart.
  func heading(_ title: String, _ hint: String, over frame: Rectangle) {
    fittedText(
      title, at: Point(x: frame.x, y: frame.y - 21), style: .panelTitle, limit: frame.width)
    fittedText(hint, at: Point(x: frame.x, y: frame.y - 7), style: .subtitle, limit: frame.width)
  }
}
