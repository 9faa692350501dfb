import AudioFiles
import Foundation
import WaveGAN

/// What is said after a training: where everything is, and what to type next.
struct TrainingClosing {
  let folder: RunFolder
  let outcome: TrainingOutcome
  /// Seconds of training, pauses excluded.
  let seconds: Double
  /// How the training went; nil where that is not known.
  let verdict: TrainingVerdict?

  /// Steps of the run.
  var step: Int {
    switch outcome {
    case .finished(let step), .settled(let step), .interrupted(let step): step
    }
  }

  /// The outcome in one word, as `--json` has it.
  var word: String {
    switch outcome {
    case .finished: "finished"
    case .settled: "settled"
    case .interrupted: "interrupted"
    }
  }

  /// The report of a run that has come to its end.
  var lines: [String] {
    let how = outcome == .settled(step: step) ? "Settled after" : "Done:"
    let files = [
      ("previews", folder.preview(step: step)), ("curves", folder.curves),
      ("checkpoint", folder.checkpoint(step: step)),
    ]
    let present = files.filter { FileManager.default.fileExists(atPath: $0.1) }.map { name, path in
      "  " + name.leftAligned(to: 12) + path.escapedForDisplay
    }
    let verdict = verdict.map { "  " + "verdict".leftAligned(to: 12) + $0.sentence }
    let run = folder.path.quotedForShell
    let sounds = (folder.path + "-sounds").quotedForShell
    return ["\(how) \(step.counted("step")) in \(TrainingFigures.clock(seconds))."] + present
      + (verdict.map { [$0] } ?? [])
      + ["Next: wavegan render \(run) --out \(sounds) --count 16 --sheet"]
  }

  /// What is said of a run that was asked to stop.
  var interruption: String {
    "Stopped after step \(step.grouped), and saved. Go on with: "
      + "wavegan train --resume \(folder.path.quotedForShell)"
  }
}

extension String {
  /// The text as one word of a shell's command line, safe to print.
  var quotedForShell: String {
    let isPlain =
      !isEmpty && !hasPrefix("-")
      && unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || ("0"..."9").contains($0)
          || "/._-+,:@%".unicodeScalars.contains($0)
      }
    if isPlain { return self }
    return "'" + escapedForDisplay.replacingOccurrences(of: "'", with: #"'\''"#) + "'"
  }
}
