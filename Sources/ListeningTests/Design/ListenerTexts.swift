import Foundation
import WaveGAN

/// What listeners read, as files that can be edited.
///
///     welcome.txt  consent.txt  instructions.txt  end.txt    plain text
///     questionnaire.json                                     what they are asked about themselves
struct ListenerTexts {
  var texts: Texts
  var questionnaire: [QuestionnaireItem]

  private static let sizeLimit = 256 << 10
  private static let questionnaireName = "questionnaire.json"
  private static var names: [(String, WritableKeyPath<Texts, String>)] {
    [
      ("welcome.txt", \.welcome), ("consent.txt", \.consent),
      ("instructions.txt", \.instructions), ("end.txt", \.end),
    ]
  }

  /// Takes the texts of a folder; what is not there is as usual.
  ///
  /// - Throws: ``ListeningTestError`` `.notFound`, `.unreadable` or `.malformed`.
  init(usual: Texts, folder: String?) throws(ListeningTestError) {
    texts = usual
    questionnaire = QuestionnaireItem.usual
    guard let folder else { return }
    guard FileManager.default.fileExists(atPath: folder) else {
      throw ListeningTestError(.notFound, folder, "is not there; give the folder texts of a test")
    }
    for (name, text) in Self.names {
      let path = "\(folder)/\(name)"
      guard FileManager.default.fileExists(atPath: path) else { continue }
      texts[keyPath: text] = try BoundedFile.text(at: path, sizeLimit: Self.sizeLimit)
        .replacing("\r\n", with: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
    }
    let path = "\(folder)/\(Self.questionnaireName)"
    guard FileManager.default.fileExists(atPath: path) else { return }
    let data = try BoundedFile.bytes(at: path, sizeLimit: Self.sizeLimit)
    guard let items = try? JSONDecoder().decode([QuestionnaireItem].self, from: data),
      Set(items.map(\.name)).count == items.count,
      items.allSatisfy({ ($0.kind == .choice) == ($0.choices?.isEmpty == false) })
    else {
      throw ListeningTestError(
        .malformed, path,
        "is not a questionnaire: a list of objects with name, text, kind (choice, text or number), "
          + "required and, for a choice, choices; every name once")
    }
    questionnaire = items
  }

  /// The files, by name.
  func files() throws -> [(name: String, bytes: [UInt8])] {
    let asked = try JSONEncoder.forReading.encode(questionnaire)
    return Self.names.map { ($0, Array((texts[keyPath: $1] + "\n").utf8)) }
      + [(Self.questionnaireName, Array(asked) + [0x0A])]
  }
}
