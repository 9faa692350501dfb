import Testing
import WaveGAN

@Suite("Dataset: labels and the held-out part")
struct DatasetLabelTests {
  private func labels(
    _ files: [String], _ source: DataSettings.LabelSource
  ) throws -> [String] {
    let folder = try MadeFolder()
    for (index, file) in files.enumerated() {
      try folder.add("kit/" + file, seed: UInt64(index), seconds: 0.01)
    }
    let survey = try DatasetSurvey(paths: [folder.path + "/kit"], labels: source)
    return survey.labelCounts.keys.sorted()
  }

  @Test("With folders, the label is the first sub-folder, or else the folder that was given")
  func folders() throws {
    #expect(
      try labels(["snare/a.wav", "snare/soft/b.wav", "kick/c.wav", "d.wav"], .folders)
        == ["kick", "kit", "snare"])
  }

  @Test("With prefix, it is the name up to _, or to the first change of letters and digits")
  func prefix() throws {
    #expect(
      try labels(["7_jackson_0.wav", "kick01.wav", "808kick.wav", "rain.wav"], .prefix)
        == ["7", "808", "kick", "rain"])
    #expect(
      try labels(["x/_odd.wav", "x/a-b.c.wav", "x/über12.wav"], .prefix)
        == ["_odd", "a-b.c", "über"])
  }

  @Test("A single file has the label of the folder it is in")
  func singleFile() throws {
    let folder = try MadeFolder()
    let file = try folder.add("snare/a.wav", seed: 1)
    #expect(try DatasetSurvey(paths: [file]).files.map(\.label) == ["snare"])
  }

  @Test("Labels that were not asked for are left out, with that as the reason")
  func onlyLabels() throws {
    let folder = try MadeFolder()
    try folder.add("kick/a.wav", seed: 1)
    try folder.add("snare/b.wav", seed: 2)
    let survey = try DatasetSurvey(paths: [folder.path], onlyLabels: ["kick"])
    #expect(survey.files.map(\.label) == ["kick"])
    #expect(survey.rejected.map(\.code) == ["other-label"])
    #expect(survey.rejected.map(\.reason) == ["has the label “snare”, which was not asked for"])
  }

  @Test("A label that there is not is refused with those that there are")
  func unknownLabel() throws {
    let folder = try MadeFolder()
    try folder.add("kick/a.wav", seed: 1)
    try folder.add("snare/b.wav", seed: 2)
    let error = #expect(throws: SettingsError.self) {
      try DatasetSurvey(paths: [folder.path], onlyLabels: ["kick", "snore"])
    }
    #expect(
      error?.description
        == "--only-labels snore: no recording has this label; there are kick, snare.")
  }

  @Test(
    "Of each label, ⌈10 %⌉ are held out, but never the only one",
    arguments: [(1, 0), (2, 1), (9, 1), (10, 1), (11, 2), (70, 7)])
  func holdoutCount(count: Int, expected: Int) throws {
    let folder = try MadeFolder()
    for index in 0..<count {
      try folder.add("a/\(index).wav", seed: UInt64(index), seconds: 0.005)
    }
    let clips = try folder.dataset(DataSettings(sampleRate: 16_000, windowLength: 4_096)).clips
    #expect(clips.count == count)
    #expect(clips.count { $0.part == .heldOut } == expected)
  }

  @Test("Those with the smallest digests are held out, whatever they are called")
  func holdoutByDigest() throws {
    let first = try MadeFolder()
    let second = try MadeFolder()
    for index in 0..<12 {
      try first.add("a/\(index).wav", seed: UInt64(index), seconds: 0.01)
      try second.add("a/other-\(11 - index).wav", seed: UInt64(index), seconds: 0.01)
    }
    let settings = DataSettings(sampleRate: 16_000, windowLength: 4_096, holdout: 0.25)
    let clips = try first.dataset(settings).clips
    let held = clips.filter { $0.part == .heldOut }.map(\.digest)
    #expect(held.sorted() == clips.map(\.digest).sorted().prefix(3).map { $0 })
    let renamed = try second.dataset(settings).clips.filter { $0.part == .heldOut }
    #expect(renamed.map(\.digest) == held)
  }
}
