import AudioFiles
import Foundation

/// The folder of one training: where each of its files is.
///
///     run.json        settings, files and their digests: enough to repeat the run
///     dataset.json    what became of every file
///     metrics.jsonl   one object a report
///     curves.png      the same as a picture
///     checkpoints/    step-00001000.safetensors …
///     previews/       step-00001000/00.wav …, sheet.png
public struct RunFolder: Sendable, Hashable {
  public let path: String

  public init(_ path: String) { self.path = path }

  /// The folder's own name.
  public var name: String { URL(fileURLWithPath: path).lastPathComponent }

  public var record: String { path + "/run.json" }
  public var dataset: String { path + "/dataset.json" }
  public var metrics: String { path + "/metrics.jsonl" }
  public var curves: String { path + "/curves.png" }
  public var checkpoints: String { path + "/checkpoints" }
  public var previews: String { path + "/previews" }
  var lock: String { path + "/.lock" }

  /// The checkpoint made after so many steps.
  public func checkpoint(step: Int) -> String {
    "\(checkpoints)/\(Self.name(ofStep: step)).safetensors"
  }

  /// The folder of the clips rendered after so many steps.
  public func preview(step: Int) -> String { "\(previews)/\(Self.name(ofStep: step))" }

  /// The steps of the checkpoints that are there, in order.
  public var checkpointSteps: [Int] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: checkpoints)) ?? []
    return names.compactMap { name in
      guard name.hasPrefix("step-"), name.hasSuffix(".safetensors"),
        let step = Int(name.dropFirst(5).dropLast(12)),
        Self.name(ofStep: step) + ".safetensors" == name
      else { return nil }
      return step
    }.sorted()
  }

  private static func name(ofStep step: Int) -> String { "step-" + step.zeroPadded(to: 8) }
}
