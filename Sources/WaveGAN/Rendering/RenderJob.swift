import AudioFiles
import Spectra

/// Renders clips of a run into a folder of sound files.
///
///     let renderer = try Renderer(run: RunFolder("drums.run"))
///     try RenderJob(folder: "sounds", count: 16).run(renderer)
///
/// The folder then holds:
///
///     0000.wav …             the clips, each with its provenance in the comment field
///     manifest.csv           a row for each
///     latents.safetensors    `latents`, `[count, Z + L]`
///     0000.png …, sheet.png  spectrograms, if wanted
///
/// Memory does not grow with the number of clips.
public struct RenderJob: Sendable {
  /// The folder that receives the files.
  public var folder: String
  /// What the clips are made from.
  public var plan: LatentPlan
  /// Which clips of the plan.
  public var indices: Range<Int>
  /// Whether each clip gets a picture.
  public var makesImages: Bool
  /// Whether all clips, or the first 400, get a picture together.
  public var makesSheet: Bool
  /// Whether files that are there already are replaced. An earlier render's are then removed first,
  /// as far as its manifest lists them.
  public var overwrites: Bool

  /// Whether manifest and latents are written, and those of an earlier render replaced.
  private var writesTables = true

  /// A job for some of the clips of a plan.
  ///
  /// - Precondition: where the plan is a walk, `indices` are within its `0..<count`; checked in every
  ///   build, when the job is run.
  public init(
    folder: String, plan: LatentPlan, indices: Range<Int>, makesImages: Bool = false,
    makesSheet: Bool = false, overwrites: Bool = false
  ) {
    self.folder = folder
    self.plan = plan
    self.indices = indices
    self.makesImages = makesImages
    self.makesSheet = makesSheet
    self.overwrites = overwrites
  }

  /// A job for the first clips of a seed.
  public init(folder: String, seed: UInt64 = 0, count: Int) {
    self.init(folder: folder, plan: .seed(seed), indices: 0..<count)
  }

  /// A job for one clip that was rendered before.
  ///
  /// It writes the clip's file alone, so that a folder can take in many of them, one after another.
  public init(folder: String, recalling provenance: ClipProvenance) {
    self.init(
      folder: folder, plan: .origin(provenance.origin),
      indices: provenance.index..<provenance.index + 1)
    writesTables = false
  }

  /// Renders the clips.
  ///
  /// When it is told to stop, or fails, the clips that are finished stay, with manifest and latents.
  ///
  /// - Parameters:
  ///   - renderer: makes the clips.
  ///   - onClip: called after each clip with how many are done; returns whether to go on.
  /// - Returns: how many clips were rendered.
  /// - Throws: ``SettingsError`` or ``RunError`` when the run cannot follow the plan; ``RunError``
  ///   `.busy` when another render fills the folder; `AudioFileError` when a file is there already or cannot be
  ///   written; before anything is rendered if one of the job's files is there.
  @discardableResult
  public func run(_ renderer: Renderer, onClip: (_ done: Int) -> Bool = { _ in true }) throws -> Int
  {
    let writer = try AudioWriter(
      container: renderer.settings.container, encoding: renderer.settings.encoding)
    let endings = [writer.fileExtension] + (makesImages ? ["png"] : [])
    try renderer.prepare(plan)
    try renderer.checkComment(of: plan, indices: indices)
    let target = try RenderFolder(path: folder)
    if overwrites {
      if writesTables { target.removeEarlierRender() }
    } else if !target.isEmpty {
      let names = [AnySequence(onceNames), AnySequence(clipNames(indices, endings))].joined()
      try AtomicFile.checkNothingIs(at: names.lazy.map { "\(folder)/\($0)" })
    }
    let tables = writesTables ? try makeTables(renderer) : nil
    var sheetClips: [ContactSheet.Clip] = []
    var done = 0
    func finish() throws {
      try target.synchronize(clipNames(indices.prefix(done), endings))
      try tables?.latents.commit()
      try tables?.manifest.commit()
    }
    do {
      let (hasPicture, keepsMono) = (makesImages, makesSheet)
      try renderer.render(plan, indices: indices) { rendered in
        try FinishedClip(rendered, writer: writer, hasPicture: hasPicture, keepsMono: keepsMono)
      } receive: { clip in
        try write(clip)
        // A row without its latent would be one that cannot be trusted: the larger goes first.
        try tables?.latents.add(clip.latent)
        try tables?.manifest.add(clip)
        // The sheet shows no more than its limit, so no more are kept.
        if let mono = clip.mono, sheetClips.count < ContactSheet.clipLimit {
          sheetClips.append(
            .init(
              samples: mono, name: clip.provenance.name, label: clip.provenance.origin.label))
        }
        done += 1
        return onClip(done)
      }
    } catch {
      // The first failure is the one to tell of.
      if done > 0 { try? finish() }
      throw error
    }
    try finish()
    if makesSheet {
      let isWhole = sheetClips.count == done
      let sheet = ContactSheet(
        clips: sheetClips, sampleRate: renderer.record.settings.data.sampleRate,
        title: "\(plan.title(count: done)) after \(renderer.step.grouped) steps",
        note: isWhole ? nil : "only the first \(sheetClips.count.grouped)")
      try AtomicFile.write(try sheet.png(), to: "\(folder)/sheet.png", overwrites: overwrites)
    }
    return done
  }

