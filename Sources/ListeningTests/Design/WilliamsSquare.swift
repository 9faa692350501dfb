/// Orders in which each item stands equally often in each place, and follows each other item equally
/// often.
///
/// For an even number n of items the first row is 0, 1, n−1, 2, n−2, … and each further row adds 1 to
/// all, modulo n: n rows. For an odd n those rows and the same ones backwards: 2n rows.
/// Source: Williams, "Experimental designs balanced for the estimation of residual effects of
/// treatments", 1949.
package struct WilliamsSquare: Sendable {
  /// How many items there are, n.
  package let itemCount: Int

  /// - Precondition: `itemCount` is positive; checked in every build.
  package init(itemCount: Int) {
    precondition(itemCount > 0, "a square of \(itemCount) items is none")
    self.itemCount = itemCount
  }

  /// Rows until the balance is complete.
  package var rowCount: Int {
    itemCount.isMultiple(of: 2) || itemCount == 1 ? itemCount : 2 * itemCount
  }

  /// A row, of as many as wanted: they begin again after ``rowCount``.
  package func row(_ index: Int) -> [Int] {
    let row = index % rowCount
    let items = (0..<itemCount).map { place in
      let first = place.isMultiple(of: 2) ? itemCount - place / 2 : place / 2 + 1
      return (first + row) % itemCount
    }
    return row < itemCount ? items : items.reversed()
  }
}
