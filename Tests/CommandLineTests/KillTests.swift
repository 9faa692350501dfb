import AudioFiles
import Foundation
import TestSupport
import Testing
import WaveGAN

@Suite("Training killed without warning")
struct KillTests {
  private static let arguments = [
    "--steps", "40", "--checkpoint-every", "9", "--preview-every", "30", "--quiet", "--dim", "2",
    "--batch", "2", "--window", "4096", "--threads", "1",
  ]

  @Test("Killed at ten random moments, a run resumes to the bytes of one that never stopped")
  func tenMoments() throws {
    let folder = try TemporaryFolder()
    for index in 0..<4 {
      let clip = MadeClips.noiseBurst(seed: UInt64(index), seconds: 0.2, sampleRate: 16_000)
      try AudioWriter(container: .wav).write(clip, to: folder.file("kit/\(index).wav"))
    }
    let start = ContinuousClock.now
    let whole = try Program.run(
      ["train", "kit", "--run", "whole"] + Self.arguments, in: folder.path)
    #expect(whole.exitCode == 0)
    let duration = ContinuousClock.now - start
    let expected = try finalCheckpoint("whole", in: folder)

    // Moments differ from machine to machine anyway; the seed only spreads them.
    var random = SplitMix64(state: 1)
    for attempt in 0..<10 {
      let name = "killed-\(attempt)"
      let run = "\(folder.path)/\(name)"
      let started = try StartedProgram(
        ["train", "kit", "--run", name] + Self.arguments, in: folder)
      // The run begins when its folder appears, all at once.
      started.wait { FileManager.default.fileExists(atPath: run) }
      let part = Double(random.next() % 1_000) / 1_000
      usleep(UInt32(part * (duration / .microseconds(1))))
      _ = try started.end(with: SIGKILL)

      let resumed = try Program.run("train", "--resume", name, "--quiet", in: folder.path)
      #expect(resumed.exitCode == 0, "\(resumed.errors)")
      #expect(try finalCheckpoint(name, in: folder) == expected)
    }
  }

  @Test("Of two runs that begin on one path at once, one is made and the other refused")
  func twoAtOnce() throws {
    let folder = try TemporaryFolder()
    for index in 0..<4 {
      let clip = MadeClips.noiseBurst(seed: UInt64(index), seconds: 0.2, sampleRate: 16_000)
      try AudioWriter(container: .wav).write(clip, to: folder.file("kit/\(index).wav"))
    }
    for pair in 0..<3 {
      let processes = try (1...2).map { seed in
        let process = Process()
        process.executableURL = Program.executable
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        process.arguments =
          ["train", "kit", "--run", "run-\(pair)", "--seed", "\(seed)", "--steps", "2", "--quiet"]
          + ["--dim", "2", "--batch", "2", "--window", "4096", "--threads", "1"]
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        return process
      }
      for process in processes { process.waitUntilExit() }
      #expect(processes.map(\.terminationStatus).sorted() == [0, 73])
    }
  }

  private func finalCheckpoint(_ run: String, in folder: TemporaryFolder) throws -> Data {
    let path = RunFolder("\(folder.path)/\(run)").checkpoint(step: 40)
    return try Data(contentsOf: URL(fileURLWithPath: path))
  }
}
