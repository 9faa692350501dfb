import AudioFiles
import Testing
import WaveGAN

@Suite("Settings: presets, overlay and resolution")
struct SettingsResolutionTests {
  /// A survey of made-up headers; nothing is read.
  static func survey(_ files: [(rate: Int, seconds: Double)]) throws -> DatasetSurvey {
    try MadeSurvey.survey(files)
  }

  @Test("paper has every number of the reference")
  func paper() throws {
    var options = TrainingOptions()
    options.preset = .paper
    let settings = try options.resolved(for: Self.survey([(44_100, 3)])).settings
    #expect(
      settings.data
        == DataSettings(
          sampleRate: 16_000, channelCount: 1, windowLength: 16_384, slices: .random, overlap: 0,
          padsEnd: false, normalization: .peak, trimsSilence: false, labels: .folders,
          onlyLabels: [], holdout: 0.1))
    #expect(
      settings.model
        == ModelSettings(
          dim: 64, latentSize: 100, latentDistribution: .uniform, kernelLength: 25,
          phaseShuffle: 2, shufflesEachClip: false, batchNormalization: false, upsampling: .zeros,
          postFilter: false))
    #expect(
      settings.objective
        == ObjectiveSettings(
          loss: .wganGP, criticUpdates: 5, generatorUpdates: 1, batchSize: 64, criticRate: 1e-4,
          generatorRate: 1e-4, averageDecay: 0))
    #expect(options.completedWithPreset().steps == 200_000)
    #expect(options.completedWithPreset().minutes == nil)
  }

  @Test("Without a warm-up, nothing shapes one")
  func withoutWarmUp() throws {
    var options = TrainingOptions()
    options.warmUpSteps = 0
    let objective = try options.resolved(for: Self.survey([(16_000, 1)])).settings.objective
    #expect(objective.warmUpNoise == 0 && objective.warmUpPull == 0)
    #expect(objective.reconstruction == 0)
  }

  @Test("A warm-up without labels is longer, and draws lie near the recordings' vectors")
  func labels() throws {
    func objective(
      _ labelCounts: [String: Int], _ change: (inout TrainingOptions) -> Void = { _ in }
    ) throws -> ObjectiveSettings {
      var options = TrainingOptions()
      change(&options)
      return try options.resolved(for: Self.survey([(16_000, 1)]), labelCounts: labelCounts)
        .settings.objective
    }
    let (told, untold) = (try objective(["a": 20, "b": 20]), try objective(["a": 40]))
    #expect(told.warmUpSteps == 1_000 && told.priorBandwidth == 1)
    #expect(untold.warmUpSteps == 3_000 && untold.priorBandwidth == 0.5)
    let given = try objective(["a": 40]) { ($0.warmUpSteps, $0.priorBandwidth) = (7, 0.8) }
    #expect(given.warmUpSteps == 7 && given.priorBandwidth == 0.8)
    #expect(try objective(["a": 40]) { $0.warmUpSteps = 0 }.priorBandwidth == 1)
    #expect(try objective(["a": 40]) { $0.preset = .paper }.priorBandwidth == 1)
  }

  @Test("desktop is the default: spectra, a warm-up, with an average")
  func desktop() throws {
    let options = TrainingOptions()
    let settings = try options.resolved(for: Self.survey([(16_000, 1)])).settings
    #expect(
      settings.model
        == ModelSettings(
          dim: 16, latentSize: 64, latentDistribution: .gaussian, kernelLength: 25,
          phaseShuffle: 2, shufflesEachClip: true, batchNormalization: false, upsampling: .nearest,
          usesUpsamplingBias: false, postFilter: false, generator: .istft, discriminators: .stft))
    #expect(
      settings.objective
        == ObjectiveSettings(
          loss: .relativistic, criticUpdates: 1, generatorUpdates: 1, batchSize: 32,
          criticRate: 2e-4, generatorRate: 2e-4, rateDecaySteps: 500, averageDecay: 0.999,
          warmUpSteps: 3_000, warmUpNoise: 0.3, warmUpPull: 0.1, priorBandwidth: 0.5,
          reconstruction: 0.5))
    #expect(options.completedWithPreset().minutes == 60)
  }

  @Test(
    "The reference's learning rates go with the loss, unless given",
    arguments: [
      (ObjectiveSettings.Loss.wganGP, 1e-4), (.wgan, 5e-5), (.lsgan, 1e-4), (.dcgan, 2e-4),
      (.relativistic, 2e-4),
    ])
  func rates(loss: ObjectiveSettings.Loss, rate: Double) throws {
    var options = TrainingOptions()
    options.preset = .paper
    options.loss = loss
    var objective = try options.resolved(for: Self.survey([(16_000, 1)])).settings.objective
    #expect(objective.criticRate == rate)
    #expect(objective.generatorRate == rate)
    options.criticRate = 3e-4
    objective = try options.resolved(for: Self.survey([(16_000, 1)])).settings.objective
    #expect(objective.criticRate == 3e-4)
    #expect(objective.generatorRate == rate)
  }

  @Test("The command line wins over the file, and the file over the preset")
  func overlay() {
    var line = TrainingOptions()
    line.dim = 8
    line.padsEnd = false
    var file = TrainingOptions()
    file.dim = 32
    file.padsEnd = true
    file.batchSize = 7
    file.preset = .paper
    let options = line.completed(with: file).completedWithPreset()
    #expect(options.dim == 8)
    #expect(options.padsEnd == false)
    #expect(options.batchSize == 7)
    #expect(options.latentSize == 100)
  }

  @Test("Steps and minutes are one choice: minutes given nearer drop the preset's steps")
  func lengthIsOneChoice() {
    var line = TrainingOptions()
    line.preset = .paper
    line.minutes = 5
    let options = line.completedWithPreset()
    #expect(options.minutes == 5)
    #expect(options.steps == nil)
  }

  @Test("The rate is the one of most sound, not of most files")
  func rateByDuration() throws {
    let survey = try Self.survey([(8_000, 0.2), (8_000, 0.2), (8_000, 0.2), (11_025, 1)])
    let resolved = try TrainingOptions().resolved(for: survey)
    #expect(resolved.settings.data.sampleRate == 11_025)
    #expect(resolved.choices.first?.value == "11,025 Hz")
    #expect(resolved.choices.first?.reason == "the rate that has the most sound")
  }

  @Test(
    "Hits keep their rate up to 48,000 Hz, and what a lower one would do is told",
    arguments: [22_050, 44_100, 48_000])
  func highRate(rate: Int) throws {
    let resolved = try TrainingOptions().resolved(for: Self.survey([(rate, 1)]))
    #expect(resolved.settings.data.sampleRate == rate)
    #expect(
      resolved.choices.first?.reason
        == "the rate that has the most sound; --sample-rate 16000 makes training faster, without what "
        + "is above 8 kHz")
  }

  @Test("Of a rate that nobody hears all of, 48,000 Hz are used")
  func ultrasound() throws {
    let resolved = try TrainingOptions().resolved(for: Self.survey([(96_000, 1)]))
    #expect(resolved.settings.data.sampleRate == 48_000)
    #expect(
      resolved.choices.first?.reason
        == "the most sound has 96,000 Hz, and little of it can be heard; "
        + "--sample-rate 96000 keeps all of it")
  }

  @Test(
    "Where a quarter of the recordings or less is longer than the largest window, the rate stays",
    arguments: [(3, 1, 44_100), (2, 1, 16_000), (0, 1, 16_000)])
  func rateOfLongRecordings(short: Int, long: Int, expected: Int) throws {
    // 65,536 samples are 1.486 s at 44,100 Hz.
    let files = [(44_100, 1.48)] * short + [(44_100, 1.49)] * long
    let resolved = try TrainingOptions().resolved(for: Self.survey(files))
    #expect(resolved.settings.data.sampleRate == expected)
  }

  @Test(
    "Silence that is cut off and files that are rejected do not change the rate of what is decoded")
  func rateByHeaders() throws {
    let survey = try Self.survey([(44_100, 3)])
    let resolved = try TrainingOptions().resolved(for: survey, lengths: [0.2])
    #expect(resolved.settings.data.sampleRate == 16_000)
    #expect(resolved.settings.data.windowLength == 4_096)
  }

  @Test("A window that was asked for has to hold them at a high rate")
  func rateForWindow() throws {
    var options = TrainingOptions()
    options.windowLength = 32_768
    let survey = try Self.survey([(44_100, 1)])
    #expect(try options.resolved(for: survey).settings.data.sampleRate == 16_000)
    options.windowLength = 65_536
    #expect(try options.resolved(for: survey).settings.data.sampleRate == 44_100)
  }

  @Test("Of long recordings a high rate is lowered to 16,000 Hz unless asked for, and that is told")
  func rateIsLimited() throws {
    var options = TrainingOptions()
    let survey = try Self.survey([(44_100, 3)])
    let resolved = try options.resolved(for: survey)
    #expect(resolved.settings.data.sampleRate == 16_000)
    #expect(
      resolved.choices.first?.reason
        == "the most sound has 44,100 Hz, but at 44,100 Hz a window of 65,536 samples (1.49 s) "
        + "holds only 0 of 1 recording whole; --sample-rate 44100 keeps all of it")
    options.sampleRate = 44_100
    let asked = try options.resolved(for: survey)
    #expect(asked.settings.data.sampleRate == 44_100)
    #expect(!asked.choices.contains { $0.name == "sample-rate" })
  }

  @Test(
    "A rate that cannot be asked for is not recommended",
    arguments: [
      (
        384_000,
        "the most sound has 384,000 Hz, but at 48,000 Hz a window of 65,536 samples (1.37 s) holds "
          + "only 0 of 1 recording whole; --sample-rate 192000 keeps the most of it"
      ),
      (500, "the most sound has 500 Hz, and there is no lower rate to choose"),
    ])
  func rateOutOfRange(rate: Int, reason: String) throws {
    var options = TrainingOptions()
    let resolved = try options.resolved(for: Self.survey([(rate, 10)]))
    #expect(resolved.choices.first?.reason == reason)
    options.sampleRate = resolved.settings.data.sampleRate
    try options.validate()
  }

  @Test(
    "The window is the smallest that holds 95 % of the recordings whole",
    arguments: [(19, 1, 4_096), (18, 2, 16_384), (20, 0, 4_096), (0, 20, 16_384)])
  func window(short: Int, long: Int, expected: Int) throws {
    // 4,096 samples are 0.256 s at 16,000 Hz, and 16,384 are 1.024 s.
    let files =
      [(16_000, 0.25)] * short + [(16_000, 1.0)] * long
    let resolved = try TrainingOptions().resolved(for: Self.survey(files))
    #expect(resolved.settings.data.windowLength == expected)
  }

  @Test("Recordings of minutes get the largest window")
  func longRecordings() throws {
    let resolved = try TrainingOptions().resolved(for: Self.survey([(16_000, 3_600)]))
    #expect(resolved.settings.data.windowLength == 65_536)
    #expect(
      resolved.choices.first { $0.name == "window" }?.reason
        == "the largest; it holds 0 of 1 recording whole")
  }

  @Test("A survey without a usable file is an error that names the paths")
  func nothing() {
    let error = #expect(throws: DatasetError.self) {
      try TrainingOptions().resolved(for: Self.survey([]))
    }
    #expect(error?.code == .nothingUsable)
    #expect(
      error?.description
        == "made holds no recording that can be used; `wavegan inspect` tells the reason for each file."
    )
  }
}

private func * <Element>(elements: [Element], count: Int) -> [Element] {
  (0..<count).flatMap { _ in elements }
}
