import AudioFiles
import NeuralNet
import Spectra
import TestSupport
import Testing
import WaveGAN

@Suite("A classifier trained on clips")
struct ClipClassifierTests {
  private struct Clips {
    var spectrograms: [Spectrogram] = []
    var labels: [Int] = []
  }

  /// Clips of 0.25 s: low tones, high tones, bursts of noise, and of each label so many.
  private func made(_ counts: [Int], from first: Int) -> Clips {
    let features = EvaluationFeatures(sampleRate: 8_000, windowLength: 2_000)
    var clips = Clips()
    for (label, count) in counts.enumerated() {
      for index in first..<first + count {
        let step = Double(index % 20) / 20
        let clip =
          switch label {
          case 0: MadeClips.sine(frequencyHz: 200 + 200 * step, seconds: 0.25, sampleRate: 8_000)
          case 1: MadeClips.sine(frequencyHz: 1_000 + 900 * step, seconds: 0.25, sampleRate: 8_000)
          default: MadeClips.noiseBurst(seed: UInt64(index), seconds: 0.25, sampleRate: 8_000)
          }
        clips.spectrograms.append(
          Spectrogram(
            frameCount: features.frameCount, binCount: EvaluationFeatures.bandCount,
            values: features.levels(of: clip.samples)))
        clips.labels.append(label)
      }
    }
    return clips
  }

  private func classifier(
    _ clips: Clips, labelCount: Int = 3, seed: UInt64 = 1, threadCount: Int = 2, steps: Int
  ) -> ClipClassifier {
    ClipClassifier(
      training: clips.spectrograms, labels: clips.labels, labelCount: labelCount, seed: seed,
      team: ThreadTeam(threadCount: threadCount), steps: steps, progress: { _, _ in })
  }

  // The sounds could not be further apart, so that every one should be told, also of the label that
  // has a twentieth of the clips.
  @Test("It tells clips that it was not trained on, of rare labels too")
  func learning() {
    let classifier = classifier(made([40, 40, 2], from: 0), steps: 120)
    let others = made([10, 10, 10], from: 105)
    let verdicts = classifier.verdicts(on: others.spectrograms)
    #expect(verdicts.map(\.label) == others.labels)
    for verdict in verdicts {
      // Ten sums of numbers below 1 in 64 bits.
      #expect(abs(verdict.probabilities.reduce(0, +) - 1) < 1e-12)
      #expect(verdict.embedding.count == 256)
    }
  }

  @Test("Equal clips and seed give equal bytes on any number of threads, another seed others")
  func determinism() {
    let clips = made([10, 10, 10], from: 0)
    let verdicts = [1, 2, 3].map {
      classifier(clips, threadCount: $0, steps: 5).verdicts(on: clips.spectrograms)
    }
    #expect(verdicts[0] == verdicts[1])
    #expect(verdicts[0] == verdicts[2])
    #expect(classifier(clips, seed: 2, steps: 5).verdicts(on: clips.spectrograms) != verdicts[0])
  }

  @Test("A verdict does not depend on what is judged beside it")
  func slots() {
    let clips = made([15, 15, 15], from: 0)
    let classifier = classifier(clips, steps: 3)
    let verdicts = classifier.verdicts(on: clips.spectrograms)
    #expect(verdicts.count == 45)
    #expect(classifier.verdicts(on: Array(clips.spectrograms[30..<31])) == [verdicts[30]])
    #expect(classifier.verdicts(on: []) == [])
  }

  @Test("A label without clips is never learned, and stops nothing")
  func emptyLabel() {
    let classifier = classifier(made([10, 10], from: 0), labelCount: 4, steps: 20)
    let verdict = classifier.verdicts(on: made([1, 1], from: 3).spectrograms)
    #expect(verdict.allSatisfy { $0.probabilities.count == 4 && $0.label < 2 })
  }

  @Test("Progress is told step by step, and may end the training")
  func progress() {
    struct Enough: Error, Equatable {}
    let clips = made([4, 4], from: 0)
    var told: [Int] = []
    #expect(throws: Enough()) {
      _ = try ClipClassifier(
        training: clips.spectrograms, labels: clips.labels, labelCount: 2, seed: 1,
        team: ThreadTeam(threadCount: 1), steps: 9
      ) { done, total in
        #expect(total == 9)
        told.append(done)
        if done == 3 { throw Enough() }
      }
    }
    #expect(told == [1, 2, 3])
  }
}
