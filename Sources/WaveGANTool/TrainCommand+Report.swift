import Foundation
import WaveGAN

extension TrainCommand {
  /// What `train --json` writes.
  struct Report: Encodable {
    /// The folder.
    var run: String
    var id: String
    /// Steps of the run.
    var step: Int
    /// Seconds of training, pauses excluded.
    var seconds: Double
    /// `finished`, `settled` or `interrupted`.
    var outcome: String
    /// The last line of `metrics.jsonl`; nil where there is none yet.
    var metrics: MetricsLine?
  }
}
