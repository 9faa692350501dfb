import Foundation
import ListeningTests
import TestSupport
import Testing

@Suite("The page that listeners see")
struct PageTests {
  @Test("The page holds the description of the test, whole", arguments: TestDesign.allCases)
  func description(design: TestDesign) throws {
    let made = try MadeListeningTest(design)
    let page = try ListenerPage.html(for: made.description)
    let opening = #"<script type="application/json" id="test">"#
    let start = try #require(page.range(of: opening)).upperBound
    let end = try #require(page.range(of: "</script>", range: start..<page.endIndex)).lowerBound
    let read = try JSONDecoder().decode(TestDescription.self, from: Data(page[start..<end].utf8))
    #expect(read == made.description)
  }

  @Test("A text that looks like HTML or like the template stays a text")
  func escaping() throws {
    let made = try MadeListeningTest(.mos) {
      $0.texts.end = "</script><!--<script>{{style}}"
      $0.language = "\"><b>"
    }
    let page = try ListenerPage.html(for: made.description)
    #expect(page.contains("<title>Drums: &lt;which&gt; sound &quot;better&quot;?</title>"))
    #expect(page.contains(#"<html lang="&quot;&gt;&lt;b&gt;">"#))
    #expect(page.contains(#"\u003C/script>\u003C!--\u003Cscript>{{style}}"#))
    // Those of the template: the test, the session and the program.
    #expect(page.ranges(of: "<script").count == 3)
    #expect(page.ranges(of: "</script>").count == 3)
  }

  @Test("The page needs nothing from a network")
  func network() throws {
    let page = try ListenerPage.html(for: try MadeListeningTest(.mushra).description)
    for way in ["http:", "https:", "src=", "@import", "url(", "import("] {
      #expect(!page.contains(way), "\(way)")
    }
  }

  @Test("The same test has the same page")
  func bytes() throws {
    let description = try MadeListeningTest(.ab).description
    #expect(try ListenerPage.html(for: description) == ListenerPage.html(for: description))
  }

  @Test("A served page tells who opens it, also after its words were changed by hand")
  func session() throws {
    let page = try ListenerPage.html(for: try MadeListeningTest(.ab).description)
      .replacing("Thank you", with: "Merci")
    let session = ListenerPage.Session(listener: "17", post: "/l/17/answers")
    let served = try #require(ListenerPage.page(page, for: session))
    #expect(served.contains("Merci"))
    #expect(served.contains(#"id="session">{"#))
    #expect(!served.contains(#"id="session">{}"#))
    #expect(ListenerPage.page("<html></html>", for: session) == nil)
  }
}
