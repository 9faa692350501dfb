/// One option: its name in settings files, and how to carry its value about.
///
/// ``all`` is the one list of options that overlaying and decoding share.
struct OptionField: Sendable {
  typealias Container = KeyedDecodingContainer<OptionName>

  let name: String
  /// Copies the value of the second to the first, where that has none.
  let complete: @Sendable (inout TrainingOptions, TrainingOptions) -> Void
  /// Reads the value, if there, or throws a ``SettingsError``.
  let decode: @Sendable (inout TrainingOptions, Container) throws -> Void
  /// Whether there is a value.
  let isGiven: @Sendable (TrainingOptions) -> Bool

  init<Value: OptionValue>(
    _ name: String, _ path: any WritableKeyPath<TrainingOptions, Value?> & Sendable
  ) {
    self.init(name, path, as: Value.self) { $0 }
  }

  /// An option that is written in another type than it is carried about in.
  init<Value: Sendable, Written: OptionValue>(
    _ name: String, _ path: any WritableKeyPath<TrainingOptions, Value?> & Sendable,
    as type: Written.Type, value: @escaping @Sendable (Written) -> Value
  ) {
    let key = OptionName(name)
    self.name = name
    complete = { options, base in
      if options[keyPath: path] == nil { options[keyPath: path] = base[keyPath: path] }
    }
    decode = { options, container in
      do {
        options[keyPath: path] = try container.decodeIfPresent(type, forKey: key).map(value)
      } catch {
        throw SettingsError(.wrongType, "\"\(name)\"", "this option takes \(Written.kind)")
      }
    }
    isGiven = { $0[keyPath: path] != nil }
  }

  static let all: [OptionField] = [
    OptionField("preset", \.preset),
    OptionField("seed", \.seed),

    OptionField("sample-rate", \.sampleRate),
    OptionField("channels", \.channelCount),
    OptionField("window", \.windowLength),
    OptionField("slices", \.slices),
    OptionField("overlap", \.overlap),
    OptionField("pad", \.padsEnd),
    OptionField("normalize", \.normalization),
    OptionField("trim-silence", \.trimsSilence),
    OptionField("align-onset", \.alignsOnset),
    OptionField("labels", \.labels),
    OptionField("only-labels", \.onlyLabels),
    OptionField("holdout", \.holdout),

    OptionField("generator", \.generator),
    OptionField("dim", \.dim),
    OptionField("latent", \.latentSize),
    OptionField("latent-distribution", \.latentDistribution),
    OptionField("kernel", \.kernelLength),
    OptionField("phase-shuffle", \.phaseShuffle),
    OptionField("shuffle-each-clip", \.shufflesEachClip),
    OptionField("batchnorm", \.batchNormalization),
    OptionField("upsample", \.upsampling),
    OptionField("upsample-bias", \.usesUpsamplingBias),
    OptionField("post-filter", \.postFilter),
    OptionField("discriminator", \.discriminators),
    OptionField("conditional", \.isConditional, as: Conditioning.self) { $0.isConditional },

    OptionField("loss", \.loss),
    OptionField("critic-updates", \.criticUpdates),
    OptionField("generator-updates", \.generatorUpdates),
    OptionField("batch", \.batchSize),
    OptionField("critic-rate", \.criticRate),
    OptionField("generator-rate", \.generatorRate),
    OptionField("rate-decay", \.rateDecaySteps),
    OptionField("ema", \.averageDecay),
    OptionField("warm-up-steps", \.warmUpSteps),
    OptionField("stft-penalty", \.spectralPenalty),
    OptionField("penalty-every", \.penaltyEvery),
    OptionField("warm-up-noise", \.warmUpNoise),
    OptionField("warm-up-pull", \.warmUpPull),
    OptionField("prior-bandwidth", \.priorBandwidth),
    OptionField("reconstruction", \.reconstruction),
    OptionField("augment", \.augmentation),
    OptionField("dither", \.ditherDecibels),

    OptionField("steps", \.steps),
    OptionField("minutes", \.minutes),
    OptionField("stop-when-settled", \.stopWhenSettled),
    OptionField("threads", \.threads),
    OptionField("checkpoint-every", \.checkpointEvery),
    OptionField("preview-every", \.previewEvery),
    OptionField("keep", \.keep),
    OptionField("memory", \.memory),
  ]
}

/// Any name in a settings file, known or not.
struct OptionName: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(_ name: String) { stringValue = name }
  init?(stringValue: String) { self.init(stringValue) }
  init?(intValue: Int) { nil }
}
