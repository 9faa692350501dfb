import AudioFiles
import Foundation
import TestSupport
import Testing

@Suite("wavegan-benchmark")
struct BenchmarkTests {
  private func run(_ arguments: [String], in folder: String? = nil) throws -> Program.Outcome {
    try Program.run(arguments, in: folder, program: "wavegan-benchmark")
  }

  /// What a command reports with `--json`.
  private func report(_ line: String, in folder: String? = nil) throws -> [String: Any] {
    let words = line.split(separator: " ").map(String.init)
    let outcome = try run(words + ["--repeats", "2", "--json"], in: folder)
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    return try #require(object as? [String: Any])
  }

  private static let network = "--dim 1 --batch 2 --window 4096 --threads 2"
  private static let training = [
    "critic_step_seconds", "generator_step_seconds", "render_seconds", "iteration_seconds",
    "critic_step_percent_of_sgemm", "sgemm_gflops", "peak_memory_mib",
  ]

  @Test(
    "Each command reports positive numbers under its keys",
    arguments: [
      ("train-step \(network)", training),
      ("train-step --preset desktop \(network)", training),
      ("train-step --generator istft \(network)", training),
      ("render \(network)", ["render_seconds", "clips_per_second", "sound_seconds_per_second"]),
      (
        "convolution --taps 5 --stride 2 --channels 3 --output-channels 4 --steps 8 --batch 2",
        [
          "forward_seconds", "data_gradient_seconds", "weight_gradient_gflops",
          "forward_and_backward_percent_of_sgemm", "sgemm_gflops",
        ]
      ),
      (
        "convolution --reference-layers --dim 1 --batch 2 --window 4096",
        ["layer_3_weight_gradient_seconds", "inner_layers_gflops", "inner_layers_percent_of_sgemm"]
      ),
      (
        "stft --clips 3 --length 700 --fft-length 64 --hop 16",
        ["stft_seconds", "clips_per_second"]
      ),
      (
        "scaling \(network)",
        ["critic_step_1_thread_seconds", "critic_step_2_threads_speedup", "iteration_speedup"]
      ),
    ])
  func keys(line: String, keys: [String]) throws {
    let report = try report(line)
    #expect(report["command"] as? String == line.split(separator: " ").first.map(String.init))
    #expect((report["processor"] as? String)?.isEmpty == false)
    for key in keys {
      let number = try #require(report[key] as? Double, "\(key) is missing")
      #expect(number.isFinite && number > 0, "\(key) is \(number)")
    }
  }

  // Multiplications of one clip, 25 taps. The critic: 25 · (1·1·1024 + 1·2·256 + 2·4·64 + 4·8·16)
  // and 16·8 at the end are 64,128; the generator: 100·16·8 and 25 · (8·4·16 + 4·2·64 + 2·1·256 +
  // 1·1·1024) are 76,800. Each comes with an addition, and a batch has two clips.
  @Test("Rates count the operations of direct convolution in every pass of a step")
  func operations() throws {
    let report = try report("train-step \(Self.network)")
    let (critic, generator) = (4 * 64_128.0, 4 * 76_800.0)
    let expected: [(name: String, count: Double)] = [
      ("critic_step", 10 * critic + generator), ("generator_step", 2 * critic + 3 * generator),
      ("render", generator),
    ]
    for (name, count) in expected {
      let rate = try #require(report["\(name)_gflops"] as? Double)
      let seconds = try #require(report["\(name)_seconds"] as? Double)
      // A few roundings of Double.
      #expect(abs(rate * seconds * 1e9 / count - 1) < 1e-14)
    }
    #expect(report["dim"] as? Int == 1)
    #expect(report["threads"] as? Int == 2)
  }

  @Test("The median of two times lies between their quartiles, and in the middle")
  func quartiles() throws {
    let report = try report("render \(Self.network)")
    let median = try #require(report["render_seconds"] as? Double)
    let quartiles = try #require(report["render_seconds_quartiles"] as? [Double])
    #expect(report["render_repeats"] as? Int == 2)
    #expect(quartiles.count == 2 && quartiles[0] <= median && median <= quartiles[1])
    // Roundings of Double, of times that are about equal.
    #expect(abs(quartiles[0] + quartiles[1] - 2 * median) < 1e-14 * median)
  }

  @Test("A table has a line for each measurement, and its columns line up")
  func table() throws {
    let outcome = try run(
      ["convolution", "--channels", "2", "--steps", "4", "--batch", "1", "--repeats", "1"])
    #expect(outcome.exitCode == 0)
    let lines = outcome.output.split(separator: "\n")
    #expect(
      lines.first
        == "convolution: taps 7, stride 1, channels 2, output_channels 2, steps 4, batch 1")
    let rows = lines.dropFirst(2).prefix(5)
    #expect(Set(rows.map(\.count)).count == 1)
    #expect(
      rows.dropFirst().map { $0.prefix(22).trimmingCharacters(in: .whitespaces) }
        == ["forward", "data gradient", "weight gradient", "forward and backward"])
  }

  @Test("Loading is timed in its stages, and counts the files that can be used")
  func load() throws {
    let folder = try TemporaryFolder()
    for (index, seconds) in [0.1, 0.6].enumerated() {
      let clip = MadeClips.noiseBurst(
        seed: UInt64(index), seconds: seconds, sampleRate: 44_100, channelCount: 2)
      try AudioWriter(container: .wav).write(clip, to: folder.file("kit/\(index).wav"))
    }
    try folder.write([], to: "kit/notes.txt")
    let report = try report("load kit --window 4096", in: folder.path)
    #expect(report["files"] as? Int == 2)
    // 1,600 samples at 16 kHz are one window, 9,600 are three.
    #expect(report["windows"] as? Int == 4)
    for key in ["load", "survey", "decode", "slice", "decode_resample_slice"] {
      #expect(try #require(report["\(key)_seconds"] as? Double) > 0)
    }
    for key in ["files_per_second", "sound_seconds_per_second", "megabytes_per_second"] {
      #expect(try #require(report[key] as? Double) > 0)
    }

    try folder.write([], to: "none/notes.txt")
    let none = try run(["load", "none"], in: folder.path)
    #expect(none.exitCode == 65)
    #expect(none.errors.hasPrefix("Error: none holds no recording that can be used"))
    let missing = try run(["load", "missing"], in: folder.path)
    #expect(missing.exitCode == 66)
    #expect(missing.errors == "Error: missing is not there.\n")
  }

  @Test(
    "Wrong usage is told before anything is measured",
    arguments: [
      ("train-step --batch 1", "--batch 1: give a value from 2 to 4096."),
      ("render --threads 0", "--threads 0: give a value from 1 to 1024."),
      ("convolution --stride 2 --steps 7", "--steps 7: give a multiple of --stride 2."),
      ("stft --fft-length 63", "--fft-length 63: give an even number."),
    ])
  func wrongUsage(line: String, sentence: String) throws {
    let outcome = try run(line.split(separator: " ").map(String.init))
    #expect(outcome.exitCode == 64)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("Error: \(sentence)\n"))
  }
}
