import Foundation
import ListeningTests
import TestSupport
import Testing

@Suite("webMUSHRA's results")
struct WebMUSHRAResultTests {
  private let room: TemporaryFolder

  init() throws { room = try TemporaryFolder() }

  private func read(_ simulated: SimulatedTest, _ files: [String: String]) throws -> [AnswerSheet] {
    for (name, text) in files { try room.write(Array(text.utf8), to: "results/\(name)") }
    return try AnswerFiles(
      joiner: AnswerJoiner(test: simulated.description, key: simulated.key)
    ).read(["\(room.path)/results"])
  }

  @Test("mushra.csv: ratings by session, with webMUSHRA's own reference and anchors")
  func mushra() throws {
    let simulated = SimulatedTest(design: .mushra, worth: [("new", 70), ("old", 50)], clipCount: 2)
    let rows = simulated.key.rows
    let sheets = try read(
      simulated,
      [
        "mushra.csv": """
        "session_test_id","listener","session_uuid","trial_id","rating_stimulus","rating_score",\
        "rating_time","rating_comment"
        drums,Ann,u1,t0,reference,96,4100,
        drums,Ann,u1,t0,anchor70,40,4100,"so, ""so"" indeed"
        drums,Ann,u1,t0,\(rows[0].stimulus),71,4100,"two
        lines"
        drums,Bob,u2,t0,audio/\(rows[0].stimulus).wav,55,100,
        drums,Bob,u2,t0,\(rows[0].stimulus),60,100,
        """
      ])
    #expect(sheets.map(\.listener) == ["u1", "u2"])
    #expect(sheets[0].ratings.map(\.value) == [96, 40, 71])
    #expect(sheets[0].ratings.map(\.clip.conditionName) == ["reference", "anchor70", "new"])
    #expect(sheets[0].questionnaire == ["listener": "Ann"])
    #expect(sheets[1].ratings.map(\.value) == [55])
    #expect(sheets[1].repeats == [.init(question: "quality", first: 55, later: 60)])
  }

  @Test("paired_comparison.csv: the reference is the trial's other stimulus")
  func pairs() throws {
    let simulated = SimulatedTest(design: .ab, worth: [("new", 1), ("old", 0)], clipCount: 2)
    let rows = simulated.key.rows
    let sheets = try read(
      simulated,
      [
        "paired_comparison.csv": """
        session_test_id,pid,trial_id,choice_reference,choice_non_reference,choice_answer,\
        choice_time,choice_comment
        drums,4,p100,reference,\(rows[2].stimulus),correct,12,
        drums,4,p101,reference,\(rows[3].stimulus),incorrect,12,
        drums,5,p101,reference,\(rows[3].stimulus),undecided,12,
        """
      ])
    #expect(sheets[0].choices.map(\.chosen.conditionName) == ["new", "old"])
    #expect(sheets[0].choices.map(\.other.conditionName) == ["old", "new"])
    #expect(sheets.count == 2 && sheets[1].choices.isEmpty)
  }

