import AudioFiles
import Foundation
internal import NeuralNet

extension LatentOrigin {
  /// What the clip is made from, before its spread.
  ///
  /// Labels go straight from one to another, whatever way the random numbers take.
  ///
  /// - Parameters:
  ///   - model: what the latents are of.
  ///   - prior: around whose vectors random numbers lie; nil without one.
  ///   - recordings: what stands for each of ``recordings``.
  /// - Precondition: the coordinate of a sweep and the labels are the model's, and no recording is
  ///   missing; checked in every build.
  func draw(
    for model: ModelSettings, prior: LatentPrior?, recordings: [ContentDigest: LatentDraw] = [:]
  ) -> LatentDraw {
    switch self {
    case .drawn(let seed, let index, let label):
      var stream = RandomStream(seed: seed, purpose: .rendering, index: index)
      let place = label.map { model.labels.firstIndex(of: $0) } ?? model.label(inTurn: index)
      guard let place else { preconditionFailure("there is no label \(label ?? "")") }
      return LatentDraw(
        noise: model.noise(&stream, by: prior, label: place),
        shares: model.shares(ofLabel: place))
    case .recording(let digest, _):
      guard let draw = recordings[digest] else {
        preconditionFailure("the vector of recording \(digest) was not read")
      }
      return draw
    case .morph(let start, let end, let position):
      let start = start.draw(for: model, prior: prior, recordings: recordings)
      let end = end.draw(for: model, prior: prior, recordings: recordings)
      let t = position.fraction
      return LatentDraw(
        noise: model.latentDistribution == .gaussian
          ? Self.onSphere(start.noise, end.noise, at: t)
          : Self.mix(start.noise, 1 - t, end.noise, t),
        shares: Self.mix(start.shares, 1 - t, end.shares, t))
    case .sweep(let origin, let coordinate, let from, let to, let position):
      var draw = origin.draw(for: model, prior: prior, recordings: recordings)
      draw.noise[coordinate] = Float((1 - position.fraction) * from + position.fraction * to)
      return draw
    case .variation(let origin, let amount, let seed, let index):
      var draw = origin.draw(for: model, prior: prior, recordings: recordings)
      var stream = RandomStream(seed: seed, purpose: .variation, index: index)
      let label = draw.shares.indices.max { draw.shares[$0] < draw.shares[$1] } ?? 0
      let noise = model.noise(&stream, by: prior, label: label)
      draw.noise =
        model.latentDistribution == .gaussian
        ? Self.mix(draw.noise, (1 - amount * amount).squareRoot(), noise, amount)
        : Self.reflected(draw.noise, plus: noise, amount: amount)
      return draw
    }
  }

  /// The recordings whose vectors have a part in it.
  var recordings: Set<ContentDigest> {
    switch self {
    case .drawn: []
    case .recording(let digest, _): [digest]
    case .morph(let start, let end, _): start.recordings.union(end.recordings)
    case .sweep(let origin, _, _, _, _), .variation(let origin, _, _, _): origin.recordings
    }
  }

  /// `a · x + b · y`.
  private static func mix(_ x: [Float], _ a: Double, _ y: [Float], _ b: Double) -> [Float] {
    zip(x, y).map { Float(a * Double($0) + b * Double($1)) }
  }

  /// A point on the arc from `x` to `y`:
  ///
  ///     sin((1 − t)·θ)/sin θ · x + sin(t·θ)/sin θ · y,   θ the angle between x and y
  ///
  /// Gaussian latents of many coordinates all have about the same length, √Z, so a straight line
  /// between two of them would lead through a region where the generator never was. Where there is no
  /// arc, or no one arc, because the angle is 0° or 180° or a vector is 0, the way is straight.
  ///
  /// Source: Shoemake, "Animating rotation with quaternion curves", SIGGRAPH 1985.
  private static func onSphere(_ x: [Float], _ y: [Float], at t: Double) -> [Float] {
    func product(_ x: [Float], _ y: [Float]) -> Double {
      zip(x, y).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    let lengths = (product(x, x) * product(y, y)).squareRoot()
    let cosine = lengths > 0 ? product(x, y) / lengths : 1
    // Nearer to ±1, the sine would have lost most of its digits.
    guard abs(cosine) < 1 - 1e-9 else { return mix(x, 1 - t, y, t) }
    let angle = acos(cosine)
    return mix(x, sin((1 - t) * angle) / sin(angle), y, sin(t * angle) / sin(angle))
  }

  /// Uniform latents moved by noise, and reflected where they would leave their range [−r, r]:
  ///
  ///     x + 2·amount·r·u,   u from U(−1, 1)
  ///
  /// A uniform coordinate stays uniform that way, whatever the amount; with 1, the move covers each
  /// place in the range equally often, wherever it began. r is 1, or more if `x` has been swept
  /// beyond.
  private static func reflected(_ x: [Float], plus noise: [Float], amount: Double) -> [Float] {
    let range = x.reduce(1) { max($0, abs(Double($1))) }
    return zip(x, noise).map { x, u in
      let moved = Double(x) + 2 * amount * range * Double(u)
      // A move is at most 2r long, so one reflection brings it back.
      return Float(abs(moved) <= range ? moved : (moved > 0 ? 2 : -2) * range - moved)
    }
  }
}
