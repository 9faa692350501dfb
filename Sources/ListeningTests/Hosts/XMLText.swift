/// An element of XML, written with two spaces for each depth.
struct XMLElement {
  var name: String
  var attributes: [(String, String)]
  var content: Content

  enum Content {
    case text(String)
    case elements([XMLElement])
  }

  init(_ name: String, _ attributes: [(String, String)] = [], text: String) {
    (self.name, self.attributes, content) = (name, attributes, .text(text))
  }

  init(_ name: String, _ attributes: [(String, String)] = [], _ elements: [XMLElement] = []) {
    (self.name, self.attributes, content) = (name, attributes, .elements(elements))
  }

  /// The element's text.
  func written(depth: Int = 0) -> String {
    let indent = String(repeating: "  ", count: depth)
    let start =
      "\(indent)<\(name)"
      + attributes.map { " \($0)=\"\($1.escapedForMarkup)\"" }.joined()
    switch content {
    case .elements(let elements) where elements.isEmpty: return "\(start)/>\n"
    case .elements(let elements):
      return "\(start)>\n" + elements.map { $0.written(depth: depth + 1) }.joined()
        + "\(indent)</\(name)>\n"
    case .text(let text): return "\(start)>\(text.escapedForMarkup)</\(name)>\n"
    }
  }
}
