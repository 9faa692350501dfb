import Foundation
internal import VectorKernels

/// A rule that moves parameters against their gradients.
package enum OptimizerRule: Hashable, Sendable {
  /// Adam (Kingma & Ba 2015, algorithm 1), with ε outside the root as in PyTorch.
  case adam(beta1: Double, beta2: Double, epsilon: Double = 1e-8)

  /// RMSProp (Tieleman & Hinton 2012) as in TensorFlow 1: mean squares start at 1, and ε is
  /// inside the root.
  case rmsProp(decay: Double = 0.9, epsilon: Double = 1e-10)
}

/// An update rule with its state for one arena.
///
/// What makes its pointers safe: the moments have the arena's count, and each range of it is one
/// thread's.
package final class Optimizer {
  /// How parameters move.
  package let rule: OptimizerRule

  /// Running means of gradients; zeros for RMSProp.
  package let firstMoments: Tensor

  /// Running means of squared gradients.
  package let secondMoments: Tensor

  /// Updates made so far.
  package var updateCount = 0

  private let arena: ParameterArena
  private let team: ThreadTeam

  /// Makes a rule's state before its first update.
  package init(_ rule: OptimizerRule, for arena: ParameterArena, team: ThreadTeam) {
    self.rule = rule
    self.arena = arena
    self.team = team
    firstMoments = Tensor(arena.values.count)
    secondMoments = Tensor(arena.values.count)
    if case .rmsProp = rule {
      secondMoments.pointer.update(repeating: 1, count: secondMoments.count)
    }
  }

  /// Moves every parameter once.
  ///
  ///     Adam:    m ← β₁·m + (1 − β₁)·g,  v ← β₂·v + (1 − β₂)·g²,
  ///              w ← w − rate · (m / (1 − β₁ⁿ)) / (√(v / (1 − β₂ⁿ)) + ε)
  ///     RMSProp: v ← d·v + (1 − d)·g²,   w ← w − rate · g / √(v + ε)
  package func update(rate: Double) {
    updateCount += 1
    switch rule {
    case .adam(let beta1, let beta2, let epsilon):
      let n = Double(updateCount)
      updateByAdam(
        beta1: Float(beta1), beta2: Float(beta2), epsilon: Float(epsilon),
        stepLength: Float(rate / (1 - pow(beta1, n))),
        rootScale: Float((1 / (1 - pow(beta2, n))).squareRoot()))
    case .rmsProp(let decay, let epsilon):
      updateByRMSProp(decay: Float(decay), epsilon: Float(epsilon), rate: Float(rate))
    }
  }

  private func updateByAdam(
    beta1: Float, beta2: Float, epsilon: Float, stepLength: Float, rootScale: Float
  ) {
    let (w, g) = (arena.values.pointer, arena.gradients.pointer)
    let (m, v) = (firstMoments.pointer, secondMoments.pointer)
    team.forEachRange(of: arena.values.count) { range in
      let first = range.lowerBound
      update_by_adam(
        w + first, g + first, m + first, v + first, range.count, beta1, beta2, stepLength,
        rootScale, epsilon)
    }
  }

  private func updateByRMSProp(decay: Float, epsilon: Float, rate: Float) {
    let (w, g, v) = (arena.values.pointer, arena.gradients.pointer, secondMoments.pointer)
    team.forEachRange(of: arena.values.count) { range in
      for i in range {
        v[i] = decay * v[i] + (1 - decay) * g[i] * g[i]
        w[i] -= rate * g[i] / (v[i] + epsilon).squareRoot()
      }
    }
  }
}
