/// Tells from a run's log whether its output has collapsed, and which checkpoint was sound before.
///
/// It looks at the lines of regular checkpoints alone, those that an uninterrupted run has too, so
/// that a training finds the same wherever it was stopped. A collapse is a fall: a training begins
/// with clips that are faint and all alike, and a set may have but one recording, so only an output
/// that was sound before can collapse. And it lasts: a training that swings may touch a limit once.
package struct CollapseRule {
  /// Clips are silent under this part of the recordings' RMS: 40 dB down.
  package static let silentLevel = 0.01

  /// Clips are alike under this part of the recordings' variety.
  ///
  /// Even clips of white noise differ by more: 16 of 8,192 samples at 16 kHz are 3.3 dB from each
  /// other by `LogMelSpectrum`, a seventh of the 22 dB of kicks and snares (measured on
  /// 2026-11-23). What is under a twentieth are copies of one sound.
  package static let alikeVariety = 0.05

  /// How far above both limits an output is sound.
  package static let soundFactor = 5.0

  /// Regular checkpoints running that make a collapse.
  package static let patience = 2

  private let lines: [MetricsLine]

  /// - Parameters:
  ///   - lines: of a log, in order.
  ///   - interval: steps from one regular checkpoint to the next.
  package init(_ lines: [MetricsLine], interval: Int) {
    self.lines = lines.filter { $0.isCheckpoint && $0.step.isMultiple(of: interval) }
  }

  /// What has happened by the last line; nil where all is well.
  package var fault: TrainingFault? {
    guard lines.count > Self.patience, lastSoundStep != nil else { return nil }
    let last = lines.suffix(Self.patience)
    if last.allSatisfy({ Self.level(of: $0) < Self.silentLevel }) { return .silence }
    // Silent clips are alike too.
    if last.allSatisfy({ Self.variety(of: $0) < Self.alikeVariety }) { return .oneSound }
    return nil
  }

  /// The step of the last line whose output was sound, far from either collapse.
  package var lastSoundStep: Int? {
    lines.last {
      Self.level(of: $0) >= Self.soundFactor * Self.silentLevel
        && Self.variety(of: $0) >= Self.soundFactor * Self.alikeVariety
    }?.step
  }

  /// RMS of the generated clips as a part of the recordings'.
  private static func level(of line: MetricsLine) -> Double {
    line.realRMS > 0 ? line.generatedRMS / line.realRMS : 1
  }

  /// Variety of the generated clips as a part of the recordings'; 1 where it is not known, or where
  /// the recordings have none.
  private static func variety(of line: MetricsLine) -> Double {
    guard let real = line.realVariety, let generated = line.generatedVariety, real > 0 else {
      return 1
    }
    return generated / real
  }
}
