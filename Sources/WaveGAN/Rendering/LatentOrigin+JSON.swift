import AudioFiles

/// In JSON, an origin is an object whose names tell its kind:
///
///     {"seed": 3, "index": 0}, {"seed": 3, "index": 0, "label": "snare"}
///     {"recording": "3fb791b3…"}, {"recording": "3fb791b3…", "label": "snare"}
///     {"morph": [origin, origin], "at": [5, 15]}
///     {"sweep": origin, "coordinate": 7, "from": -2, "to": 2, "at": [5, 15]}
///     {"near": origin, "amount": 0.3, "seed": 0, "index": 4}
extension LatentOrigin: Codable {
  private enum CodingKeys: String, CodingKey {
    case seed, index, label, recording, morph, sweep, near, coordinate, from, to, amount
    case position = "at"
  }

  /// - Throws: `DecodingError`, also for values that no latent can have come from: anybody can write
  ///   a comment.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func value<Value: Decodable>(_ key: CodingKeys, _ isAllowed: (Value) -> Bool) throws -> Value {
      let value = try container.decode(Value.self, forKey: key)
      guard isAllowed(value) else {
        throw DecodingError.dataCorruptedError(
          forKey: key, in: container, debugDescription: "The value is out of range.")
      }
      return value
    }
    func index() throws -> Int { try value(.index, Self.indices.contains) }
    func position() throws -> WalkPosition {
      let pair: [Int] = try value(.position) { $0.count == 2 && $0[1] >= 1 && 0...$0[1] ~= $0[0] }
      return WalkPosition(pair[0], of: pair[1])
    }
    if container.contains(.recording) {
      self = .recording(
        try container.decode(ContentDigest.self, forKey: .recording),
        label: try container.decodeIfPresent(String.self, forKey: .label))
    } else if container.contains(.morph) {
      let ends: [LatentOrigin] = try value(.morph) { $0.count == 2 }
      self = .morph(ends[0], ends[1], at: try position())
    } else if container.contains(.sweep) {
      self = .sweep(
        try container.decode(LatentOrigin.self, forKey: .sweep),
        coordinate: try value(.coordinate) { $0 >= 0 },
        from: try value(.from, Self.coordinateValues.contains),
        to: try value(.to, Self.coordinateValues.contains), at: try position())
    } else if container.contains(.near) {
      self = .variation(
        try container.decode(LatentOrigin.self, forKey: .near),
        amount: try value(.amount, Self.amounts.contains),
        seed: try container.decode(UInt64.self, forKey: .seed), index: try index())
    } else {
      self = .drawn(
        seed: try container.decode(UInt64.self, forKey: .seed), index: try index(),
        label: try container.decodeIfPresent(String.self, forKey: .label))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .drawn(let seed, let index, let label):
      try container.encode(seed, forKey: .seed)
      try container.encode(index, forKey: .index)
      try container.encodeIfPresent(label, forKey: .label)
    case .recording(let digest, let label):
      try container.encode(digest, forKey: .recording)
      try container.encodeIfPresent(label, forKey: .label)
    case .morph(let start, let end, let position):
      try container.encode([start, end], forKey: .morph)
      try container.encode([position.step, position.last], forKey: .position)
    case .sweep(let origin, let coordinate, let from, let to, let position):
      try container.encode(origin, forKey: .sweep)
      try container.encode(coordinate, forKey: .coordinate)
      try container.encode(from, forKey: .from)
      try container.encode(to, forKey: .to)
      try container.encode([position.step, position.last], forKey: .position)
    case .variation(let origin, let amount, let seed, let index):
      try container.encode(origin, forKey: .near)
      try container.encode(amount, forKey: .amount)
      try container.encode(seed, forKey: .seed)
      try container.encode(index, forKey: .index)
    }
  }
}
