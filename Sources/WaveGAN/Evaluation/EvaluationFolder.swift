import AudioFiles
import Foundation
import Spectra

/// Writes what an evaluation found into a folder:
///
///     evaluation.json    the object that `--json` prints
///     nearest.csv        the nearest training clip of every generated and every held-out clip
///     evaluation.png     the figures, the distances and the mean spectra as a picture
///     pairs/             generated-0000.wav beside training-0000.wav …, sheet.png
///
/// The pairs are those that are nearest, so that copies come first.
public struct EvaluationFolder: Sendable {
  /// The folder that receives the files.
  public let path: String
  /// Pairs of clips to write; 0 for none.
  public let pairCount: Int
  private let overwrites: Bool

  /// The most pairs that are written: as many as a sheet shows.
  public static let pairLimit = ContactSheet.clipLimit / 2

  /// Makes the folder, and makes sure that it can be filled, before any work is done for it.
  ///
  /// - Throws: `AudioFileError` `.exists` when one of the files is there and must not be replaced, or
  ///   `.cannotCreate`.
  public init(path: String, pairCount: Int, overwrites: Bool) throws {
    self.path = path
    self.pairCount = pairCount
    self.overwrites = overwrites
    try AtomicFile.makeFolder(path)
    AtomicFile.removeAbandoned(in: path)
    if pairCount > 0 {
      try AtomicFile.makeFolder("\(path)/pairs")
      AtomicFile.removeAbandoned(in: "\(path)/pairs")
    }
    if !overwrites {
      let names = ["evaluation.json", "nearest.csv", "evaluation.png"].map { "\(path)/\($0)" }
      let pairs = (0..<pairCount).flatMap { place in
        ["generated", "training"].map { pairFile($0, place) }
      }
      try AtomicFile.checkNothingIs(at: names + pairs + ["\(path)/pairs/sheet.png"])
    }
  }

  private func pairFile(_ kind: String, _ place: Int) -> String {
    "\(path)/pairs/\(kind)-\(place.zeroPadded(to: 4)).wav"
  }

  /// Fills the folder.
  ///
  /// - Parameters:
  ///   - evaluation: what was found.
  ///   - job: the job that found it.
  ///   - clips: the clips that it judged.
  ///   - reference: the recordings that it compared them with.
  /// - Throws: `AudioFileError` or `PictureError`.
  public func write(
    _ evaluation: Evaluation, job: EvaluationJob, clips: any GeneratedClips, reference: Dataset
  ) throws {
    try AtomicFile.writeJSON(evaluation, to: "\(path)/evaluation.json", overwrites: overwrites)
    try AtomicFile.write(
      Array(evaluation.nearest.table.utf8), to: "\(path)/nearest.csv", overwrites: overwrites)
    try AtomicFile.write(
      try evaluation.picture.png(), to: "\(path)/evaluation.png", overwrites: overwrites)
    if pairCount > 0 {
      try writePairs(evaluation.nearest, job: job, clips: clips, reference: reference)
    }
  }

  private func writePairs(
    _ nearest: NearestClips, job: EvaluationJob, clips: any GeneratedClips, reference: Dataset
  ) throws {
    let judged = job.drawn(from: clips.count)
    let places = nearest.generated.indices
      .sorted { (nearest.generated[$0].distance, $0) < (nearest.generated[$1].distance, $1) }
      .prefix(pairCount)
    let meter = ClipMeter(reference.settings)
    // Clips are made in order, and belong to the pairs in the order of distances.
    let ordered = places.sorted()
    let windows = Dictionary(
      uniqueKeysWithValues: zip(
        ordered,
        try clips.map(ordered.map { judged[$0] }, { meter.window(of: $0) }, progress: { _, _ in })
      ))
    let recordings = Dictionary(
      uniqueKeysWithValues: reference.clips.enumerated().map { ($1.path, $0) })
    let settings = reference.settings
    let writer = try AudioWriter(container: .wav)
    var shown: [ContactSheet.Clip] = []
    for (number, place) in places.enumerated() {
      let pair = nearest.generated[place]
      guard let generated = windows[place], let recording = recordings[pair.training]
      else { continue }
      let training = reference.samples(of: .init(clip: recording, label: 0, start: 0))
      let distance = DecimalText.fixed(pair.distance, decimals: 1)
      for (kind, window, caption) in [
        ("generated", generated, "generated \(number), \(distance) dB from"),
        ("training", training, URL(filePath: pair.training).lastPathComponent),
      ] {
        try writer.write(
          AudioClip(
            samples: window, channelCount: settings.channelCount, sampleRate: settings.sampleRate),
          to: pairFile(kind, number), overwrites: overwrites)
        shown.append(
          .init(samples: window.mixed(channelCount: settings.channelCount), caption: caption))
      }
    }
    let sheet = ContactSheet(
      clips: shown, sampleRate: settings.sampleRate,
      title: "Generated clips, each before its nearest training clip",
      note: "the nearest first", widthSampleCount: settings.windowLength, isOfPairs: true)
    try AtomicFile.write(try sheet.png(), to: "\(path)/pairs/sheet.png", overwrites: overwrites)
  }
}
