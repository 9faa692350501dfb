/// Where the taps of a ``WindowLayout`` stand when both sides are seen in whole rows: a row of x is
/// `a` steps, one after another in memory, a row of y is `phaseCount` steps.
///
///     y[q] = Σⱼ x[q + start + j] · m[j],   m [r, a·I, phases·O]
///
/// A filter of 25 taps and stride 4 is then one of 7 taps and stride 1 with four times the
/// channels; and its transpose, `x[p] = Σⱼ y[p − start − j] · m[j]ᵀ`, is one too.
struct RowLayout: Hashable, Sendable {
  /// Tap `tap` stands in matrix `position`, in the rows of step `step` and the columns of phase
  /// `phase`.
  struct Entry: Hashable, Sendable {
    var tap: Int
    var position: Int
    var step: Int
    var phase: Int
  }

  /// Row of x under the first matrix, beside row 0 of y.
  let start: Int

  /// Matrices, r.
  let tapCount: Int

  let entries: [Entry]

  /// Row of y under the first matrix of the transpose, beside row 0 of x; there the matrices follow
  /// each other in the opposite order.
  var transposedStart: Int { -start - (tapCount - 1) }

  init(_ layout: WindowLayout) {
    let stride = layout.inputStride
    let places = layout.entries.map { entry in
      let step = layout.start + entry.position
      let row = Int((Double(step) / Double(stride)).rounded(.down))
      return Entry(tap: entry.tap, position: row, step: step - row * stride, phase: entry.phase)
    }
    let first = places.lazy.map(\.position).min() ?? 0
    let last = places.lazy.map(\.position).max() ?? 0
    start = first
    tapCount = last - first + 1
    entries = places.map { place in
      var place = place
      place.position -= first
      return place
    }
  }
}
