import ArgumentParser

/// What listeners see besides the questions.
struct ListenerPageOptions: ParsableArguments {
  @Option(help: ArgumentHelp("What the page is called.", valueName: "text"))
  var title = "Listening test"

  @Option(help: ArgumentHelp("The language of your texts.", valueName: "code"))
  var language = "en"

  @Option(
    help: ArgumentHelp(
      """
      A folder with texts of your own, as an earlier export wrote them to texts/: welcome.txt, \
      consent.txt, instructions.txt, end.txt, questionnaire.json.
      """, valueName: "folder"),
    completion: .directory)
  var texts: String?

  @Flag(help: "Put the sounds into the page itself, so that it is one file.")
  var embed = false

  @Option(
    help: ArgumentHelp("An address that the page posts answers to.", valueName: "url"))
  var collect: String?
}
