/// The rows of a batch of clips, cut into tiles; the last one of a clip may reach behind it.
struct Tiles {
  /// Rows of a clip.
  let rowCount: Int

  /// Tiles of the whole batch.
  let count: Int

  private let tileLength: Int
  private let countPerClip: Int

  /// Cuts the rows of the result, of which there are as many as of the source.
  init(_ source: RowSource, tileLength: Int) {
    rowCount = source.rowCount
    self.tileLength = tileLength
    countPerClip = Self.count(clipCount: 1, rowCount: rowCount, tileLength: tileLength)
    count = source.clipCount * countPerClip
  }

  /// Tiles of clips of so many rows.
  static func count(clipCount: Int, rowCount: Int, tileLength: Int) -> Int {
    clipCount * ((rowCount + tileLength - 1) / tileLength)
  }

  /// Clip of a tile, and its first row there.
  func place(of tile: Int) -> (clip: Int, row: Int) {
    (tile / countPerClip, tile % countPerClip * tileLength)
  }

  /// The tile behind the last one of a clip.
  func end(ofClip clip: Int) -> Int { (clip + 1) * countPerClip }
}
