import ListeningTests
import Testing

@Suite("Williams squares")
struct WilliamsSquareTests {
  @Test(
    "Each item is equally often in each place and after each other one",
    arguments: [1, 2, 3, 4, 5, 6, 9, 12])
  func balance(itemCount: Int) {
    let square = WilliamsSquare(itemCount: itemCount)
    var places = [[Int]](repeating: Array(repeating: 0, count: itemCount), count: itemCount)
    var followers = places
    for row in (0..<square.rowCount).map(square.row) {
      #expect(row.sorted() == Array(0..<itemCount))
      for (place, item) in row.enumerated() { places[place][item] += 1 }
      for (item, next) in zip(row, row.dropFirst()) { followers[item][next] += 1 }
    }
    let rounds = square.rowCount / itemCount
    #expect(places.allSatisfy { $0.allSatisfy { $0 == rounds } })
    for item in 0..<itemCount {
      for next in 0..<itemCount where next != item { #expect(followers[item][next] == rounds) }
    }
  }

  @Test("The square of four is the published one")
  func four() {
    let square = WilliamsSquare(itemCount: 4)
    #expect(
      (0..<4).map(square.row) == [[0, 1, 3, 2], [1, 2, 0, 3], [2, 3, 1, 0], [3, 0, 2, 1]])
  }
}
