import ArgumentParser
import AudioFiles
import Foundation
import ListeningTests
import Spectra
import WaveGAN

/// How the program ends: the one place that knows which error has which exit code.
///
/// The codes are those of BSD's sysexits.h.
enum ExitStatus: Int32 {
  case wrongUsage = 64
  case unusableData = 65
  case missingInput = 66
  case cannotCreate = 73
  case readOrWriteFailed = 74
  case interrupted = 130

  /// The code of an error from a library; nil for one that is ArgumentParser's own, which has a code
  /// already.
  init?(_ error: any Error) {
    switch error {
    case let error as SettingsError: self = Self.status(of: error.code)
    case let error as DatasetError: self = Self.status(of: error.code)
    case let error as AudioFileError: self = Self.status(of: error.code)
    case let error as RunError: self = Self.status(of: error.code)
    case let error as ListeningTestError: self = Self.status(of: error.code)
    case is PictureError: self = .readOrWriteFailed
    // What nobody foresaw is a failure of the system: files are all that this program depends on.
    default:
      guard WaveGANCommand.exitCode(for: error) == .failure else { return nil }
      self = .readOrWriteFailed
    }
  }

  private static func status(of code: SettingsError.Code) -> ExitStatus {
    switch code {
    case .fileNotFound: .missingInput
    case .unreadableFile: .readOrWriteFailed
    case .malformedFile: .unusableData
    case .unknownName, .wrongType, .outOfRange, .conflict, .unknownLabel: .wrongUsage
    }
  }

  private static func status(of code: DatasetError.Code) -> ExitStatus {
    switch code {
    case .nothingUsable, .changed: .unusableData
    case .cacheFailed: .readOrWriteFailed
    }
  }

  private static func status(of code: RunError.Code) -> ExitStatus {
    switch code {
    case .notFound: .missingInput
    case .exists, .busy, .cannotCreate: .cannotCreate
    case .unusable, .diverged: .unusableData
    case .cannotWrite: .readOrWriteFailed
    }
  }

  private static func status(of code: ListeningTestError.Code) -> ExitStatus {
    switch code {
    case .refused: .wrongUsage
    case .notFound: .missingInput
    case .malformed, .unusable: .unusableData
    case .cannotCreate: .cannotCreate
    case .unreadable, .cannotServe: .readOrWriteFailed
    }
  }

  private static func status(of code: AudioFileError.Code) -> ExitStatus {
    switch code {
    case .notFound: .missingInput
    case .exists, .cannotCreate: .cannotCreate
    case .unreadable, .writeFailed: .readOrWriteFailed
    case .notRegularFile, .badName, .duplicate, .notAudio, .unsupported, .damaged, .empty,
      .notFinite, .silent:
      .unusableData
    }
  }

  /// Says what went wrong, in one sentence on standard error, and ends the program.
  static func end(with error: any Error) -> Never {
    guard let status = ExitStatus(error) else { WaveGANCommand.exit(withError: error) }
    StandardError.write(error: sentence(of: error))
    exit(status.rawValue)
  }

  /// An error in words: its own description, or what Foundation says of its errors, whose
  /// descriptions are for programmers.
  private static func sentence(of error: any Error) -> String {
    let words =
      switch error {
      case EncodingError.invalidValue(_, let context):
        "A value cannot be written as JSON: \(context.debugDescription)"
      case is CocoaError, is POSIXError: error.localizedDescription
      default: "\(error)"
      }
    return words.hasSuffix(".") ? words : words + "."
  }
}
