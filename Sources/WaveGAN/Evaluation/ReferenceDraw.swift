import NeuralNet

/// Which recordings an evaluation compares.
///
/// The training recordings, by label and then by digest, are dealt to two halves in turn, so that both
/// have the same labels and nothing is left to chance; the seed then decides who is drawn of each.
package struct ReferenceDraw {
  /// The two halves of the training recordings, in random order: indices in ``Dataset/clips``.
  let halves: [[Int]]
  /// The recordings held out, in random order.
  let heldOut: [Int]

  package init(from dataset: Dataset, seed: UInt64) {
    func shuffled(_ clips: [Int], _ stream: Int) -> [Int] {
      var random = RandomStream(seed: seed, purpose: .evaluation, index: stream)
      var clips = clips
      random.shuffle(&clips)
      return clips
    }
    let training = dataset.clips.indices.filter { dataset.clips[$0].part == .training }
    halves = (0...1).map { half in
      let dealt = training.indices.filter { $0 % 2 == half }.map { training[$0] }
      return shuffled(dealt, 2 + half)
    }
    heldOut = shuffled(dataset.clips.indices.filter { dataset.clips[$0].part == .heldOut }, 4)
  }

  /// Training recordings.
  var trainingCount: Int { halves[0].count + halves[1].count }

  /// Clips that each half has.
  var halfCount: Int { halves[1].count }

  /// The training recordings of both halves, in turn.
  package var training: [Int] { (0..<trainingCount).map { halves[$0 % 2][$0 / 2] } }
}
