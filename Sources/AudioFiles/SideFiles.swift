/// What lies beside recordings and is plainly not sound.
enum SideFiles {
  /// Whether a file of this name need not be opened.
  static func contains(_ name: String) -> Bool {
    let parts = name.lowercased().split(separator: ".", omittingEmptySubsequences: false)
    guard let last = parts.last, let first = parts.first else { return false }
    return parts.count > 1 ? extensions.contains(String(last)) : names.contains(String(first))
  }

  private static let names: Set<String> = [
    "authors", "changelog", "copying", "licence", "license", "makefile", "readme",
  ]

  private static let extensions: Set<String> = [
    // Text and tables.
    "csv", "htm", "html", "ini", "json", "jsonl", "lab", "log", "markdown", "md", "pdf", "rst",
    "textgrid", "tsv", "txt", "xml", "yaml", "yml",
    // Pictures.
    "bmp", "gif", "jpeg", "jpg", "png", "svg", "webp",
    // Programs, archives, arrays and the caches of editors and file managers.
    "asd", "db", "gz", "npy", "npz", "pkf", "py", "reapeaks", "safetensors", "sfk", "sh", "tar",
    "zip",
  ]
}
