import ArgumentParser
import WaveGAN

/// Which sounds are rendered, where they are not simply those of a seed.
struct WalkOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Walk from one sound to another, both included. A sound is a seed, SEED:INDEX for another clip \
      of it, a rendered file, whose checkpoint, average and spread are then the default, or a \
      recording that a run with a warm-up learnt from.
      """,
      valueName: "a> <b"))
  var morph: ManyValues?

  @Option(
    help: ArgumentHelp(
      "Walk along one coordinate of a sound, from one value to another.",
      valueName: "index> <from> <to"))
  var sweep: ManyValues?

  @Option(
    help: ArgumentHelp(
      "The sound that --sweep changes. Default: the first clip of --seed.", valueName: "sound"))
  var of: StartingSound?

  @Option(
    help: ArgumentHelp("Make variations of a sound; --seed makes others.", valueName: "sound"))
  var near: StartingSound?

  @Option(
    help: ArgumentHelp(
      """
      How far --near goes: 0 is the sound itself, 1 has nothing to do with it. Default: 0.3.
      """,
      valueName: "part"))
  var amount: Double?

  static let defaultAmount = 0.3

  /// Whether nothing was said.
  var isEmpty: Bool {
    morph == nil && sweep == nil && of == nil && near == nil && amount == nil
  }

  /// - Throws: `ValidationError` for options that exclude each other, lack another, or have a value
  ///   too few or that is no number.
  func check(seed: UInt64?, count: Int?) throws {
    let walks = [("--morph", morph != nil), ("--sweep", sweep != nil), ("--near", near != nil)]
    let given = walks.filter(\.1).map(\.0)
    guard given.count <= 1 else {
      throw ValidationError(
        "\(given.joined(separator: " and ")) exclude each other; give one of them.")
    }
    guard of == nil || sweep != nil else {
      throw ValidationError("--of names the sound that --sweep changes; give --sweep too.")
    }
    guard of == nil || seed == nil else {
      throw ValidationError("--of and --seed both say which sound to sweep; give one of them.")
    }
    guard amount == nil || near != nil else {
      throw ValidationError("--amount says how far --near goes; give --near too.")
    }
    guard amount.map(LatentOrigin.amounts.contains) ?? true else {
      throw ValidationError("--amount \(amount ?? 0): give a number from 0 to 1.")
    }
    guard morph == nil || seed == nil else {
      throw ValidationError("--morph draws nothing, so --seed has no meaning for it.")
    }
    if (morph != nil || sweep != nil) && count == 1 {
      throw ValidationError("--count 1: a walk has a beginning and an end; give a number from 2.")
    }
    _ = try (morphSounds, sweepRange)
  }

  /// The sounds that have to be looked up.
  ///
  /// - Throws: `ValidationError`.
  var sounds: [StartingSound] {
    get throws { try morphSounds ?? [of, near].compactMap { $0 } }
  }

  /// The plan of a render.
  ///
  /// - Parameters:
  ///   - origins: of ``sounds``, in their order.
  ///   - seed: the value of `--seed`.
  ///   - labels: the values of `--label`.
  /// - Throws: `ValidationError`.
  func plan(
    origins: [LatentOrigin], seed: UInt64, labels: [String], count: Int
  ) throws -> LatentPlan {
    if morph != nil { return .morph(origins[0], origins[1], count: count) }
    if let (index, from, to) = try sweepRange {
      let origin = origins.first ?? .drawn(seed: seed, index: 0, label: labels.first)
      return .sweep(origin, coordinate: index, from: from, to: to, count: count)
    }
    if near != nil {
      return .variations(origins[0], amount: amount ?? Self.defaultAmount, seed: seed)
    }
    return .seed(seed, labels: labels)
  }

  // MARK: Values

  private var morphSounds: [StartingSound]? {
    get throws {
      guard let morph else { return nil }
      let sounds = morph.values.compactMap(StartingSound.init)
      guard sounds.count == 2 else {
        throw ValidationError("--morph takes two sounds, as in --morph 3 4 or --morph a.wav b.wav.")
      }
      return sounds
    }
  }

  private var sweepRange: (index: Int, from: Double, to: Double)? {
    get throws {
      guard let values = sweep?.values else { return nil }
      guard values.count == 3, let index = Int(values[0]), let from = Double(values[1]),
        let to = Double(values[2])
      else {
        throw ValidationError(
          "--sweep takes the index of a coordinate and two numbers, as in --sweep 7 -2 2.")
      }
      return (index, from, to)
    }
  }
}
