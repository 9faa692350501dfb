import AudioFiles
import Foundation
internal import NeuralNet

extension Checkpoint {
  /// Writes a training's state, whole or not at all.
  ///
  /// - Throws: `AudioFileError` when the file cannot be written.
  package static func write(
    _ adversaries: Adversaries, step: Int, attempt: Int, to path: String
  ) throws {
    let tensors = adversaries.stateParts.flatMap(\.tensors).sorted { $0.name < $1.name }
    let shapes = tensors.map { ($0.name, $0.parameter.shape) }
    var metadata = [
      "format": format,
      "step": String(step),
      "attempt": String(attempt),
      "generator-updates-made": String(adversaries.generatorOptimizer.updateCount),
      "discriminator-updates-made": String(adversaries.discriminatorOptimizer.updateCount),
      "settings": String(
        decoding: try JSONEncoder.forFiles.encode(adversaries.settings), as: UTF8.self),
    ]
    if let latents = adversaries.recordingLatents {
      let counts = Dictionary(latents.labels.map { ($0, 1) }, uniquingKeysWith: +)
      metadata[recordingCounts] = counts.sorted { $0.key < $1.key }.map { String($0.value) }
        .joined(separator: ",")
    }
    let head = try SafetensorsFile.head(
      shapes: Dictionary(uniqueKeysWithValues: shapes), metadata: metadata)
    let file = try AtomicFile(path: path, overwrites: true)
    try file.write(head.span.bytes)
    for tensor in tensors {
      for block in tensor.blocks {
        let numbers = tensor.parameter.fileOrder(of: tensor.numbers, block)
        try file.write(SafetensorsFile.bytes(of: numbers).span.bytes)
      }
    }
    try file.commit()
  }
}
