extension Tensor {
  /// The square root of the sum of squares, summed in 64 bits.
  package func norm(team: ThreadTeam) -> Double {
    team.sum(of: count) { range in
      var sum = 0.0
      for i in range { sum += Double(pointer[i]) * Double(pointer[i]) }
      return sum
    }.squareRoot()
  }

  /// Whether no number is infinite or not a number.
  package func isFinite(team: ThreadTeam) -> Bool { norm(team: team).isFinite }

  /// Limits each number to −`bound` ... `bound`.
  package func clamp(to bound: Float, team: ThreadTeam) {
    team.forEachRange(of: count) { range in
      for i in range { pointer[i] = min(bound, max(-bound, pointer[i])) }
    }
  }

  /// Replaces each number x by `keep`·x + (1 − `keep`)·y.
  package func move(towards target: Tensor, keeping keep: Float, team: ThreadTeam) {
    precondition(target.count == count, "\(target.shape) is not \(shape)")
    team.forEachRange(of: count) { range in
      for i in range { pointer[i] = keep * pointer[i] + (1 - keep) * target.pointer[i] }
    }
  }
}
