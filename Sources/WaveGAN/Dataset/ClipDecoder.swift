import AudioFiles

/// Decodes recordings once each, on several threads, and plans their preparation.
struct ClipDecoder {
  let settings: DataSettings
  let memoryLimit: ByteCount
  let cacheFolder: String

  /// A recording that can be used.
  struct Decoded: Sendable {
    var clip: DatasetClip
    var samples: StoredSamples
  }

  /// Decodes recordings; the results are in the order of `files`.
  ///
  /// - Throws: ``DatasetError`` `.cacheFailed`, and what `progress` throws.
  func decode(
    _ files: [DatasetSurvey.File], threadCount: Int?,
    progress: @escaping @Sendable (_ done: Int, _ total: Int) throws -> Void
  ) throws -> (clips: [Decoded], rejected: [RejectedFile]) {
    let budget = MemoryBudget(bytes: memoryLimit.bytes)
    let counter = ProgressCounter(total: files.count, report: progress)
    let cacheFolder = cacheFolder
    let results = try files.parallelMap(threadCount: threadCount) {
      SampleWriter(budget: budget, cacheFolder: cacheFolder)
    } _: { writer, file -> Result<Decoded, AudioFileError> in
      let result: Result<Decoded, AudioFileError>
      do {
        result = .success(try decode(file, with: writer))
      } catch let error as AudioFileError {
        result = .failure(error)
      }
      try counter.advance()
      return result
    }
    var clips: [Decoded] = []
    var rejected: [RejectedFile] = []
    for result in results {
      switch result {
      case .success(let decoded): clips.append(decoded)
      case .failure(let error): rejected.append(RejectedFile(error))
      }
    }
    return (clips, rejected)
  }

  /// - Throws: `AudioFileError` when the recording cannot be used, ``DatasetError`` when its samples
  ///   cannot be kept.
  private func decode(
    _ file: DatasetSurvey.File, with writer: SampleWriter
  ) throws -> Decoded {
    let decoder = AudioDecoder(
      sampleRate: settings.sampleRate, channelCount: settings.channelCount)
    let summary: DecodedSummary
    do {
      writer.expect(file.info.frameCount(at: settings))
      summary = try decoder.decode(file.path) { try writer.append($0) }
    } catch {
      writer.discard()
      throw error
    }
    let samples = writer.finish()
    let loudness: Loudness
    let preparation: ClipPreparation
    do {
      (preparation, loudness) = try samples.withSamples { samples in
        let preparation = try ClipPreparation.plan(
          samples: samples, summary: summary, trimsSilence: settings.trimsSilence,
          alignsOnset: settings.alignsOnset, normalization: settings.normalization.inAudioFiles,
          path: file.path)
        let loudness = Loudness(
          of: samples, channelCount: settings.channelCount, sampleRate: settings.sampleRate)
        return (preparation, loudness)
      }
    } catch {
      writer.discard(samples)
      throw error
    }
    return Decoded(
      clip: DatasetClip(
        path: file.path, label: file.label, digest: file.digest, part: .training,
        info: summary.sourceInfo, isTruncated: summary.isTruncated,
        frameCount: summary.frameCount, peak: summary.peak, rms: Float(summary.rms),
        loudness: loudness, preparation: preparation,
        windowCount: 0, paddedFrameCount: 0, cutFrameCount: 0
      ).counted(by: settings),
      samples: samples)
  }
}

extension AudioFileInfo {
  /// About how many numbers decoding will give; no more than a header's word.
  fileprivate func frameCount(at settings: DataSettings) -> Int {
    let frames = durationSeconds * Double(settings.sampleRate) + 64
    return Int(min(frames, 0x1p40)) * settings.channelCount
  }
}

extension DataSettings.Normalization {
  /// The same, as `AudioFiles` says it.
  var inAudioFiles: ClipPreparation.Normalization {
    switch self {
    case .peak: .peak
    case .loudness: .loudness
    case .none: .none
    }
  }
}
