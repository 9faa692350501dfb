import NeuralNet
import TestSupport
import Testing

/// A convolution with its sizes, and its three results straight from the formula, in 64 bits.
struct ConvolutionExample: Sendable, CustomTestStringConvertible {
  enum Kind: String, Sendable {
    case strided, nearest, blocked
  }
  var kind: Kind
  /// K.
  var taps: Int
  /// Stride, scale or block length.
  var factor: Int
  var padding: Int
  /// B.
  var clips: Int
  /// T of x.
  var steps: Int
  /// I.
  var inputs: Int
  /// O.
  var outputs: Int
  var isChannelwise = false

  var testDescription: String {
    "\(kind.rawValue) K\(taps) ×\(factor) p\(padding), B\(clips) T\(steps) \(inputs)→\(outputs)"
      + (isChannelwise ? " channelwise" : "")
  }

  var layout: WindowLayout {
    switch kind {
    case .strided: .strided(tapCount: taps, stride: factor, padding: padding)
    case .nearest: .nearest(tapCount: taps, scale: factor, padding: padding)
    case .blocked: .blocked(tapCount: taps, blockLength: factor, padding: padding)
    }
  }

  func convolution(_ workspace: Workspace) -> Convolution {
    Convolution(
      layout, inputChannelCount: inputs, outputChannelCount: outputs, isChannelwise: isChannelwise,
      workspace: workspace)
  }

  /// T of y.
  var outputSteps: Int {
    switch kind {
    case .strided: steps / factor
    case .nearest: steps * factor
    case .blocked: steps
    }
  }

  var inputShape: [Int] { [clips, steps, inputs] }
  var outputShape: [Int] { [clips, outputSteps, outputs] }
  var weightCount: Int { taps * inputs * (isChannelwise ? 1 : outputs) }

  /// The step of x that tap k hears for step u of y; outside 0 ..< T it hears silence.
  private func source(_ u: Int, _ k: Int) -> Int {
    switch kind {
    case .strided: factor * u + k - padding
    // ⌊a / scale⌋ for negative a as well.
    case .nearest: (u + k - padding + factor * taps) / factor - taps
    case .blocked: u + k - padding
    }
  }

  /// Visits every product of the formula: places in x, w and y.
  func forEachProduct(_ visit: (_ x: Int, _ w: Int, _ y: Int) -> Void) {
    for b in 0..<clips {
      for u in 0..<outputSteps {
        for k in 0..<taps {
          let t = source(u, k)
          guard (0..<steps).contains(t) else { continue }
          for i in 0..<inputs {
            let x = (b * steps + t) * inputs + i
            let y = (b * outputSteps + u) * outputs
            if isChannelwise {
              visit(x, k * inputs + i, y + i)
            } else {
              for o in 0..<outputs { visit(x, (k * inputs + i) * outputs + o, y + o) }
            }
          }
        }
      }
    }
  }

  /// Sums with the sizes of their terms, from which the bound of their rounding follows.
  struct Sums {
    var values: [Double]
    var magnitudes: [Double]
    var counts: [Int]

    /// - Parameter start: what each sum begins with.
    init(count: Int, startingAt start: Double = 0) {
      values = [Double](repeating: start, count: count)
      magnitudes = [Double](repeating: abs(start), count: count)
      counts = [Int](repeating: start == 0 ? 0 : 1, count: count)
    }

    mutating func add(_ a: Float, _ b: Float, at place: Int) {
      let term = Double(a) * Double(b)
      values[place] += term
      magnitudes[place] += abs(term)
      counts[place] += 1
    }

    /// The largest error of an answer, as a part of what 32 bits may err in any order of summing:
    /// |error| ≤ (n + 1) · 2⁻²⁴ · Σ |terms|, to first order (Higham 2002, section 3.1).
    func worstError(of answer: some Sequence<Float>) -> Double {
      var worst = 0.0
      for (place, number) in answer.enumerated() {
        let bound = Double(counts[place] + 1) * 0x1p-24 * magnitudes[place]
        let error = abs(Double(number) - values[place])
        worst = max(worst, bound > 0 ? error / bound : error == 0 ? 0 : .infinity)
      }
      return worst
    }

    /// ‖answer − values‖ / ‖values‖.
    func relativeError(of answer: some Sequence<Float>) -> Double {
      var (error, size) = (0.0, 0.0)
      for (value, number) in zip(values, answer) {
        error += (Double(number) - value) * (Double(number) - value)
        size += value * value
      }
      return (error / size).squareRoot()
    }
  }

  static let all = direct + narrow + manyChannels

