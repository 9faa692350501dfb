extension Array where Element == MetricsLine {
  /// The lines of a log whose output can be compared: those from a warm-up's end on.
  ///
  /// Within it, figures are of another training, that of copies. At its last step, the generator
  /// already makes sound of N(0, 1), as it will to the end.
  ///
  /// - Parameter steps: steps of the warm-up; with 0, all lines are returned.
  func afterWarmUp(ofSteps steps: Int) -> [MetricsLine] { filter { $0.step >= steps } }
}
