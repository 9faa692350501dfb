package import NeuralNet

extension Tensor {
  /// Takes over clips, each with a change of its own.
  ///
  /// - Parameters:
  ///   - clips: x, of this tensor's shape, `[B, T, C]`.
  ///   - changes: one for each clip.
  ///   - team: the threads that share the work.
  /// - Precondition: the shapes are equal, and there are B changes; checked in every build.
  package func assign(_ clips: Tensor, changedBy changes: [ClipChange], team: ThreadTeam) {
    assign(clips, filteredBy: changes.map { ($0, $0.shift) }, team: team)
    team.forEach(changes.count) { index, _ in
      self.clips(index..<index + 1).addNoise(changes[index])
    }
  }

  /// Takes over a gradient by changed clips, as one by the clips before the changes.
  ///
  /// - Parameters:
  ///   - gradient: by y, of this tensor's shape, `[B, T, C]`.
  ///   - changes: one for each clip.
  ///   - team: the threads that share the work.
  /// - Precondition: the shapes are equal, and there are B changes; checked in every build.
  package func assign(
    _ gradient: Tensor, takenBackThrough changes: [ClipChange], team: ThreadTeam
  ) {
    assign(gradient, filteredBy: changes.map { ($0, -$0.shift) }, team: team)
  }

  private func assign(
    _ clips: Tensor, filteredBy filters: [(change: ClipChange, shift: Int)], team: ThreadTeam
  ) {
    precondition(
      clips.shape == shape && filters.count == shape[0],
      "\(filters.count) changes of \(clips.shape) do not fit \(shape)")
    team.forEach(filters.count) { index, _ in
      let (change, shift) = filters[index]
      let source = clips.clips(index..<index + 1)
      let result = self.clips(index..<index + 1)
      result.clear()
      result.add(source, times: change.gain, later: shift)
      guard change.colour != 0 else { return }
      let side = change.gain * change.colour / 2
      result.add(source, times: side, later: shift - change.reach)
      result.add(source, times: side, later: shift + change.reach)
    }
  }

  /// Adds a clip that begins so many samples later, as far as it lies within.
  private func add(_ clip: Tensor, times factor: Float, later shift: Int) {
    // In memory, the channels of a sample follow each other.
    let offset = shift * shape[2]
    let first = max(0, offset)
    let end = min(count, count + offset)
    guard first < end else { return }
    for place in first..<end { pointer[place] += factor * clip.pointer[place - offset] }
  }

  private func addNoise(_ change: ClipChange) {
    guard change.noiseLevel > 0 else { return }
    var stream = change.noise
    // The difference of two numbers from U[0, 1) has the variance 1/6.
    let scale = change.noiseLevel * Float(6).squareRoot() * 0x1p-16
    for place in 0..<count {
      let word = stream.nextWord()
      pointer[place] += scale * (Float(word >> 16) - Float(word & 0xFFFF))
    }
  }
}
