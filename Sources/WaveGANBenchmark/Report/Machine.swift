import Foundation

/// What is measured on.
enum Machine {
  /// The processor's name as the system has it.
  static var processor: String {
    line(of: "/proc/cpuinfo", after: "model name") ?? "unknown processor"
  }

  /// The most memory that this process has had at once, in MiB.
  static var peakMemory: Double {
    let text = line(of: "/proc/self/status", after: "VmHWM") ?? ""
    return (text.split(separator: " ").first.flatMap { Double($0) } ?? 0) / 1_024
  }

  /// What follows a name and a colon, in the first line that begins with the name.
  private static func line(of file: String, after name: String) -> String? {
    guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { return nil }
    let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
    return line?.split(separator: ":", maxSplits: 1).last?.trimmingCharacters(in: .whitespaces)
  }
}
