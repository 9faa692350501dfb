import Testing
import WaveGAN

@Suite("Settings: what is refused, and how it is said")
struct SettingsRefusalTests {
  /// The sentence with which options are refused.
  private func refusal(_ change: (inout TrainingOptions) -> Void) -> String? {
    var options = TrainingOptions()
    change(&options)
    let error = #expect(throws: SettingsError.self) { try options.validate() }
    return error?.description
  }

  @Test("Every preset and loss is accepted as it is")
  func accepted() throws {
    for preset in Preset.allCases {
      for loss in ObjectiveSettings.Loss.allCases {
        var options = TrainingOptions()
        options.preset = preset
        options.loss = loss
        try options.validate()
      }
    }
  }

  @Test("A window is one of five")
  func window() {
    #expect(
      refusal { $0.windowLength = 1_000 }
        == "--window 1000: the networks have windows of 4096, 8192, 16384, 32768, 65536 samples; "
        + "choose one of these.")
  }

  @Test("A filter reaches from one step to the next", arguments: [3, 65])
  func kernel(length: Int) {
    #expect(
      refusal { $0.kernelLength = length }
        == "--kernel \(length): the filters must reach from one step to the next, 4 samples on; "
        + "give a length from 4 to 64.")
  }

  @Test("Batch normalisation and the gradient penalty exclude each other")
  func batchNormalization() throws {
    #expect(
      refusal {
        $0.generator = .wavegan
        $0.loss = .wganGP
        $0.batchNormalization = true
      }
        == "--batchnorm with --loss wgan-gp: batch normalisation in the discriminator ties the "
        + "clips of a batch together, which the gradient penalty does not allow; use another "
        + "--loss or leave --batchnorm out.")
    #expect(
      refusal {
        $0.generator = .wavegan
        $0.batchNormalization = true
        $0.loss = .relativistic
      }?.hasPrefix("--batchnorm with --loss relativistic: batch normalisation in") == true)
    var options = TrainingOptions()
    options.generator = .wavegan
    options.batchNormalization = true
    options.loss = .dcgan
    try options.validate()
  }

  @Test("The inverse-STFT generator has no post-filter and nothing to normalise")
  func spectralGenerator() throws {
    #expect(
      refusal {
        $0.generator = .istft
        $0.postFilter = true
      }
        == "--post-filter with --generator istft: the inverse-STFT generator has no such part; "
        + "leave --post-filter out or use --generator wavegan.")
    #expect(
      refusal {
        $0.generator = .istft
        $0.batchNormalization = true
        $0.loss = .hinge
      }?.hasPrefix("--batchnorm with --generator istft: ") == true)
    var options = TrainingOptions()
    options.generator = .istft
    try options.validate()
  }

  @Test("Overlap without windows that follow each other is refused, not ignored")
  func overlap() throws {
    #expect(
      refusal { $0.overlap = 0.5 }
        == "--overlap 0.5 with --slices random: only windows that follow each other can overlap; "
        + "use --slices every or leave --overlap out.")
    var options = TrainingOptions()
    options.overlap = 0.5
    options.slices = .every
    try options.validate()
  }

  @Test("A warm-up needs vectors that a Gaussian can be fitted to")
  func warmUp() throws {
    #expect(
      refusal {
        $0.preset = .paper
        $0.warmUpSteps = 100
      }
        == "--warm-up-steps 100 with --latent-distribution uniform: a warm-up ends by fitting a "
        + "Gaussian to what it learned; use --latent-distribution gaussian, or --warm-up-steps 0.")
    #expect(
      refusal { $0.warmUpSteps = -1 }
        == "--warm-up-steps -1: give a value from 0 to 1000000000.")
    var options = TrainingOptions()
    options.warmUpSteps = 100
    try options.validate()
    options.preset = .paper
    options.latentDistribution = .gaussian
    try options.validate()
  }

  @Test("A penalty at spectra needs discriminators of spectra, and no other penalty beside it")
  func spectralPenalty() throws {
    #expect(
      refusal {
        $0.spectralPenalty = 2
        $0.discriminators = .waveform
      }
        == "--stft-penalty 2.0: there is no discriminator of spectra; use --discriminator stft or "
        + "both, or leave it out.")
    #expect(
      refusal {
        $0.spectralPenalty = 2
        $0.discriminators = .both
        $0.loss = .wganGP
      }
        == "--stft-penalty 2.0 with --loss wgan-gp: this loss has a penalty of its own, of one "
        + "factor; use another --loss or leave --stft-penalty out.")
    #expect(
      refusal {
        $0.spectralPenalty = 2
        $0.generator = .wavegan
        $0.discriminators = .stft
        $0.loss = .hinge
        $0.batchNormalization = true
      }
        == "--stft-penalty 2.0 with --batchnorm: batch normalisation in the discriminator ties the "
        + "clips of a batch together, which the penalty does not allow; leave one of them out.")
    var options = TrainingOptions()
    options.spectralPenalty = 2
    options.discriminators = .stft
    options.loss = .hinge
    try options.validate()
  }

  @Test("Ranges are told")
  func ranges() {
    #expect(refusal { $0.batchSize = 1 } == "--batch 1: give a value from 2 to 4096.")
    #expect(refusal { $0.channelCount = 3 } == "--channels 3: give a value from 1 to 2.")
    #expect(
      refusal { $0.holdout = 1 }
        == "--holdout 1.0: give a value from 0.0 up to, but not including, 1.0.")
    #expect(
      refusal { $0.averageDecay = .nan }
        == "--ema nan: give a value from 0.0 up to, but not including, 1.0.")
    #expect(
      refusal { $0.augmentation = 1.5 } == "--augment 1.5: give a value from 0.0 to 1.0.")
    for level in [80, -10, -151, .nan] {
      #expect(
        refusal { $0.ditherDecibels = level }
          == "--dither \(level): give a level from -150 to -20 dBFS, or 0 for none.")
    }
    #expect(refusal { $0.penaltyEvery = 0 } == "--penalty-every 0: give a value from 1 to 1000.")
    #expect(
      refusal {
        $0.discriminators = .stft
        $0.spectralPenalty = -1
        $0.loss = .hinge
      } == "--stft-penalty -1.0: give a value from 0.0 to 1000000.0.")
    #expect(refusal { $0.steps = 0 } == "--steps 0: give a value from 1 to 1000000000.")
    #expect(
      refusal { $0.minutes = -1 }
        == "--minutes -1.0: give a number above 0, at most 10,000,000.")
  }

  @Test("An empty label is none", arguments: [[""], ["kick", ""]])
  func emptyLabel(labels: [String]) {
    #expect(
      refusal { $0.onlyLabels = labels }
        == "--only-labels: a label has a name; give names, as in --only-labels kick,snare, or leave "
        + "it out to use all.")
  }

  @Test("A run has one length")
  func stepsAndMinutes() {
    #expect(
      refusal {
        $0.steps = 40
        $0.minutes = 2
      } == "--steps 40 with --minutes 2.0: a run has one length; give one of the two.")
  }
}
