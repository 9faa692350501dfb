import AudioFiles
import Foundation
import NeuralNet
import Spectra

/// Judges generated clips by comparing them with recordings, in numbers that need no pretrained network.
///
///     let survey = try DatasetSurvey(paths: ["drums"])
///     let (reference, _) = try Dataset.decode(survey, options: TrainingOptions())
///     let clips = try FolderClips(path: "sounds", reference: reference)
///     let evaluation = try EvaluationJob().run(clips, reference: reference)
///     print(evaluation.row(.generated)?.figures.frechetDistance ?? .nan)
///
/// Every figure stands beside the same one of training clips against others and of held-out clips, all
/// with the same number of clips on both sides, as most figures depend on it.
public struct EvaluationJob: Sendable {
  /// Generated clips to judge at most; nil for as many as there are training clips.
  public var count: Int?
  /// Decides which clips are drawn.
  public var seed: UInt64
  /// Threads that work; without influence on the result. nil: one for each core.
  public var threadCount: Int?

  /// The most clips that are on one side of a comparison.
  public static let clipLimit = 2_000

  /// What is being done.
  public enum Stage: Sendable, Hashable, CaseIterable {
    /// Measuring clips of the reference.
    case recordings
    /// Making and measuring the generated clips.
    case generated
    /// Computing the rows.
    case comparisons
    /// Looking for the nearest training clips, among all.
    case nearest
  }
  /// Is told how far a stage is; what it throws ends the work.
  public typealias Progress =
    @Sendable (_ stage: Stage, _ done: Int, _ total: Int) throws -> Void

  /// A job with as many clips as the reference has.
  public init(count: Int? = nil, seed: UInt64 = 0, threadCount: Int? = nil) {
    self.count = count
    self.seed = seed
    self.threadCount = threadCount
  }

  /// Clips that a run renders, unless another number was asked for.
  public func count(for reference: Dataset) -> Int {
    let trainingCount = reference.clips.count { $0.part == .training }
    return min(count ?? trainingCount, Self.clipLimit)
  }

  /// Judges clips.
  ///
  /// - Parameters:
  ///   - generated: the clips.
  ///   - reference: recordings, whose settings decide what is compared.
  ///   - progress: is told how far the work is.
  /// - Throws: `AudioFileError` when a clip cannot be decoded; what `progress` throws.
  public func run(
    _ generated: any GeneratedClips, reference: Dataset,
    progress: @escaping Progress = { _, _, _ in }
  ) throws -> Evaluation {
    let threadCount = threadCount ?? ProcessInfo.processInfo.activeProcessorCount
    let bench = EvaluationBench(
      reference: reference, team: ThreadTeam(threadCount: threadCount), seed: seed,
      progress: progress)
    let indices = drawn(from: generated.count)
    let meter = bench.meter
    let clips = try generated.map(indices) {
      meter.measure(meter.window(of: $0))
    } progress: {
      try progress(.generated, $0, $1)
    }
    let set = bench.set(clips)

    let (rows, meanLevels) = try bench.rows(of: set)
    let labels = indices.map { generated.label(of: $0) }
    let nearest = try bench.nearest(
      to: set, names: indices.map { generated.name(of: $0) }, labels: labels)
    var source = generated.source
    source.clips = clips.count
    return Evaluation(
      version: ProgramVersion.current, generated: source,
      reference: .init(
        training: bench.draw.trainingCount, heldOut: bench.draw.heldOut.count,
        labels: reference.labels, settings: reference.settings),
      seed: seed, rows: rows, nearest: nearest, meanLevels: meanLevels,
      remarks: bench.remarks(on: rows))
  }

  /// Which of so many clips are judged: all in their order, or as many as are wanted, drawn at random
  /// and put in order.
  func drawn(from available: Int) -> [Int] {
    let wanted = min(count ?? Self.clipLimit, Self.clipLimit)
    guard available > wanted else { return Array(0..<available) }
    var random = RandomStream(seed: seed, purpose: .evaluation, index: 5)
    var all = Array(0..<available)
    random.shuffle(&all)
    return all.prefix(wanted).sorted()
  }
}
