import Testing
import WaveGAN

@Suite("Which recordings are on a sheet")
struct SheetPlanTests {
  @Test(
    "Where there are too many, each label gives as many as another, its first ones",
    arguments: [
      (["a", "a", "a", "a", "b", "c"], 4, [0, 1, 4, 5]),
      (["a", "a", "b", "b"], 9, [0, 1, 2, 3]),
      (["b", "a", "b", "a", "b"], 2, [0, 1]),
    ] as [([String], Int, [Int])])
  func evenly(labels: [String], limit: Int, places: [Int]) {
    #expect(SheetPlan.evenly(labels, limit: limit) == places)
  }
}
