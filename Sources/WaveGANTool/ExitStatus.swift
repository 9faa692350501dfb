import ArgumentParser
import AudioFiles
import Foundation
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

  /// The code of an error from a library; nil for one that is ArgumentParser's own.
  init?(_ error: any Error) {
    switch error {
    case let error as SettingsError: self = Self.status(of: error.code)
    case let error as DatasetError: self = Self.status(of: error.code)
    case let error as AudioFileError: self = Self.status(of: error.code)
    case let error as RunError: self = Self.status(of: error.code)
    case is PictureError: self = .readOrWriteFailed
    default: return nil
    }
  }

  private static func status(of code: SettingsError.Code) -> ExitStatus {
    switch code {
    case .fileNotFound: .missingInput
    case .unreadableFile: .unusableData
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

  private static func status(of code: AudioFileError.Code) -> ExitStatus {
    switch code {
    case .notFound, .unreadable: .missingInput
    case .exists, .cannotCreate: .cannotCreate
    case .writeFailed: .readOrWriteFailed
    case .notRegularFile, .badName, .duplicate, .notAudio, .unsupported, .damaged, .empty,
      .notFinite, .silent:
      .unusableData
    }
  }

  /// Says what went wrong, in one sentence on standard error, and ends the program.
  static func end(with error: any Error) -> Never {
    guard let status = ExitStatus(error) else { WaveGANCommand.exit(withError: error) }
    FileHandle.standardError.write(Data("Error: \(error)\n".utf8))
    exit(status.rawValue)
  }
}
