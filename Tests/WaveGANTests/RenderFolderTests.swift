import AudioFiles
import Foundation
import Spectra
import Testing
import WaveGAN

@Suite("The folder of a render")
struct RenderFolderTests {
  private let bench: RunBench
  private let folder: String

  init() throws {
    bench = try RunBench.withRun()
    folder = bench.path("out")
  }

  private func job(count: Int, change: (inout RenderJob) -> Void = { _ in }) -> RenderJob {
    var job = RenderJob(folder: folder, count: count)
    job.overwrites = true
    change(&job)
    return job
  }

  private func run(_ job: RenderJob, onClip: (Int) -> Bool = { _ in true }) throws {
    try job.run(Renderer(run: bench.folder("run")), onClip: onClip)
  }

  private var names: Set<String> {
    get throws { Set(try FileManager.default.contentsOfDirectory(atPath: folder)) }
  }

  private func put(_ name: String, _ text: String = "mine") throws {
    try Data(text.utf8).write(to: URL(filePath: folder + "/" + name))
  }

  @Test("A render that replaces another leaves none of its clips, and everything else alone")
  func replacing() throws {
    try run(
      job(count: 4) {
        $0.makesImages = true
        $0.makesSheet = true
      })
    for name in ["0009.wav", "notes.txt", "cover.png"] { try put(name) }
    try run(job(count: 2))
    #expect(
      try names == [
        "0000.wav", "0001.wav", "manifest.csv", "latents.safetensors", "0009.wav", "notes.txt",
        "cover.png",
      ])
  }

  @Test("A manifest that lists what no render makes does no harm")
  func hostileManifest() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try put("notes.txt")
    try Data("mine".utf8).write(to: URL(filePath: bench.path("0001.wav")))
    try put(
      "manifest.csv",
      "file,seed,index,label,peak,loudness,sha256\nnotes.txt,\n../0001.wav,\n0002.wav\n")
    try run(job(count: 1))
    #expect(
      try names == ["0000.wav", "manifest.csv", "latents.safetensors", "notes.txt"])
    #expect(FileManager.default.fileExists(atPath: bench.path("0001.wav")))
  }

  @Test("What a killed render left half written is removed by the next")
  func leftovers() throws {
    try run(job(count: 1))
    try put(".partial-abc")
    try run(job(count: 1))
    #expect(try names == ["0000.wav", "manifest.csv", "latents.safetensors"])
  }

  @Test("A file that another program is writing into the folder is left alone")
  func otherPrograms() throws {
    try run(job(count: 1))
    let file = try AtomicFile(path: folder + "/notes.txt", overwrites: false)
    try run(job(count: 1))
    try file.commit()
    #expect(try names == ["0000.wav", "manifest.csv", "latents.safetensors", "notes.txt"])
  }

  @Test("A sheet that cannot show all clips says how many it shows")
  func sheetLimit() throws {
    try run(job(count: 401) { $0.makesSheet = true })
    var clips: [ContactSheet.Clip] = []
    try Renderer(run: bench.folder("run")).render(seed: 0, indices: 0..<400) {
      clips.append(.init(samples: $0.clip.samples, caption: $0.provenance.name))
      return true
    }
    let sheet = ContactSheet(
      clips: clips, sampleRate: 16_000, title: "401 clips of seed 0 after 2 steps",
      note: "only the first 400")
    #expect(try Data(contentsOf: URL(filePath: folder + "/sheet.png")) == Data(sheet.png()))
  }

  @Test("Two renders do not fill one folder at once")
  func lock() throws {
    var code: RunError.Code?
    try run(job(count: 1)) { _ in
      code = try? runErrorCode { try run(job(count: 1)) }
      return true
    }
    #expect(code == .busy)
  }

  @Test("A file is recalled beside others without touching them")
  func recall() throws {
    try run(job(count: 3))
    let file = folder + "/0001.wav"
    let manifest = try Data(contentsOf: URL(filePath: folder + "/manifest.csv"))
    let provenance = try ClipProvenance(ofFile: file)
    var again = RenderJob(folder: folder, recalling: provenance)
    again.overwrites = true
    try again.run(Renderer(recalling: provenance, of: file, run: bench.folder("run")))
    #expect(try names.count == 5)
    #expect(try Data(contentsOf: URL(filePath: folder + "/manifest.csv")) == manifest)
  }
}
