/// A place on a walk of evenly spaced clips, both ends included.
public struct WalkPosition: Sendable, Hashable {
  /// Steps from the beginning, 0 ... ``last``.
  public var step: Int

  /// Steps from the beginning to the end, at least 1.
  public var last: Int

  /// - Precondition: `last` is at least 1 and `step` is 0 ... `last`; checked in every build.
  public init(_ step: Int, of last: Int) {
    precondition(last >= 1 && (0...last).contains(step), "\(step) is no step of 0 to \(last).")
    self.step = step
    self.last = last
  }

  /// `step / last`, 0 ... 1; exact at both ends.
  public var fraction: Double { Double(step) / Double(last) }
}

extension WalkPosition: CustomStringConvertible {
  /// `5/15`.
  public var description: String { "\(step)/\(last)" }
}
