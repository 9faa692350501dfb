extension Texts {
  /// What listeners read unless somebody writes something better.
  static func usual(for settings: TestSettings, minutes: Double, hasTraps: Bool) -> Texts {
    let time = max(1, Int(minutes.rounded(.up)))
    return Texts(
      welcome: """
        Thank you for listening.

        You will hear short sounds and say what you think of them. There are no wrong opinions. It \
        takes about \(time) minutes; you can pause at any time, and go on later in the same browser.

        Please use headphones, in a quiet place.
        """,
      consent: """
        Taking part is voluntary: you can stop at any time, without giving a reason. Your answers \
        are kept without your name and are used for research only.
        """,
      instructions: instructions(for: settings, hasTraps: hasTraps),
      end: """
        That was all. Thank you!

        If your answers were not collected by themselves, download them and send the file to whoever \
        invited you.
        """)
  }

  private static func instructions(for settings: TestSettings, hasTraps: Bool) -> String {
    let task =
      switch settings.design {
      case .mos:
        settings.questions == ["diversity"]
          ? """
          On each page you hear several sounds, one after another. Say how different they are from \
          each other. You can listen as often as you like.
          """
          : """
          On each page you hear one sound. Listen to all of it, then answer for this sound alone. You \
          can listen as often as you like.
          """
      case .multi:
        """
        On each page there are several sounds. Listen to all of them, as often as you like, and give \
        each a number from 0 to 100. The better one sounds to you, the higher its number should be.
        """
      case .mushra:
        """
        On each page there is a reference and several versions of it. Listen to all of them, as often \
        as you like, and say how close each comes to the reference. One of them is the reference \
        itself and should be given 100.
        """
      case .ab:
        "On each page there are two sounds. Listen to both and choose the one that you prefer."
      case .abx:
        """
        On each page there are two sounds, and a third one, X, that is the same as one of them. Say \
        which. If you are not sure, guess.
        """
      case .realOrFake:
        """
        On each page there are two sounds. One is a recording, the other was made by a computer. Say \
        which one was recorded. If you are not sure, guess.
        """
      case .identify:
        """
        On each page you hear one sound. Say what it is, and how easy that was to tell. If you are \
        not sure, guess.
        """
      }
    guard hasTraps else { return task }
    return task + """


      Now and then you hear only short beeps, one to five of them. Count them, and give their number \
      as your answer to every question: three beeps, the third category from below.
      """
  }
}

extension QuestionnaireItem {
  /// What listeners are asked about themselves unless somebody asks something else.
  static let usual = [
    QuestionnaireItem(
      name: "age", text: "Your age", kind: .choice,
      choices: ["under 18", "18–24", "25–34", "35–44", "45–54", "55–64", "65 or over"]),
    QuestionnaireItem(
      name: "hearing", text: "Do you hear normally, as far as you know?", kind: .choice,
      choices: ["yes", "no", "I do not know"]),
    QuestionnaireItem(
      name: "listening-by", text: "What do you listen with?", kind: .choice,
      choices: ["headphones", "earphones", "loudspeakers"], required: true),
    QuestionnaireItem(
      name: "experience", text: "Do you work with sound, or make music?", kind: .choice,
      choices: ["no", "as a hobby", "by profession"]),
  ]
}
