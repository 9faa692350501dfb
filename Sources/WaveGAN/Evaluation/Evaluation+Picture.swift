import AudioFiles
package import Spectra

extension Evaluation {
  /// The figures, the distances to training clips and the mean spectra, drawn.
  package var picture: ComparisonPicture {
    ComparisonPicture(
      title: "\(generated.path.escapedForDisplay)"
        + (generated.step.map { " after \($0.grouped) steps" } ?? ""),
      note: "\(generated.clips.counted("generated clip")), "
        + "\(reference.training.counted("training clip")), \(reference.heldOut.grouped) held out",
      names: ["training", "generated", "held-out"],
      panels: [.bars(overlap), .bars(distances), .curves(nearestDistances), .curves(spectra)])
  }

  /// The rows in the order of the picture's names.
  private func bars(
    _ title: String, least: Double = 0, _ figure: (ComparisonFigures) -> Double?
  ) -> BarGroups.Group {
    BarGroups.Group(
      title: title, least: least,
      values: [.training, .generated, .heldOut].map { row($0).flatMap { figure($0.figures) } })
  }

  private var overlap: BarGroups {
    let count = row(.generated)?.count ?? 0
    return BarGroups(
      title: "How the sets overlap",
      hint: "Against training clips, \(count.grouped) on each side; as high as held-out is good.",
      groups: [
        bars("precision", \.precision), bars("recall", \.recall), bars("density", \.density),
        bars("coverage", \.coverage), bars("variety", \.variety),
      ])
  }

  private var distances: BarGroups {
    BarGroups(
      title: "How far the sets are apart",
      hint: "Each figure has a scale of its own; as low as held-out is good.",
      groups: [
        bars("Fréchet, dB²", \.frechetDistance), bars("kernel (KAD)", least: 5, \.kernelDistance),
        bars("|D|self, dB", \.selfDistance), bars("|D|train, dB", \.trainDistance),
        bars("different bins", least: 10, { $0.differentBins.map(Double.init) }),
      ])
  }

  private var nearestDistances: CurvesOverQuantity {
    let sets = [(1, nearest.generated), (2, nearest.heldOut)].map { name, pairs in
      (name, pairs.map(\.distance))
    }
    let all = sets.flatMap(\.1).sorted()
    // A few clips that are far from everything would flatten the rest.
    let end = max(all.isEmpty ? 1 : all[(all.count - 1) * 99 / 100] * 1.1, 1)
    let binCount = 40
    let width = end / Double(binCount)
    return CurvesOverQuantity(
      title: "Distance to the nearest training clip, % of clips",
      hint: nearest.verdict, axisTitle: "Root mean square difference of log-mel levels, dB",
      places: (0..<binCount).map { (Double($0) + 0.5) * width }, isFilled: true,
      curves: sets.filter { !$0.1.isEmpty }.map { name, distances in
        var parts = [Double](repeating: 0, count: binCount)
        for distance in distances where distance < end {
          parts[Int(distance / width)] += 100 / Double(distances.count)
        }
        return .init(name: name, values: parts)
      })
  }

  private var spectra: CurvesOverQuantity {
    CurvesOverQuantity(
      title: "Mean level at each frequency, dB",
      hint: "Where generated clips lack a band or, with hum or hiss, have too much of it.",
      axisTitle: "Frequency, Hz", places: meanLevels.frequenciesHz, isLogarithmic: true,
      curves: [
        .init(name: 0, values: meanLevels.training), .init(name: 1, values: meanLevels.generated),
      ])
  }
}
