import Foundation
package import NeuralNet

/// Values that other programs made, from the files in Tests/Golden.
package struct Golden {
  package let file: SafetensorsFile

  /// Reads `Tests/Golden/NAME.safetensors`.
  package init(_ name: String) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Golden")
    file = try SafetensorsFile(Data(contentsOf: folder.appending(path: "\(name).safetensors")))
  }

  /// The tensor with a name.
  package subscript(name: String) -> [Float] {
    guard let entry = file.tensors[name] else {
      preconditionFailure("there is no golden value \(name)")
    }
    return entry.numbers
  }

  /// The shape of the tensor with a name.
  package func shape(_ name: String) -> [Int] { file.tensors[name]?.shape ?? [] }

  /// A golden tensor `[B, T, C]`.
  package func tensor(_ name: String) -> Tensor {
    let shape = shape(name)
    let tensor = Tensor(shape[0], shape[1], shape[2])
    tensor.assign(self[name])
    return tensor
  }

  /// Whole numbers, which are stored as 32-bit floating point like all others.
  package func integers(_ name: String) -> [Int] { self[name].map { Int($0) } }
}

/// The distance of `actual` from `expected`, over the size of `expected`: ‖a − e‖ / ‖e‖.
///
/// Where `expected` is nothing but rounding, its size counts as 10⁻⁶ for each number.
package func relativeError(_ actual: some Sequence<Float>, _ expected: [Float]) -> Double {
  var difference = 0.0
  var size = 0.0
  var count = 0
  for (a, e) in zip(actual, expected) {
    difference += (Double(a) - Double(e)) * (Double(a) - Double(e))
    size += Double(e) * Double(e)
    count += 1
  }
  guard count == expected.count else { return .infinity }
  return (difference / max(size, Double(count) * 1e-12)).squareRoot()
}
