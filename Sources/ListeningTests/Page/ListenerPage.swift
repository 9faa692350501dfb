import Foundation

/// The page that listeners see: one HTML file that holds everything but the sounds, and asks nothing
/// of a network.
///
/// It is made of `page.html`, `page.css` and the files in `Script/`, which the build puts into the
/// program; the description of the test goes in as JSON, and nothing else depends on the test.
package enum ListenerPage {
  /// The page of a test.
  ///
  /// - Throws: `EncodingError` when a number of the description is not finite.
  package static func html(for test: TestDescription) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let description = String(decoding: try encoder.encode(test), as: UTF8.self)
    return filled([
      "language": test.language.escapedForMarkup,
      "title": test.title.escapedForMarkup,
      "style": text(PackageResources.page_css),
      "test": withoutTags(description),
      "script": scripts.map(text).joined(separator: "\n"),
    ])
  }

  /// The parts of the program, each of which may use those before it at once and all when it runs.
  private static let scripts = [
    PackageResources.elements_js, PackageResources.sitting_js, PackageResources.player_js,
    PackageResources.controls_js, PackageResources.trial_js, PackageResources.headphones_js,
    PackageResources.screens_js, PackageResources.answers_js, PackageResources.page_js,
  ]

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// The template with each `{{name}}` replaced; what is put in is not looked at again.
  private static func filled(_ values: [String: String]) -> String {
    text(PackageResources.page_html).components(separatedBy: "{{").enumerated()
      .map { index, part in
        guard index > 0, let end = part.range(of: "}}") else { return part }
        return (values[String(part[..<end.lowerBound])] ?? "") + part[end.upperBound...]
      }
      .joined()
  }

  /// JSON in which no tag can end the element that it stands in.
  private static func withoutTags(_ json: String) -> String { json.replacing("<", with: "\\u003C") }
}

extension ListenerPage {
  /// What a server tells a page about who opens it.
  package struct Session: Codable, Sendable, Hashable {
    /// The listener's number.
    package var listener: String
    /// Where the page posts answers, after each screen and at the end.
    package var post: String

    package init(listener: String, post: String) {
      self.listener = listener
      self.post = post
    }
  }

  /// The place in a page where a session is told; it is empty in a page that is opened as a file.
  private static let place = #"<script type="application/json" id="session">{}</script>"#

  /// A page as it is served to one listener.
  ///
  /// - Returns: nil when `page` is none that ``html(for:)`` made, whatever was changed in it since.
  package static func page(_ page: String, for session: Session) -> String? {
    guard page.contains(place), let json = try? JSONEncoder().encode(session) else { return nil }
    let told = withoutTags(String(decoding: json, as: UTF8.self))
    return page.replacing(place, with: place.replacing("{}", with: told), maxReplacements: 1)
  }
}
