/// Groups of bars: a figure each, with a bar for each thing that is compared.
package struct BarGroups: Sendable {
  /// A figure.
  package struct Group: Sendable {
    /// What stands under its bars.
    package var title: String
    /// What a bar as high as the chart stands for at least, so that chance does not look like much.
    package var least: Double
    /// Its bars, in the order of the picture's names; nil where there is no figure, `[names]`.
    package var values: [Double?]

    /// A figure with its bars.
    package init(title: String, least: Double = 0, values: [Double?]) {
      self.title = title
      self.least = least
      self.values = values
    }
  }

  /// What stands over the chart.
  package var title: String
  /// What to look for, in a sentence under the title.
  package var hint: String
  /// The figures, from left to right, each with a scale of its own: its highest bar is as high as the
  /// chart.
  package var groups: [Group]

  /// Bars of some figures.
  package init(title: String, hint: String, groups: [Group]) {
    self.title = title
    self.hint = hint
    self.groups = groups
  }

  func draw(in frame: Rectangle, on canvas: borrowing Canvas) {
    canvas.heading(title, hint, over: frame)
    canvas.line(
      [Point(x: frame.x, y: frame.bottom), Point(x: frame.right, y: frame.bottom)], .soft)
    let groupWidth = frame.width / Double(max(groups.count, 1))
    for (index, group) in groups.enumerated() {
      let left = frame.x + (Double(index) + 0.12) * groupWidth
      let barWidth = 0.76 * groupWidth / Double(max(group.values.count, 1))
      // Room for the number over the highest bar.
      let most = max(group.values.compactMap { $0 }.max() ?? 1, group.least, 1e-12)
      let scale = (frame.height - 16) / most
      for (name, value) in group.values.enumerated() {
        let x = left + Double(name) * barWidth
        let middle = x + barWidth / 2
        guard let value else {
          canvas.text(
            "–", at: Point(x: middle, y: frame.bottom - 5), style: .caption, alignment: .center)
          continue
        }
        let height = max(0, value) * scale
        canvas.fill(
          Rectangle(x: x + 1, y: frame.bottom - height, width: barWidth - 2, height: height),
          CurvesPanel.color(name))
        canvas.text(
          abs(value) < 1 ? DecimalText.fixed(value, decimals: 2) : DecimalText.significant(value),
          at: Point(x: middle, y: frame.bottom - height - 4),
          style: .caption, alignment: .center)
      }
      canvas.text(
        group.title, at: Point(x: left + 0.38 * groupWidth, y: frame.bottom + 16), style: .tick,
        alignment: .center)
    }
  }
}
