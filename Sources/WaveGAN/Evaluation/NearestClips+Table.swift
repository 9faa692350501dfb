extension NearestClips {
  /// The pairs as a CSV file (RFC 4180): generated clips, then held-out ones, as they come.
  ///
  ///     set,clip,label,training,distance
  ///
  /// `set` is `generated` or `held-out`, the distance is in dB.
  package var table: String {
    var lines = ["set,clip,label,training,distance"]
    for (set, pairs) in [("generated", generated), ("held-out", heldOut)] {
      for pair in pairs {
        let fields = [set, pair.clip, pair.label ?? "", pair.training, "\(pair.distance)"]
        lines.append(fields.map(\.csvField).joined(separator: ","))
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }
}
