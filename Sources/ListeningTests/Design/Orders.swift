import NeuralNet

/// What each listener hears, in which order.
///
/// Trials stand in blocks, each with one trial of every unit: of every condition in `mos`, of every pair
/// of conditions in `ab`. Within blocks, units follow a Williams square, from one listener and block to
/// the next; so do the blocks of a listener, and the stimuli within a page. Then every condition is heard
/// equally often early and late, left and right, and after every other.
struct Orders {
  /// Names of trials, `[block][unit]`; every block has as many.
  var blocks: [[String]]
  /// The stimuli of each trial.
  var stimuli: [String: [String]]
  /// Gold and trap trials.
  var attention: [String]
  let seed: UInt64

  /// Part of the trials that come twice.
  private static let repeatedPart = 0.1

  /// The orders of so many listeners.
  func orders(listenerCount: Int) -> [[Turn]] {
    let places = placeInPlan
    return (0..<listenerCount).map { listener in
      var random = RandomStream(seed: seed, purpose: .listening, step: 2, index: listener)
      var names = names(ofListener: listener)
      insertRepeats(into: &names, listener, &random)
      insertAttention(into: &names, &random)
      var heard: [String: Int] = [:]
      return names.enumerated().map { place, name in
        defer { heard[name, default: 0] += 1 }
        return turn(name, place: places[name] ?? place, listener + heard[name, default: 0])
      }
    }
  }

  /// Each trial once.
  private func names(ofListener listener: Int) -> [String] {
    guard let unitCount = blocks.first?.count, unitCount > 0 else { return [] }
    let units = WilliamsSquare(itemCount: unitCount)
    // Squares of blocks have a rhythm that has nothing to do with what is in them; nor has the order
    // within a block anything to do with its clips' label, which listeners hear.
    let shuffled = RandomStream.order(of: blocks.count, seed: seed, step: 1)
    let turns = RandomStream.order(of: blocks.count, seed: seed, step: 10)
    return WilliamsSquare(itemCount: blocks.count).row(listener).flatMap { block in
      units.row(listener + turns[block]).map { blocks[shuffled[block]][$0] }
    }
  }

  private var placeInPlan: [String: Int] {
    Dictionary(uniqueKeysWithValues: zip(blocks.joined(), 0...))
  }

  /// A trial with its stimuli in an order that goes on from listener to listener and trial to trial.
  private func turn(_ name: String, place: Int, _ row: Int) -> Turn {
    let own = stimuli[name] ?? []
    guard own.count > 1 else { return Turn(trial: name, stimuli: own) }
    let order = WilliamsSquare(itemCount: own.count).row(row + place)
    return Turn(trial: name, stimuli: order.map { own[$0] })
  }

  /// Puts trials of the first two thirds in again, at a distance of three or more where there is room.
  private func insertRepeats(
    into names: inout [String], _ listener: Int, _ random: inout RandomStream
  ) {
    let count = Int((Self.repeatedPart * Double(names.count)).rounded(.up))
    guard names.count >= 2, count > 0 else { return }
    // From listener to listener, other trials come twice.
    let early = Array(names.prefix(max(1, 2 * names.count / 3)))
    let step = max(1, early.count / count)
    for item in 0..<min(count, early.count) {
      let name = early[(listener + item * step) % early.count]
      guard names.count(where: { $0 == name }) == 1, let first = names.firstIndex(of: name)
      else { continue }
      let earliest = min(names.count, first + 4)
      names.insert(
        name, at: earliest + random.nextInteger(below: names.count - earliest + 1))
    }
  }

  /// Spreads attention trials evenly, but not regularly.
  private func insertAttention(into names: inout [String], _ random: inout RandomStream) {
    guard !attention.isEmpty else { return }
    var items = attention
    random.shuffle(&items)
    let stretch = names.count / items.count
    for (item, name) in items.enumerated().reversed() {
      let place = item * stretch + random.nextInteger(below: max(1, stretch)) + 1
      names.insert(name, at: min(names.count, place))
    }
  }
}

extension RandomStream {
  /// The numbers 0 ..< `count` in random order.
  static func order(of count: Int, seed: UInt64, step: Int, index: Int = 0) -> [Int] {
    var random = RandomStream(seed: seed, purpose: .listening, step: step, index: index)
    var items = Array(0..<count)
    random.shuffle(&items)
    return items
  }
}
