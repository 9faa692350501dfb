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

  /// Adds the numbers of another tensor.
  package func add(_ other: Tensor, team: ThreadTeam) {
    precondition(other.count == count, "\(other.shape) is not \(shape)")
    team.forEachRange(of: count) { range in
      for i in range { pointer[i] += other.pointer[i] }
    }
  }

  /// Sets each clip to a place on the straight line between two others: x + α·(y − x).
  ///
  /// - Parameters:
  ///   - start: x, of this tensor's shape.
  ///   - end: y, likewise.
  ///   - places: α, one for each clip, `[B]`.
  ///   - team: the threads that share the work.
  package func interpolate(
    from start: Tensor, to end: Tensor, at places: [Float], team: ThreadTeam
  ) {
    precondition(
      start.count == count && end.count == count && count.isMultiple(of: places.count),
      "\(places.count) places between \(start.shape) and \(end.shape) do not fit \(shape)")
    let clipLength = count / places.count
    team.forEach(places.count) { clip, _ in
      let place = places[clip]
      for i in clip * clipLength..<(clip + 1) * clipLength {
        pointer[i] = start.pointer[i] + place * (end.pointer[i] - start.pointer[i])
      }
    }
  }

  /// The norm of each clip, √(Σ x² + ε), summed in 64 bits: `[B]`, where B is the first axis.
  package func clipNorms(epsilon: Double, team: ThreadTeam) -> [Double] {
    let clipLength = count / shape[0]
    return team.map(shape[0]) { clip in
      var sum = epsilon
      for i in clip * clipLength..<(clip + 1) * clipLength {
        sum += Double(pointer[i]) * Double(pointer[i])
      }
      return sum.squareRoot()
    }
  }

  /// Multiplies each clip by a factor of its own.
  ///
  /// - Parameters:
  ///   - factors: `[B]`.
  ///   - team: the threads that share the work.
  package func scaleClips(by factors: [Float], team: ThreadTeam) {
    precondition(factors.count == shape[0], "\(factors.count) factors do not fit \(shape)")
    let clipLength = count / shape[0]
    team.forEach(shape[0]) { clip, _ in
      let factor = factors[clip]
      for i in clip * clipLength..<(clip + 1) * clipLength { pointer[i] *= factor }
    }
  }
}
