import NeuralNet
import Spectra
import TestSupport
import Testing
import WaveGAN

@Suite("What the classifier is made of")
struct ClassifierNetworkTests {
  // Four layers in 32 bits, against 64: about 10⁻⁶, as for the other networks; loss by its digits.
  @Test("Logits, loss and all gradients are PyTorch's", arguments: [1, 2])
  func golden(threadCount: Int) throws {
    let golden = try ClassifierGolden().network
    let batchSize = golden.labels.count
    let network = ClassifierNetwork(
      frameCount: golden.frameCount, bandCount: golden.bandCount, labelCount: golden.labelCount,
      batchSize: batchSize, channelCounts: golden.channelCounts,
      team: ThreadTeam(threadCount: threadCount))
    #expect(Set(network.arena.parameters.map(\.name)) == Set(golden.weights.keys))
    for parameter in network.arena.parameters {
      parameter.set(
        network.arena.values, fromFileOrder: try #require(golden.weights[parameter.name]))
    }
    let input = Tensor(batchSize, golden.frameCount, golden.bandCount)
    input.assign(golden.input)
    network.forward(input)
    #expect(relativeError(network.embeddings.values, golden.embeddings) < 1e-5)
    #expect(relativeError(network.logits.values, golden.logits) < 1e-5)

    let loss = SoftmaxCrossEntropy(
      network.logits.array, labels: golden.labels, labelCount: golden.labelCount,
      smoothing: golden.smoothing)
    #expect(abs(loss.loss - golden.loss) < 1e-6)
    network.backward(loss.gradient, input: input)
    for parameter in network.arena.parameters {
      let gradient = parameter.fileOrder(of: network.arena.gradients)
      let expected = try #require(golden.gradients[parameter.name])
      #expect(relativeError(gradient, expected) < 1e-5, "\(parameter.name)")
    }
  }

  @Test("Probabilities stay finite, whatever the logits")
  func extremes() {
    let rows = SoftmaxCrossEntropy.probabilities([500, -500, -500, 0, 0, 0], labelCount: 3)
    #expect(rows[0] == [1, 0, 0])
    #expect(rows[1] == [Double](repeating: 1.0 / 3, count: 3))
    let loss = SoftmaxCrossEntropy([500, -500], labels: [1], labelCount: 2, smoothing: 0)
    #expect(loss.loss.isFinite)
    #expect(loss.gradient == [1, -1])
  }

  /// `[frames][bands]` levels around −50 dB, none like another.
  private func made(_ frameCount: Int, _ bandCount: Int) -> Spectrogram {
    Spectrogram(
      frameCount: frameCount, binCount: bandCount,
      values: (0..<frameCount * bandCount).map { -50 + 0.1 * Float($0 * 37 % 101) })
  }

  private func written(
    _ clip: Spectrogram, _ distortion: SpectrogramDistortion, frameCount: Int
  ) -> [Float] {
    var random = RandomStream(seed: 1, purpose: .distortion)
    let result = Tensor(1, frameCount, clip.binCount)
    LevelNormalization([clip]).write(clip, distortion, random: &random, to: result.values)
    return result.array
  }

  @Test("Each band has mean 0 and variance 1, and silence fills what a clip does not have")
  func normalization() {
    let clip = made(50, 3)
    let frames = written(clip, .none, frameCount: 52)
    for band in 0..<3 {
      let levels = (0..<50).map { frames[$0 * 3 + band] }
      // Fifty sums of 32-bit numbers.
      #expect(abs(levels.reduce(0, +) / 50) < 1e-5)
      #expect(abs(levels.reduce(0) { $0 + $1 * $1 } / 50 - 1) < 1e-4)
    }
    // −80 dB is ten deviations under the levels.
    #expect(frames[150...].allSatisfy { $0 < -8 })
    #expect(written(clip, .none, frameCount: 40) == Array(frames[..<120]))
  }

  @Test("A band that is always the same is 0")
  func constantBand() {
    let clip = Spectrogram(frameCount: 4, binCount: 1, values: [-3, -3, -3, -3])
    #expect(written(clip, .none, frameCount: 4) == [0, 0, 0, 0])
  }

  @Test("A clip is delayed, moved down by bands, and has holes, each where it is said")
  func distortion() {
    let clip = made(16, 4)
    let plain = written(clip, .none, frameCount: 16)
    var distortion = SpectrogramDistortion.none
    distortion.delay = 3
    #expect(
      Array(written(clip, distortion, frameCount: 16)[12...]) == Array(plain[..<52]))
    distortion = .none
    distortion.maskedFrames = 2..<4
    distortion.maskedBands = 1..<2
    let holed = written(clip, distortion, frameCount: 16)
    for place in holed.indices {
      let isHole = (2..<4).contains(place / 4) || place % 4 == 1
      #expect(holed[place] == (isHole ? 0 : plain[place]))
    }
    // With every band alike, moving by one band shows the next one's level.
    distortion = .none
    distortion.bandShift = 1
    let ladder = Spectrogram(
      frameCount: 2, binCount: 3, values: [-60, -50, -40, -45, -30, -20])
    let normalization = LevelNormalization([ladder])
    let levels = zip(written(ladder, distortion, frameCount: 2), 0...).map { x, place in
      x / normalization.scales[place % 3] + normalization.means[place % 3]
    }
    #expect(relativeError(levels, [-50, -40, -40, -30, -20, -20]) < 1e-6)
  }

  @Test("Drawn changes differ, and stay within their bounds")
  func draws() {
    let drawn = (0..<200).map { index in
      var random = RandomStream(seed: 1, purpose: .distortion, index: index)
      return SpectrogramDistortion(frameCount: 128, bandCount: 64, random: &random)
    }
    #expect(Set(drawn.map(\.gain)).count == 200)
    #expect(Set(drawn.map(\.bandShift)) == [-2, -1, 0, 1, 2])
    for distortion in drawn {
      #expect(abs(distortion.gain) <= 6)
      #expect(abs(distortion.delay) <= 8)
      #expect((0.85...1.15).contains(distortion.speed))
      #expect(distortion.maskedBands.count <= 8 && distortion.maskedBands.upperBound <= 64)
      #expect(distortion.maskedFrames.count <= 16 && distortion.maskedFrames.upperBound <= 128)
    }
  }
}
