/// All parameters of a network in one piece of memory, and their gradients in another.
///
/// One loop then updates a whole network, one sum is a norm, one pass writes a checkpoint.
///
/// What makes the pointers that it gives out safe: they lead into its own two tensors, at offsets of
/// parameters that it laid out itself, and last as long as the arena.
package final class ParameterArena {
  /// The parameters, in the order of their places.
  package private(set) var parameters: [Parameter] = []

  /// What training changes.
  package let values: Tensor

  /// Gradients of the loss being summed, place by place as ``values``; made when first asked for.
  package private(set) lazy var gradients = Tensor(values.count)

  /// Lays out parameters one after another.
  ///
  /// - Parameter declarations: names, PyTorch's shapes and how the numbers are first set, in an
  ///   order that is part of the meaning of a seed.
  package init(_ declarations: [Declaration]) {
    var offset = 0
    for declaration in declarations {
      let parameter = Parameter(
        name: declaration.name, shape: declaration.shape, splitShape: declaration.splitShape,
        offset: offset, initializer: declaration.initializer)
      parameters.append(parameter)
      // Each parameter begins on a cache line.
      offset += (parameter.count + 15) / 16 * 16
    }
    values = Tensor(offset)
  }

  /// What a network asks for.
  package struct Declaration {
    var name: String
    var shape: [Int]
    var splitShape: [Int]?
    var initializer: Initializer

    package init(
      _ name: String, _ shape: [Int], splitShape: [Int]? = nil, _ initializer: Initializer
    ) {
      self.name = name
      self.shape = shape
      self.splitShape = splitShape
      self.initializer = initializer
    }

    /// How many numbers it stands for.
    package var count: Int { shape.reduce(1, *) }
  }

  /// How many numbers training changes.
  package var parameterCount: Int { parameters.reduce(0) { $0 + $1.count } }

  /// The parameter with a name.
  ///
  /// - Precondition: there is one; checked in every build.
  package func parameter(_ name: String) -> Parameter {
    guard let parameter = parameters.first(where: { $0.name == name }) else {
      preconditionFailure("there is no parameter \(name)")
    }
    return parameter
  }

  /// Where a parameter's numbers begin.
  package func values(of parameter: Parameter) -> UnsafeMutablePointer<Float> {
    values.pointer + parameter.offset
  }

  /// Where a parameter's gradient begins.
  package func gradients(of parameter: Parameter) -> UnsafeMutablePointer<Float> {
    gradients.pointer + parameter.offset
  }

  /// Sets every parameter from streams of a seed, one for each.
  package func initialize(seed: UInt64, firstStream: Int) {
    for (index, parameter) in parameters.enumerated() {
      var stream = RandomStream(seed: seed, purpose: .initialization, index: firstStream + index)
      let numbers = UnsafeMutableBufferPointer(
        start: values(of: parameter), count: parameter.count)
      parameter.initializer.fill(numbers, from: &stream)
    }
  }
}