  @Test("paired_comparison.csv: a clip that several pairs have is that of the row's trial, once")
  func pairsOfThree() throws {
    let simulated = SimulatedTest(
      design: .abx, worth: [("a", 1), ("b", 0), ("c", 0)], clipCount: 2)
    // Clips 0 of the pairs a – b, a – c and b – c.
    let trials = ["p100", "p102", "p104"]
    let rows = trials.map { trial in
      let other = simulated.description.trials[trial]?.stimuli[0] ?? ""
      return "drums,4,\(trial),reference,\(other),correct,12,\n"
    }
    let heading =
      "session_test_id,pid,trial_id,choice_reference,choice_non_reference,choice_answer,"
      + "choice_time,choice_comment\n"
    let again = rows[0].replacing(",correct", with: ",incorrect")
    let sheet = try #require(
      read(simulated, ["paired_comparison.csv": heading + rows.joined() + again]).first)
    #expect(sheet.choices.map(\.trial) == trials)
    #expect(sheet.choices.map(\.chosen.conditionName) == ["b", "c", "c"])
    #expect(sheet.repeats == [.init(question: "choice", first: 1, later: 0)])
  }

  @Test("bs1116.csv: difference grades, and pairs to screen by")
  func grades() throws {
    let simulated = SimulatedTest(design: .mushra, worth: [("new", 70), ("old", 50)], clipCount: 2)
    let rows = simulated.key.rows
    let sheets = try read(
      simulated,
      [
        "bs1116.csv": """
        session_test_id,listener,trial_id,rating_reference,rating_non_reference,\
        rating_reference_score,rating_non_reference_score,rating_time,choice_comment
        drums,4,t0,reference,\(rows[0].stimulus),5.0,4.2,12,
        drums,4,t1,reference,\(rows[1].stimulus),5.0,3.5,12,
        """
      ])
    #expect(sheets[0].ratings.map(\.question) == ["difference grade", "difference grade"])
    #expect(abs(sheets[0].ratings[0].value + 0.8) < 1e-12)
    // Two pairs are too few to show that a listener hears the difference.
    let job = ScoreJob(
      test: simulated.description, key: simulated.key, drawCount: 100, keepsEveryone: true)
    let score = try job.score(sheets)
    #expect(score.ratings[0].scale == .grade)
    #expect(abs(score.ratings[0].conditions[0].mean + 1.15) < 1e-12)
    // Each goes to the nearest: −0.8, and −1.5 just so, to −1.
    #expect(score.ratings[0].bins[2...4] == ["-2", "-1", "0"])
    #expect(score.ratings[0].conditions[0].histogram[2...4] == [0, 2, 0])
  }

  @Test("lss.csv and lms.csv: answers between spaces, NA for none, one listener in both")
  func likert() throws {
    let simulated = SimulatedTest(design: .mos, worth: [("new", 4), ("old", 3)], clipCount: 2)
    let rows = simulated.key.rows
    let sheets = try read(
      simulated,
      [
        "lms.csv": """
        session_test_id,listener,trial_id,stimuli_rating,stimuli,rating_time
        drums,4,quality," 4 ",\(rows[0].stimulus),12
        drums,4,quality," NA ",\(rows[1].stimulus),12
        drums,4,t3-quality," 4 ",\(rows[4].stimulus),12
        """,
        "lss.csv": """
        session_test_id,listener,trial_id,stimuli_rating1,stimuli,rating_time
        drums,4,quality," 2 ",\(rows[2].stimulus),12
        """,
      ])
    #expect(sheets.count == 1)
    #expect(sheets[0].ratings.map(\.value) == [4, 2])
    // A gold item with the expected value 5.
    #expect(rows[4].kind == .gold && sheets[0].checks == [.init(kind: .gold, isRight: true)])
    #expect(sheets[0].ratings.map(\.clip.condition) == ["new", "old"])
  }

  @Test("What is not of the test is refused with its row")
  func misfits() throws {
    let simulated = SimulatedTest(design: .mos, worth: [("new", 4), ("old", 3)], clipCount: 2)
    let heading = "session_test_id,listener,trial_id,stimuli_rating,stimuli,rating_time\n"
    for (row, words) in [
      ("drums,4,quality, 4 ,feedfeed,12", "names a stimulus that the key has not, “feedfeed”,"),
      (
        "drums,4,quality, 9 ,\(simulated.key.rows[0].stimulus),12",
        "has a value that is not on the scale, “9”,"
      ),
    ] {
      do {
        _ = try read(simulated, ["lss.csv": heading + row + "\n"])
        Issue.record("\(row) was read")
      } catch {
        #expect(
          "\(error)".hasSuffix(
            "lss.csv \(words) at its row 2; give the results of the test that was exported."))
      }
    }
  }
}
