import Foundation

/// The trend of a noisy curve.
package enum CurveSmoothing {
  /// A running median, then a running mean of that, both centred and of the same width.
  ///
  ///     m[i] = median of x[i − r … i + r]
  ///     y[i] = Σⱼ w[j] · m[i + j] / Σⱼ w[j],  w[j] = ½ + ½ · cos(π · j / (r + 1)),  j = −r … r
  ///
  /// The median keeps single outliers out, the mean takes its steps away. What lies outside the curve
  /// has no weight, so a constant stays itself.
  ///
  /// - Parameters:
  ///   - values: finite numbers, `[n]`.
  ///   - radius: r, 0 or more; 0 changes nothing.
  package static func trend(of values: [Double], radius: Int) -> [Double] {
    guard radius > 0 else { return values }
    func around(_ index: Int) -> Range<Int> {
      max(index - radius, 0)..<min(index + radius + 1, values.count)
    }
    let medians = values.indices.map { index in
      let sorted = values[around(index)].sorted()
      return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }
    return values.indices.map { index in
      var (sum, weights) = (0.0, 0.0)
      for other in around(index) {
        let weight = 0.5 + 0.5 * cos(.pi * Double(other - index) / Double(radius + 1))
        sum += weight * medians[other]
        weights += weight
      }
      return sum / weights
    }
  }

  /// The radius for a curve of so many points: a width of about a tenth of it, and none for a few
  /// points, which show their trend themselves.
  package static func radius(pointCount: Int) -> Int { pointCount < 12 ? 0 : pointCount / 20 + 1 }
}
