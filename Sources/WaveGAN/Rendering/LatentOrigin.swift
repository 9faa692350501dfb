public import AudioFiles

/// How the latent vector of a rendered clip came about.
///
/// It can be drawn, or lie on a way from others that came about in any of these ways themselves. A
/// rendered file holds its whole origin, so that it needs no other file to be made again. What
/// ``RenderSettings/spread`` does comes after all of it.
public indirect enum LatentOrigin: Sendable, Hashable {
  /// Drawn from a seed: the latent of clip `index` of `render --seed`, with a label; nil: the one
  /// whose turn it is, or none where the run was told none.
  case drawn(seed: UInt64, index: Int, label: String? = nil)

  /// That of a recording which the run learnt from, with this digest: what stands for the vector
  /// that the warm-up has for it. Its label is nil where the run was told none.
  case recording(ContentDigest, label: String? = nil)

  /// On the way from one latent to another.
  case morph(LatentOrigin, LatentOrigin, at: WalkPosition)

  /// Another latent of which one coordinate was moved: its value is on the way from `from` to `to`.
  case sweep(LatentOrigin, coordinate: Int, from: Double, to: Double, at: WalkPosition)

  /// A variation of another latent: 0 is that latent itself, 1 has nothing to do with it.
  case variation(LatentOrigin, amount: Double, seed: UInt64, index: Int)

  /// The clips that a seed has, and the variations: streams of random numbers are told apart by
  /// 32 bits.
  static let indices = 0..<1 << 32

  /// The values that a sweep can give to a coordinate.
  public static let coordinateValues = -100.0...100.0

  /// The amounts of a variation.
  public static let amounts = 0.0...1.0
}

extension LatentOrigin: CustomStringConvertible {
  /// The origin in words: `3:0`, `morph of 3:0 snare and 4:0 kick at 5/15`.
  ///
  /// A drawn latent is its seed and index, as the command line takes them, and its label; a recording
  /// the first 12 digits of its digest, and its label. But for those in labels, there is no comma.
  public var description: String {
    switch self {
    case .drawn(let seed, let index, let label):
      "\(seed):\(index)" + (label.map { " \($0.escapedForDisplay)" } ?? "")
    case .recording(let digest, let label):
      "recording \(digest.description.prefix(12))"
        + (label.map { " \($0.escapedForDisplay)" } ?? "")
    case .morph(let start, let end, let position):
      "morph of \(start.nested) and \(end.nested) at \(position)"
    case .sweep(let origin, let coordinate, let from, let to, let position):
      "sweep of \(origin.nested) coordinate \(coordinate) from \(from) to \(to) at \(position)"
    case .variation(let origin, let amount, let seed, let index):
      "variation of \(origin.nested) amount \(amount) drawn \(seed):\(index)"
    }
  }

  /// The description as part of another.
  private var nested: String {
    switch self {
    case .drawn, .recording: description
    case .morph, .sweep, .variation: "(\(description))"
    }
  }
}
