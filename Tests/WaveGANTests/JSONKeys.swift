import Foundation

/// The names of all values in some JSON: `a.b` for what lies in an object, `a[].b` for what lies in
/// the objects of a list.
struct JSONKeys {
  private(set) var all: Set<String> = []

  init(of bytes: Data) throws { add(try JSONSerialization.jsonObject(with: bytes), under: "") }

  init(ofFile path: String) throws { try self.init(of: Data(contentsOf: URL(filePath: path))) }

  private mutating func add(_ value: Any, under name: String) {
    if let object = value as? [String: Any] {
      for (key, value) in object { add(value, under: name.isEmpty ? key : "\(name).\(key)") }
    } else if let list = value as? [[String: Any]], !list.isEmpty {
      for value in list { add(value, under: name + "[]") }
    } else {
      all.insert(name)
    }
  }
}
