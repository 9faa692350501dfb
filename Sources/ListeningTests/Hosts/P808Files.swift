import AudioFiles
import WaveGAN

/// The tables that the P.808 toolkit takes, with the sounds to be put at the addresses in them.
///
/// The toolkit finds a clip's condition in its file's name, `…_cNN_…`, so the files have names of their
/// own here; `conditions.csv` says which number is which condition, and stays at home.
struct P808Files {
  let test: ExportedTest

  func files() -> [HostFile] {
    let names = self.names
    func rows(_ kind: KeyRow.Kind) -> [KeyRow] { test.key.rows.filter { $0.kind == kind } }
    func address(_ row: KeyRow) -> String {
      (test.settings.audioAddress + (names[row.stimulus] ?? "")).csvField
    }
    func table(_ header: String, _ lines: [String]) -> String {
      ([header] + lines).map { $0 + "\n" }.joined()
    }
    let tables = [
      ("rating_clips.csv", table("rating_clips", rows(.test).map(address))),
      ("training_clips.csv", table("training_clips", rows(.training).map(address))),
      (
        "gold_clips.csv",
        table("gold_clips,gold_clips_ans", rows(.gold).map { "\(address($0)),\($0.expected)" })
      ),
      (
        "trapping_clips.csv",
        table("trapping_clips,trapping_ans", rows(.trap).map { "\(address($0)),\($0.expected)" })
      ),
      (
        "conditions.csv",
        table(
          "condition_num,condition",
          test.settings.conditions.enumerated().map { "\(($0 + 1).zeroPadded(to: 2)),\($1.name)" })
      ),
      (
        "condition_pattern.txt", #".*_c(?P<condition_num>\d{1,2})_.*.wav"# + "\n"
      ),
    ].map { HostFile(path: $0.0, text: $0.1) }
    let kinds: Set<KeyRow.Kind> = [.test, .training, .gold, .trap]
    return tables
      + test.key.rows.filter { kinds.contains($0.kind) }.compactMap { row in
        test.sounds[row.stimulus].map {
          HostFile(path: "audio/\(names[row.stimulus] ?? "")", bytes: $0)
        }
      }
  }

  /// The names of files, by stimulus.
  private var names: [String: String] {
    let numbers = Dictionary(
      uniqueKeysWithValues: test.settings.conditions.enumerated().map { ($1.name, $0 + 1) })
    return Dictionary(
      uniqueKeysWithValues: test.key.rows.map { row in
        let number = row.kind == .test ? numbers[row.condition] : nil
        return (
          row.stimulus,
          number.map { "clip_c\($0.zeroPadded(to: 2))_\(row.stimulus).wav" }
            ?? "clip_\(row.stimulus).wav"
        )
      })
  }
}
