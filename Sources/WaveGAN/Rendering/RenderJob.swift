import AudioFiles
internal import NeuralNet
import Spectra

/// Renders clips of a run into a folder of sound files.
///
///     0000.wav …             the clips, each with its provenance in the comment field
///     manifest.csv           a row for each
///     latents.safetensors    `latents`, `[count, Z]`
///     0000.png …, sheet.png  spectrograms, if wanted
public struct RenderJob: Sendable {
  /// The folder that receives the files.
  public var folder: String
  public var seed: UInt64
  /// Which clips of the seed.
  public var indices: Range<Int>
  /// Whether each clip gets a picture.
  public var makesImages: Bool
  /// Whether all clips together get a picture.
  public var makesSheet: Bool
  /// Whether files that are there already are replaced.
  public var overwrites: Bool

  public init(
    folder: String, seed: UInt64 = 0, indices: Range<Int>, makesImages: Bool = false,
    makesSheet: Bool = false, overwrites: Bool = false
  ) {
    self.folder = folder
    self.seed = seed
    self.indices = indices
    self.makesImages = makesImages
    self.makesSheet = makesSheet
    self.overwrites = overwrites
  }

  /// Renders the clips.
  ///
  /// When it is told to stop, or fails, the clips that are finished stay, with manifest and latents.
  ///
  /// - Parameters:
  ///   - renderer: makes the clips.
  ///   - onClip: called after each clip with how many are done; returns whether to go on.
  /// - Returns: how many clips were rendered.
  /// - Throws: `AudioFileError` when a file is there already or cannot be written; before anything
  ///   is rendered if one of the job's files is there.
  @discardableResult
  public func run(_ renderer: Renderer, onClip: (_ done: Int) -> Bool = { _ in true }) throws -> Int
  {
    let writer = try AudioWriter(
      container: renderer.settings.container, encoding: renderer.settings.encoding)
    try AtomicFile.makeFolder(folder)
    if !overwrites {
      try AtomicFile.checkNothingIs(at: paths(fileExtension: writer.fileExtension))
    }
    var manifest = RenderManifest()
    var latents: [Float] = []
    var sheetClips: [ContactSheet.Clip] = []
    var done = 0
    func writeTables() throws {
      try manifest.write(to: "\(folder)/manifest.csv", overwrites: overwrites)
      try write(latents, count: done, renderer: renderer)
    }
    func finish(_ rendered: Renderer.RenderedClip) throws -> Bool {
      let name = Self.name(ofIndex: rendered.provenance.index)
      let file = "\(name).\(writer.fileExtension)"
      let digest = try writer.write(
        rendered.clip, to: "\(folder)/\(file)", comment: rendered.provenance.comment(),
        overwrites: overwrites)
      manifest.add(
        file: file, clip: rendered.clip, provenance: rendered.provenance, digest: digest)
      latents += rendered.latent
      done += 1
      try draw(rendered, name: name, file: file, sheetClips: &sheetClips)
      return onClip(done)
    }
    do {
      try renderer.render(seed: seed, indices: indices, receive: finish)
    } catch {
      // The first failure is the one to tell of.
      if done > 0 { try? writeTables() }
      throw error
    }
    try writeTables()
    if makesSheet {
      let title = "\(done.grouped) clips of seed \(seed) after \(renderer.step.grouped) steps"
      let sheet = ContactSheet(
        clips: sheetClips, sampleRate: renderer.record.settings.data.sampleRate, title: title)
      try AtomicFile.write(
        try sheet.png(), to: "\(folder)/sheet.png", overwrites: overwrites)
    }
    return done
  }

  /// A clip's name without its extension: the index with at least four digits.
  static func name(ofIndex index: Int) -> String { index.zeroPadded(to: 4) }

  private func draw(
    _ rendered: Renderer.RenderedClip, name: String, file: String,
    sheetClips: inout [ContactSheet.Clip]
  ) throws {
    guard makesImages || makesSheet else { return }
    let mono = rendered.clip.samples.mixed(channelCount: rendered.clip.channelCount)
    if makesImages {
      let picture = SpectrogramPicture(
        samples: mono, sampleRate: rendered.clip.sampleRate,
        title: rendered.clip.channelCount > 1 ? "\(file), both channels mixed" : file)
      try AtomicFile.write(
        try picture.png(), to: "\(folder)/\(name).png", overwrites: overwrites)
    }
    // The sheet shows no more than its limit, so no more are kept: memory stays constant.
    if makesSheet && sheetClips.count < ContactSheet.clipLimit {
      sheetClips.append(.init(samples: mono, caption: name))
    }
  }

  private func write(_ latents: [Float], count: Int, renderer: Renderer) throws {
    let size = renderer.record.settings.model.latentSize
    let file = SafetensorsFile(
      tensors: ["latents": .init(shape: [count, size], numbers: latents)],
      metadata: ["seed": String(seed), "run": renderer.record.id])
    try file.write(to: "\(folder)/latents.safetensors", overwrites: overwrites)
  }

  /// Every file that the job makes.
  private func paths(fileExtension: String) -> [String] {
    var names = ["manifest.csv", "latents.safetensors"]
    if makesSheet { names.append("sheet.png") }
    for index in indices {
      names.append("\(Self.name(ofIndex: index)).\(fileExtension)")
      if makesImages { names.append("\(Self.name(ofIndex: index)).png") }
    }
    return names.map { "\(folder)/\($0)" }
  }
}