  // MARK: Files

  private typealias Tables = (manifest: RenderManifest, latents: LatentsFile)

  private func makeTables(_ renderer: Renderer) throws -> Tables {
    var metadata = ["run": renderer.record.id]
    metadata["seed"] = plan.seed.map(String.init)
    return (
      try RenderManifest(path: "\(folder)/manifest.csv", plan: plan, overwrites: overwrites),
      try LatentsFile(
        path: "\(folder)/latents.safetensors", count: indices.count,
        size: renderer.record.settings.model.inputSize, metadata: metadata,
        overwrites: overwrites)
    )
  }

  /// Writes a clip's files.
  ///
  /// They are brought to the disk all together, before the manifest is: one by one, thousands of
  /// small files would take longer to be safe than to be made. A loss of power before that costs no
  /// more than rendering them again, to the byte.
  private func write(_ clip: FinishedClip) throws {
    try AtomicFile.write(
      clip.sound, to: "\(folder)/\(clip.file)", overwrites: overwrites, survivesPowerLoss: false)
    if let picture = clip.picture {
      try AtomicFile.write(
        picture, to: "\(folder)/\(clip.provenance.name).png", overwrites: overwrites,
        survivesPowerLoss: false)
    }
  }

  /// The names of the files that are there once.
  private var onceNames: [String] {
    (writesTables ? ["manifest.csv", "latents.safetensors"] : [])
      + (makesSheet ? ["sheet.png"] : [])
  }

  /// The names of the files of some clips.
  private func clipNames(
    _ indices: Range<Int>, _ endings: [String]
  ) -> some Sequence<String> {
    indices.lazy.flatMap { index in
      endings.map { "\(ClipProvenance.name(ofIndex: index)).\($0)" }
    }
  }
}

extension LatentPlan {
  /// What a sheet of so many clips shows.
  fileprivate func title(count: Int) -> String {
    let clips = count.counted("clip")
    return switch self {
    case .seed(let seed, let labels):
      "\(clips) of seed \(seed)"
        + (labels.isEmpty
          ? "" : ", labels \(labels.map(\.escapedForDisplay).joined(separator: ", "))")
    case .morph(let start, let end, _): "\(clips) from \(start) to \(end)"
    case .sweep(let origin, let coordinate, let from, let to, _):
      "\(clips) of \(origin), coordinate \(coordinate) from \(from) to \(to),"
    case .variations(let origin, let amount, let seed):
      "\(count.counted("variation")) of \(origin), amount \(amount), seed \(seed),"
    case .origin(let origin): "\(clips) of \(origin)"
    }
  }
}
