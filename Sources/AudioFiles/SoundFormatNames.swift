import CSndfile

/// Plain names of libsndfile's containers and encodings.
enum SoundFormatNames {
  /// “WAV” where libsndfile says “WAV (Microsoft)”.
  static func container(_ format: Int32) -> String {
    switch format & Int32(SF_FORMAT_TYPEMASK) {
    case Int32(SF_FORMAT_WAV), Int32(SF_FORMAT_WAVEX): "WAV"
    case let type: String(nameInLibrary(type).prefix { $0 != "(" }).trimmingTrailingSpaces()
    }
  }

  /// “16-bit PCM” where libsndfile says “Signed 16 bit PCM”.
  static func encoding(_ format: Int32) -> String {
    switch Int(format) & SF_FORMAT_SUBMASK {
    case SF_FORMAT_PCM_S8, SF_FORMAT_PCM_U8: "8-bit PCM"
    case SF_FORMAT_PCM_16: "16-bit PCM"
    case SF_FORMAT_PCM_24: "24-bit PCM"
    case SF_FORMAT_PCM_32: "32-bit PCM"
    case SF_FORMAT_FLOAT: "32-bit float"
    case SF_FORMAT_DOUBLE: "64-bit float"
    case let subtype: nameInLibrary(Int32(subtype))
    }
  }

  private static func nameInLibrary(_ format: Int32) -> String {
    var entry = SF_FORMAT_INFO()
    entry.format = format
    let size = Int32(MemoryLayout<SF_FORMAT_INFO>.size)
    guard sf_command(nil, Int32(SFC_GET_FORMAT_INFO), &entry, size) == 0, let name = entry.name
    else { return "unknown" }
    return String(cString: name)
  }
}

extension String {
  fileprivate func trimmingTrailingSpaces() -> String {
    String(reversed().drop { $0 == " " }.reversed())
  }
}
