/// Whether generated clips are copies: how far they are from their nearest training clips, beside how
/// far clips are that nobody could have copied.
public struct NearestClips: Sendable, Hashable, Codable {
  /// A clip and its nearest training clip.
  public struct Pair: Sendable, Hashable, Codable {
    /// The clip: a held-out recording, a generated file, or the index of a rendered clip.
    public var clip: String
    /// Its label, if it has one.
    public var label: String?
    /// The training clip's file.
    public var training: String
    /// The root mean square difference of their log-mel levels, in dB.
    public var distance: Double
  }
  /// Every generated clip, in order.
  public var generated: [Pair]
  /// Every held-out clip, in order.
  public var heldOut: [Pair]

  /// The distances of generated clips, in dB; nil without a clip.
  public var generatedDistances: Quantiles?
  /// The distances of held-out clips, in dB; nil without a clip.
  public var heldOutDistances: Quantiles?

  /// Part of the generated clips that are no farther than the nearest 5 % of the held-out ones; nil
  /// without either.
  public var nearPart: Double?
  /// Whether generated clips are nearer to training clips than held-out ones are, by more than chance
  /// explains; nil where there are too few of either to tell.
  public var isNearer: Bool?

  /// Clips of either kind that it takes to tell.
  public static let leastCount = 20

  /// Compares distances: at the held-out clips' 5 % and at their median, by whether a larger part of
  /// the generated clips is no farther (one-sided two-proportion test, each at a level of 0.05).
  package init(generated: [Pair], heldOut: [Pair]) {
    self.generated = generated
    self.heldOut = heldOut
    generatedDistances = Quantiles(of: generated.map(\.distance))
    heldOutDistances = Quantiles(of: heldOut.map(\.distance))
    guard let held = heldOutDistances, !generated.isEmpty else { return }
    func count(_ pairs: [Pair], within distance: Double) -> Int {
      pairs.count { $0.distance <= distance }
    }
    nearPart = Double(count(generated, within: held.low)) / Double(generated.count)
    guard min(generated.count, heldOut.count) >= Self.leastCount else { return }
    isNearer = [held.low, held.median].contains { distance in
      TwoProportionTest(
        count(generated, within: distance), of: generated.count,
        against: count(heldOut, within: distance), of: heldOut.count
      ).isLarger
    }
  }

  /// The verdict in a sentence.
  public var verdict: String {
    switch isNearer {
    case true?:
      "Generated clips are nearer to training clips than held-out ones are: some may be copies."
    case false?: "Generated clips are no nearer to training clips than held-out ones are."
    case nil: "There are too few clips to tell whether generated ones are copies."
    }
  }

  private enum CodingKeys: String, CodingKey {
    case generated, heldOut, generatedDistances, heldOutDistances, nearPart, isNearer
  }
}
