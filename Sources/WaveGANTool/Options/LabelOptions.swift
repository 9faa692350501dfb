import ArgumentParser
import Foundation
import WaveGAN

/// Where labels come from and which are wanted; shared by `train`, `inspect` and `features`.
struct LabelOptions: ParsableArguments {
  @Option(
    name: .customLong("labels"),
    help: ArgumentHelp(
      """
      Where labels come from. folders: the sub-folder (default); prefix: the file's name up to its \
      first _ or, without one, up to its first change between letters and digits.
      """,
      valueName: "source"))
  var source: DataSettings.LabelSource?

  @Option(
    help: ArgumentHelp(
      "Use only these labels, separated by commas. Can be repeated.", valueName: "a,b"))
  var onlyLabels: [String] = []

  /// The labels to use; nil for all.
  var wanted: [String]? {
    onlyLabels.isEmpty ? nil : onlyLabels.flatMap(\.namesBetweenCommas)
  }
}

extension String {
  /// `a, b` as `a` and `b`. Empty names are kept, to be refused: taken away, they would leave none,
  /// which means all.
  var namesBetweenCommas: [String] {
    split(separator: ",", omittingEmptySubsequences: false)
      .map { $0.trimmingCharacters(in: .whitespaces) }
  }
}
