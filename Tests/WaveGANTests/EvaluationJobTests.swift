import AudioFiles
import Foundation
import TestSupport
import Testing
import WaveGAN

@Suite("Evaluations")
struct EvaluationJobTests {
  private static let settings = DataSettings(
    sampleRate: 8_000, windowLength: 4_096, labels: .folders, holdout: 0.25)

  /// 48 bursts in two labels, of which 12 are held out.
  private func recordings() throws -> MadeFolder {
    let folder = try MadeFolder()
    for index in 0..<48 {
      try folder.add(
        "\(index % 2 == 0 ? "high" : "low")/\(index).wav", seed: UInt64(index),
        seconds: 0.1 + 0.005 * Double(index), sampleRate: 8_000)
    }
    return folder
  }

  private func evaluate(
    _ folder: MadeFolder, against reference: Dataset, job: EvaluationJob = EvaluationJob()
  ) throws -> Evaluation {
    try job.run(FolderClips(path: folder.path, reference: reference), reference: reference)
  }

  @Test("Rows stand side by side with as many clips as are held out, and with all")
  func rows() throws {
    let reference = try recordings().dataset(Self.settings)
    let generated = try MadeFolder()
    for index in 0..<20 { try generated.add("\(index).wav", seed: UInt64(100 + index)) }
    let evaluation = try evaluate(generated, against: reference)
    #expect(evaluation.rows.map(\.comparison) == EvaluationRow.Comparison.allCases)
    #expect(evaluation.rows.map(\.count) == [12, 12, 12, 18, 20])
    #expect(evaluation.reference.training == 36 && evaluation.reference.heldOut == 12)
    #expect(evaluation.nearest.generated.count == 20 && evaluation.nearest.heldOut.count == 12)
    #expect(
      evaluation.remarks == ["With 12 clips a side there is no NDB; it takes 20."])
    let figures = try #require(evaluation.row(.generated)?.figures)
    #expect(figures.frechetDistance != nil && figures.coverage != nil)
    #expect(figures.differentBins == nil)
    #expect(evaluation.row(.allGenerated)?.figures.differentBins != nil)
  }

  @Test("Copies of training clips are at no distance from them, and are told")
  func copies() throws {
    let folder = try recordings()
    let reference = try folder.dataset(Self.settings)
    let generated = try MadeFolder()
    let training = reference.clips.filter { $0.part == .training }
    for (index, clip) in training.prefix(30).enumerated() {
      try FileManager.default.copyItem(
        atPath: clip.path, toPath: "\(generated.path)/copy\(index).wav")
    }
    var evaluation = try evaluate(generated, against: reference)
    #expect(evaluation.nearest.generated.allSatisfy { $0.distance == 0 })
    #expect(evaluation.nearest.nearPart == 1)
    // 12 held-out clips are too few to be sure of anything.
    #expect(evaluation.nearest.isNearer == nil)

    var settings = Self.settings
    settings.holdout = 0.42
    let more = try folder.dataset(settings)
    evaluation = try evaluate(generated, against: more)
    #expect(evaluation.nearest.isNearer == true)
    #expect(
      evaluation.nearest.verdict
        == "Generated clips are nearer to training clips than held-out ones are: some may be copies."
    )
    // New clips of the same kind are not.
    let others = try MadeFolder()
    for index in 0..<30 {
      try others.add(
        "\(index).wav", seed: UInt64(200 + index), seconds: 0.1 + 0.008 * Double(index),
        sampleRate: 8_000)
    }
    #expect(try evaluate(others, against: more).nearest.isNearer == false)
  }

  @Test("Names, the order of files and the number of threads decide nothing")
  func order() throws {
    let reference = try recordings().dataset(Self.settings)
    let (one, other) = (try MadeFolder(), try MadeFolder())
    for index in 0..<16 {
      try one.add("\(index).wav", seed: UInt64(300 + index), sampleRate: 8_000)
      try other.add("\(99 - index).wav", seed: UInt64(300 + index), sampleRate: 8_000)
    }
    let first = try evaluate(one, against: reference, job: EvaluationJob(threadCount: 1))
    let second = try evaluate(other, against: reference, job: EvaluationJob(threadCount: 3))
    #expect(first.rows == second.rows)
    #expect(first.meanLevels == second.meanLevels)
    #expect(
      first.nearest.generated.map(\.training) == second.nearest.generated.map(\.training))
  }

  @Test("Silence, and a sound that is repeated, count as often as they are there")
  func repeated() throws {
    let reference = try recordings().dataset(Self.settings)
    let generated = try MadeFolder()
    let silence = AudioClip(
      samples: [Float](repeating: 0, count: 800), channelCount: 1, sampleRate: 8_000)
    for index in 0..<12 { try generated.add("\(index).wav", silence) }
    let figures = try #require(
      try evaluate(generated, against: reference).row(.generated)?.figures)
    #expect(figures.precision == 0 && figures.coverage == 0)
    #expect(figures.selfDistance == 0 && figures.variety == 0)
    #expect(figures.loudness == nil && figures.centroidHz == nil)
    #expect(figures.durationSeconds?.mean == 0)
  }

  @Test("A clip at another level, off zero or on two channels is prepared as recordings are")
  func preparation() throws {
    let folder = try recordings()
    let reference = try folder.dataset(Self.settings)
    let clip = try #require(reference.clips.first { $0.part == .training })
    let source = try AudioDecoder(sampleRate: 8_000).clip(clip.path)
    var quiet = source
    quiet.samples = source.samples.map { 0.01 * $0 }
    let stereo = AudioClip(
      samples: source.samples.flatMap { [$0 + 0.1, $0 + 0.1] }, channelCount: 2, sampleRate: 8_000)
    let generated = try MadeFolder()
    try generated.add("quiet.wav", quiet)
    try generated.add("stereo.wav", stereo)
    let nearest = try evaluate(generated, against: reference).nearest.generated
    #expect(nearest.count == 2)
    // Samples are rounded to 24 bits after the gain and after the offset: 10⁻² dB at −80 dB.
    #expect(nearest.allSatisfy { $0.training == clip.path && $0.distance < 0.01 })
  }

  @Test(
    "A few clips give what they can, and a sentence says what is lacking", arguments: [1, 2, 5])
  func few(count: Int) throws {
    let reference = try recordings().dataset(Self.settings)
    let generated = try MadeFolder()
    for index in 0..<count { try generated.add("\(index).wav", seed: UInt64(400 + index)) }
    let evaluation = try evaluate(generated, against: reference)
    let figures = try #require(evaluation.row(.generated)?.figures)
    #expect((figures.frechetDistance != nil) == (count >= 2))
    #expect(figures.trainDistance != nil && figures.precision == nil)
    #expect(evaluation.remarks.count == 1)
    #expect(!evaluation.nearest.generated.isEmpty)
  }

  @Test("Without held-out clips their column is missing, and a sentence says so")
  func nothingHeldOut() throws {
    var settings = Self.settings
    settings.holdout = 0
    let reference = try recordings().dataset(settings)
    let generated = try MadeFolder()
    for index in 0..<24 { try generated.add("\(index).wav", seed: UInt64(500 + index)) }
    let evaluation = try evaluate(generated, against: reference)
    #expect(evaluation.row(.heldOut) == nil)
    #expect(evaluation.row(.generated)?.count == 24)
    #expect(evaluation.remarks.first?.hasPrefix("No recordings are held out") == true)
    #expect(evaluation.nearest.isNearer == nil)
  }

  @Test("Labels are those of manifest.csv, or else of folders, where the reference has them")
  func labels() throws {
    let reference = try recordings().dataset(Self.settings)
    let generated = try MadeFolder()
    try generated.add("0000.wav", seed: 600)
    try generated.add("0001.wav", seed: 601)
    try generated.add("low/0002.wav", seed: 602)
    try generated.add("other/0003.wav", seed: 603)
    try generated.add(
      "manifest.csv",
      bytes: Array(
        """
        file,seed,index,label,peak,loudness,sha256
        0000.wav,0,0,high,1.000000,-20.00,0
        0001.wav,0,1,,1.000000,-20.00,0

        """.utf8))
    let clips = try FolderClips(path: generated.path, reference: reference)
    let labels = (0..<clips.count).map { index in
      (URL(filePath: clips.name(of: index)).lastPathComponent, clips.label(of: index))
    }.sorted { $0.0 < $1.0 }
    #expect(labels.map(\.1) == ["high", nil, "low", nil])
    #expect(clips.rejected.map(\.code) == ["notAudio"])
  }
}
