import AudioFiles
import Foundation
import NeuralNet
import TestSupport
import Testing
import WaveGAN

/// Six recordings under two labels, and room for runs on them: all as small as can be.
///
/// Most of the time of such a run goes into its pictures, so tests mostly stop runs instead of letting
/// them end, save seldom, and share one run that is trained once.
final class RunBench {
  let recordings: MadeFolder
  private let room: TemporaryFolder

  init(channelCount: Int = 1) throws {
    recordings = try MadeFolder()
    room = try TemporaryFolder()
    for index in 0..<6 {
      // 4,800 samples: a little more than the smallest window.
      try recordings.add(
        index % 2 == 0 ? "low/\(index).wav" : "high/\(index).wav", seed: UInt64(index),
        seconds: 0.3, channelCount: channelCount)
    }
  }

  /// Recordings with a run, “run”, that ended after 2 steps, with checkpoints of steps 0, 1 and 2.
  ///
  /// It is trained once for all tests; each has a copy of its own.
  static func withRun() throws -> RunBench {
    let bench = try RunBench()
    let archive = try archive.get()
    for (name, bytes) in archive.files {
      try bench.room.write(Array(bytes), to: "run/" + name)
    }
    let record = bench.folder("run").record
    let text = try String(contentsOf: URL(filePath: record), encoding: .utf8)
    try Data(text.replacing(archive.recordings, with: bench.recordings.path).utf8)
      .write(to: URL(filePath: record))
    return bench
  }

  private struct Archive: Sendable {
    /// The files of the run's folder.
    var files: [String: Data] = [:]
    /// Where the run found its recordings.
    var recordings: String

    init() throws {
      let bench = try RunBench()
      let run = try bench.begin(
        "run",
        RunBench.options {
          $0.steps = 2
          $0.checkpointEvery = 1
        })
      try run.train()
      recordings = bench.recordings.path
      for name in try FileManager.default.subpathsOfDirectory(atPath: run.folder.path) {
        let path = run.folder.path + "/" + name
        files[name] = FileManager.default.contents(atPath: path)
      }
    }
  }

  private static let archive = Result { try Archive() }

  /// Options of a run that goes on until it is stopped.
  static func options(_ change: (inout TrainingOptions) -> Void = { _ in }) -> TrainingOptions {
    var options = TrainingOptions()
    options.sampleRate = 16_000
    options.windowLength = 4_096
    options.dim = 2
    options.latentSize = 4
    // The reference's networks and loss; variants try the others.
    options.generator = .wavegan
    options.discriminators = .waveform
    options.loss = .wganGP
    options.warmUpSteps = 0
    (options.warmUpNoise, options.warmUpPull, options.reconstruction) = (0, 0, 0)
    options.upsampling = .zeros
    options.usesUpsamplingBias = true
    options.batchSize = 2
    options.steps = 1_000
    options.threads = 1
    options.checkpointEvery = 1_000
    options.previewEvery = 1_000
    options.keep = 100
    change(&options)
    return options
  }

  func path(_ name: String) -> String { room.path + "/" + name }

  func folder(_ name: String) -> RunFolder { RunFolder(path(name)) }

  /// Begins a run without training it.
  func begin(
    _ name: String, _ options: TrainingOptions = RunBench.options(), origin: RunFolder? = nil,
    replaces: Bool = false
  ) throws -> TrainingRun {
    try TrainingRun(
      paths: [recordings.path], options: options, folder: folder(name), replaces: replaces,
      origin: origin)
  }

  /// Begins a run and stops it after some steps.
  @discardableResult
  func train(
    _ name: String, steps: Int, _ options: TrainingOptions = RunBench.options()
  ) throws -> RunFolder {
    let run = try begin(name, options)
    try run.train(stoppingAfter: steps)
    return run.folder
  }

  /// Goes on with a run and stops it after some more steps.
  @discardableResult
  func resume(
    _ name: String, steps: Int, _ change: (inout TrainingOptions) -> Void = { _ in }
  ) throws -> [TrainingEvent] {
    var options = TrainingOptions()
    options.steps = 1_000
    options.threads = 1
    change(&options)
    return try TrainingRun(resuming: folder(name), options: options).train(stoppingAfter: steps)
  }

  /// The bytes of a run's checkpoint.
  func checkpoint(_ name: String, step: Int) throws -> Data {
    try Data(contentsOf: URL(filePath: folder(name).checkpoint(step: step)))
  }

  /// Reads, changes and writes a run's checkpoint.
  func changeCheckpoint(
    _ name: String, step: Int, _ change: (inout SafetensorsFile) -> Void
  ) throws {
    var file = try SafetensorsFile(checkpoint(name, step: step))
    change(&file)
    try file.encoded().write(to: URL(filePath: folder(name).checkpoint(step: step)))
  }
}

extension TrainingRun {
  /// Trains until the run has its length or made so many steps; returns what happened.
  @discardableResult
  func train(stoppingAfter limit: Int) throws -> [TrainingEvent] {
    var events: [TrainingEvent] = []
    var made = 0
    try train(
      shouldStop: { made >= limit },
      onEvent: { event in
        if case .step = event { made += 1 }
        events.append(event)
      })
    return events
  }
}

/// The code of the ``RunError`` that `body` throws, or none.
func runErrorCode(_ body: () throws -> Void) throws -> RunError.Code? {
  do {
    try body()
    return nil
  } catch let error as RunError {
    return error.code
  }
}
