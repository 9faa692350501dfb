import Foundation

extension Browser {
  /// Presses and lets go of the mouse on an element.
  ///
  /// - Parameters:
  ///   - element: an expression in JavaScript.
  ///   - part: how far from its left to its right.
  func click(_ element: String, at part: Double = 0.5) throws {
    try wait(for: element)
    let place = try value(
      """
      (() => {
        const element = \(element);
        element.scrollIntoView({ block: "center" });
        const box = element.getBoundingClientRect();
        return [box.left + \(part) * box.width, box.top + box.height / 2];
      })()
      """)
    guard let place = place as? [Double], place.count == 2 else {
      throw Failure(description: "there is nothing to click: \(element)")
    }
    for kind in ["mousePressed", "mouseReleased"] {
      try send(
        "Input.dispatchMouseEvent",
        ["type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1])
    }
  }

  /// Presses and lets go of a key: `Tab`, `Enter`, `ArrowDown`, or a character.
  func press(_ key: String) throws {
    let codes = [
      "Tab": 9, "Enter": 13, " ": 32, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39,
      "ArrowDown": 40,
    ]
    let code = codes[key] ?? Int(key.uppercased().unicodeScalars.first?.value ?? 0)
    var event: [String: Any] = [
      "type": "keyDown", "key": key, "code": key == " " ? "Space" : key,
      "windowsVirtualKeyCode": code,
    ]
    if key.count == 1 || key == "Enter" { event["text"] = key == "Enter" ? "\r" : key }
    try send("Input.dispatchKeyEvent", event)
    event["type"] = "keyUp"
    event["text"] = nil
    try send("Input.dispatchKeyEvent", event)
  }

  /// Types into what has the focus.
  func type(_ text: String) throws { try send("Input.insertText", ["text": text]) }

  /// What a screen reader would say of the controls of the page: role and name.
  func controls() throws -> [(role: String, name: String)] {
    let nodes = try send("Accessibility.getFullAXTree")["nodes"] as? [[String: Any]] ?? []
    func text(_ node: [String: Any], _ key: String) -> String {
      (node[key] as? [String: Any])?["value"] as? String ?? ""
    }
    let roles: Set = [
      "button", "radio", "slider", "checkbox", "textbox", "spinbutton", "combobox", "progressbar",
      "group", "progressindicator",
    ]
    return nodes.filter { $0["ignored"] as? Bool != true }
      .map { (text($0, "role"), text($0, "name")) }
      .filter { roles.contains($0.0.lowercased()) }
  }
}
