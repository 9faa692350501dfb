public import ArgumentParser
public import Spectra

/// How spectrograms look.
struct PictureOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Frequency axis.", valueName: "scale"))
  var scale: FrequencyScale = .mel

  @Option(
    help: ArgumentHelp(
      "Samples in a frame, even. Default: about 32 ms, but at most a third of the recording.",
      valueName: "samples"))
  var fftLength: Int?

  @Option(
    help: ArgumentHelp(
      "Samples from one frame to the next. Default: as few as can be seen in the picture.",
      valueName: "samples"))
  var hop: Int?

  // Without this parsing, a value that begins with a dash would be taken for another option.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The quietest level told from silence, in dB below the loudest.", valueName: "dB"))
  var floorDb: Double = -80

  @Option(help: ArgumentHelp("Colours.", valueName: "name"))
  var colors: ColorMap = .ember

  func options() throws -> SpectrogramOptions {
    if let fftLength, !(4...1_048_576).contains(fftLength) || !fftLength.isMultiple(of: 2) {
      throw ValidationError("--fft-length \(fftLength): give an even number from 4 to 1,048,576.")
    }
    if let hop, !(1...1_048_576).contains(hop) {
      throw ValidationError("--hop \(hop): give a number from 1 to 1,048,576.")
    }
    guard (-200 ... -10).contains(floorDb) else {
      throw ValidationError("--floor-db \(floorDb): give a number from -200 to -10.")
    }
    return SpectrogramOptions(
      scale: scale, fftLength: fftLength, hopLength: hop, floorDecibels: floorDb, colorMap: colors)
  }
}

extension FrequencyScale: ExpressibleByArgument {}
extension ColorMap: ExpressibleByArgument {}