  static let direct: [ConvolutionExample] = [
    // One output step; filters longer than the clip; one clip; one channel.
    .init(
      kind: .strided, taps: 25, factor: 4, padding: 11, clips: 1, steps: 4, inputs: 1, outputs: 1),
    .init(
      kind: .strided, taps: 25, factor: 4, padding: 11, clips: 3, steps: 4, inputs: 2, outputs: 3),
    .init(
      kind: .strided, taps: 25, factor: 2, padding: 12, clips: 1, steps: 2, inputs: 1, outputs: 5),
    .init(
      kind: .strided, taps: 64, factor: 4, padding: 30, clips: 2, steps: 16, inputs: 3, outputs: 1),
    .init(
      kind: .strided, taps: 4, factor: 4, padding: 0, clips: 2, steps: 16, inputs: 3, outputs: 2),
    .init(
      kind: .strided, taps: 3, factor: 4, padding: 0, clips: 2, steps: 8, inputs: 2, outputs: 2),
    .init(
      kind: .strided, taps: 1, factor: 1, padding: 0, clips: 5, steps: 1, inputs: 7, outputs: 3),
    // Four blocks of rows, the last one partial, and two blocks of columns.
    .init(
      kind: .strided, taps: 5, factor: 4, padding: 1, clips: 3, steps: 1_200, inputs: 2, outputs: 80
    ),
    // Enough rows to share out without cutting columns; 16 groups of the weight gradient, one of
    // two blocks.
    .init(
      kind: .strided, taps: 3, factor: 1, padding: 1, clips: 2, steps: 2_100, inputs: 1, outputs: 2),
    // A window of 4,000 numbers: its gradient is cut by rows, over two blocks of the batch.
    .init(
      kind: .strided, taps: 25, factor: 4, padding: 11, clips: 2, steps: 640, inputs: 160,
      outputs: 2),
    .init(
      kind: .nearest, taps: 25, factor: 4, padding: 12, clips: 1, steps: 1, inputs: 1, outputs: 1),
    .init(
      kind: .nearest, taps: 25, factor: 4, padding: 12, clips: 2, steps: 3, inputs: 2, outputs: 3),
    .init(
      kind: .nearest, taps: 4, factor: 2, padding: 2, clips: 2, steps: 5, inputs: 3, outputs: 1),
    .init(
      kind: .nearest, taps: 3, factor: 4, padding: 1, clips: 3, steps: 300, inputs: 2, outputs: 2),
    .init(
      kind: .blocked, taps: 7, factor: 4, padding: 3, clips: 1, steps: 4, inputs: 1, outputs: 1),
    .init(
      kind: .blocked, taps: 33, factor: 8, padding: 16, clips: 2, steps: 8, inputs: 2, outputs: 3),
    .init(
      kind: .blocked, taps: 32, factor: 4, padding: 15, clips: 2, steps: 1_200, inputs: 2,
      outputs: 2,
      isChannelwise: true),
    .init(
      kind: .strided, taps: 9, factor: 2, padding: 4, clips: 2, steps: 6, inputs: 3, outputs: 3,
      isChannelwise: true),
  ]

  /// Layers next to the waveform: few numbers in the rows of one side.
  static let narrow: [ConvolutionExample] = [
    .init(
      kind: .strided, taps: 25, factor: 4, padding: 11, clips: 3, steps: 64, inputs: 1, outputs: 16),
    // A block of rows and a partial one; the window fills no whole panels.
    .init(
      kind: .strided, taps: 25, factor: 4, padding: 11, clips: 2, steps: 1_088, inputs: 2,
      outputs: 48),
    .init(
      kind: .strided, taps: 25, factor: 2, padding: 12, clips: 2, steps: 32, inputs: 1, outputs: 32),
    .init(
      kind: .strided, taps: 5, factor: 4, padding: 1, clips: 2, steps: 32, inputs: 3, outputs: 16),
    .init(
      kind: .nearest, taps: 25, factor: 4, padding: 12, clips: 2, steps: 24, inputs: 32, outputs: 1),
    .init(
      kind: .nearest, taps: 25, factor: 2, padding: 12, clips: 1, steps: 280, inputs: 16, outputs: 2
    ),
    // Rows that do not make whole passes of a product: summed directly.
    .init(
      kind: .strided, taps: 25, factor: 4, padding: 11, clips: 2, steps: 36, inputs: 1, outputs: 16),
  ]

  /// Layers with many channels.
  static let manyChannels: [ConvolutionExample] = [
    // One row, less than a tile, tiles and a half, and several whole ones.
    .init(
      kind: .strided, taps: 25, factor: 4, padding: 11, clips: 1, steps: 4, inputs: 16, outputs: 32),
    .init(
      kind: .strided, taps: 25, factor: 4, padding: 11, clips: 3, steps: 20, inputs: 16, outputs: 32
    ),
    .init(
      kind: .strided, taps: 25, factor: 4, padding: 11, clips: 2, steps: 144, inputs: 16,
      outputs: 48),
    .init(
      kind: .strided, taps: 25, factor: 4, padding: 11, clips: 5, steps: 64, inputs: 16, outputs: 32
    ),
    // All lengths of filters.
    .init(
      kind: .strided, taps: 2, factor: 1, padding: 0, clips: 2, steps: 9, inputs: 32, outputs: 32),
    .init(
      kind: .strided, taps: 3, factor: 1, padding: 1, clips: 2, steps: 40, inputs: 48, outputs: 32),
    .init(
      kind: .strided, taps: 4, factor: 1, padding: 1, clips: 1, steps: 24, inputs: 32, outputs: 32),
    .init(
      kind: .strided, taps: 5, factor: 1, padding: 2, clips: 2, steps: 33, inputs: 32, outputs: 32),
    .init(
      kind: .strided, taps: 7, factor: 1, padding: 3, clips: 2, steps: 32, inputs: 32, outputs: 32),
    .init(
      kind: .strided, taps: 5, factor: 2, padding: 2, clips: 2, steps: 40, inputs: 24, outputs: 32),
    .init(
      kind: .strided, taps: 9, factor: 2, padding: 4, clips: 2, steps: 32, inputs: 24, outputs: 48),
    .init(
      kind: .nearest, taps: 25, factor: 4, padding: 12, clips: 2, steps: 16, inputs: 32, outputs: 8),
    .init(
      kind: .nearest, taps: 7, factor: 2, padding: 3, clips: 2, steps: 21, inputs: 32, outputs: 24),
    // More tiles than one item takes.
    .init(
      kind: .strided, taps: 7, factor: 1, padding: 3, clips: 3, steps: 408, inputs: 32, outputs: 32),
    // Values of the filter that do not fit into cache, several blocks of the gradient.
    .init(
      kind: .strided, taps: 7, factor: 1, padding: 3, clips: 2, steps: 12, inputs: 272,
      outputs: 288),
  ]
}
