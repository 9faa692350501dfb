import ListeningTests
import Testing

@Suite("Tests that are refused")
struct RefusalTests {
  private let bench: ExportBench

  init() throws { bench = try ExportBench() }

  private func refusal(of settings: TestSettings) -> String? {
    do {
      _ = try bench.export(settings)
      return nil
    } catch let error as ListeningTestError {
      return error.description
    } catch {
      return nil
    }
  }

  @Test("A comparison of one condition", arguments: [TestDesign.multi, .ab, .abx])
  func oneCondition(design: TestDesign) throws {
    let words = try #require(refusal(of: bench.settings(design, ["a"])))
    #expect(words.contains("there is but one"))
  }

  @Test("A condition compared with itself")
  func same() throws {
    let settings = bench.settings(.ab) { $0.conditions[1].source = $0.conditions[0].source }
    #expect(try #require(refusal(of: settings)).contains("with itself"))
  }

  @Test("A reference that no clip is a version of")
  func noReference() throws {
    #expect(try #require(refusal(of: bench.settings(.mushra))).contains("versions of recordings"))
  }

  @Test("Real or fake without recordings, or without saying which")
  func noRecordings() throws {
    #expect(try #require(refusal(of: bench.settings(.realOrFake))).contains("real=real"))
    let settings = bench.settings(.ab) { $0.conditions[0].source = "real" }
    #expect(try #require(refusal(of: settings)).contains("--reference"))
  }

  @Test("A test that takes too long says how long")
  func tooLong() throws {
    let settings = bench.settings(.multi) { $0.minutesLimit = 1 }
    let words = try #require(refusal(of: settings))
    #expect(words.contains("minutes") && words.contains("--max-minutes"))
  }

  @Test("More clips than there are")
  func tooFew() throws {
    let words = try #require(refusal(of: bench.settings(.ab, count: 40)))
    #expect(words.contains("12 usable clips") && words.contains("needs 40"))
  }

  @Test("Labels that a condition has not, or that do not share the clips equally")
  func labels() throws {
    let unknown = bench.settings(.ab) { $0.labels = ["middle"] }
    #expect(try #require(refusal(of: unknown)).contains("middle"))
    let uneven = bench.settings(.ab, count: 5) { $0.labels = ["high", "low"] }
    #expect(try #require(refusal(of: uneven)).contains("multiple of 2"))
  }

  @Test("A program that has no such pages")
  func host() throws {
    let settings = bench.settings(.ab) { $0.hosts = [.webmushra] }
    #expect(try #require(refusal(of: settings)).contains("waet"))
  }

  @Test("A condition that is neither there nor well said", arguments: ["a", "=b", "a b=c", "a="])
  func argument(text: String) {
    #expect(throws: ListeningTestError.self) { try Condition(argument: text) }
  }
}
