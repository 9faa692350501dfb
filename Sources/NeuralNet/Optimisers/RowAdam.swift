import Foundation

/// Adam for vectors of which an update moves some and leaves the others alone.
///
/// Each vector is as one that an ``Optimizer`` has for itself: its moments change, and its updates
/// count, only when it is moved. Adam over all of them would go on moving those that have no gradient,
/// by the moments that they have left.
package final class RowAdam {
  /// Running means of gradients and of squared gradients, place by place as the vectors' arena.
  package let firstMoments: Tensor
  package let secondMoments: Tensor

  /// The one parameter `updates`, `[N]`: how often each vector was moved.
  package let updates: ParameterArena

  private let arena: ParameterArena
  private let vectors: Parameter
  private let beta1: Double
  private let beta2: Double
  private let epsilon = 1e-8

  /// Makes the state before the first update.
  ///
  /// - Parameters:
  ///   - beta1: decay of the means of gradients, as in Adam.
  ///   - beta2: decay of the means of their squares.
  ///   - vectors: a parameter `[N, Z]` of the arena.
  ///   - arena: holds the vectors and their gradients.
  package init(beta1: Double, beta2: Double, for vectors: Parameter, of arena: ParameterArena) {
    self.arena = arena
    self.vectors = vectors
    self.beta1 = beta1
    self.beta2 = beta2
    firstMoments = Tensor(arena.values.count)
    secondMoments = Tensor(arena.values.count)
    updates = ParameterArena([.init("updates", [vectors.shape[0]], .constant(0))])
  }

  /// Moves some vectors once, by their gradients in the arena; see ``Optimizer/update(rate:)``.
  ///
  /// - Parameters:
  ///   - rows: which; each is moved once, however often it is named.
  ///   - rate: the step size, α.
  package func update(_ rows: some Sequence<Int>, rate: Double) {
    let (count, size) = (vectors.shape[0], vectors.shape[1])
    for row in Set(rows) {
      updates.values[row] += 1
      let n = Double(updates.values[row])
      let stepLength = Float(rate / (1 - pow(beta1, n)))
      let rootScale = Float((1 / (1 - pow(beta2, n))).squareRoot())
      for place in stride(from: vectors.offset + row, to: vectors.offset + count * size, by: count)
      {
        let gradient = arena.gradients[place]
        let first = Float(beta1) * firstMoments[place] + Float(1 - beta1) * gradient
        let second = Float(beta2) * secondMoments[place] + Float(1 - beta2) * gradient * gradient
        (firstMoments[place], secondMoments[place]) = (first, second)
        arena.values[place] -=
          stepLength * first / (second.squareRoot() * rootScale + Float(epsilon))
      }
    }
  }
}
