// The headphone check of Woods, Siegel, Traer and McDermott (2017): which of three tones is quietest?
// One is 6 dB quieter; another has its two channels in opposite phase, which headphones keep apart,
// while in a room they cancel each other, so that over loudspeakers that one seems to be the quietest.

/** Shows the check, round after round, and keeps its outcome among the answers. */
function showHeadphoneCheck(sitting, done) {
  const check = sitting.test.headphones;
  const round = (number, right) => {
    if (number === check.rounds) return finish(right);
    const tones = shuffled([check.loud, check.quiet, check.antiphase]);
    const names = tones.map((id, index) => [id, String(index + 1)]);
    const player = new Player(sitting.test.stimuli, tones);
    const buttons = playButtons(player, names);
    const control = new StimulusControl(
      { name: "quietest", text: "Which tone is the quietest?" }, tones, names);
    const update = () => {
      buttons.update();
      control.unlock(tones.every((id) => player.heard.has(id)));
    };
    player.onchange = update;
    const next = () => {
      if (control.value === null) return say("Please listen to all three tones, then choose one.");
      player.stop();
      round(number + 1, right + (control.value === check.quiet ? 1 : 0));
    };
    show(`Headphone check, ${number + 1} of ${check.rounds}`,
      element("p", {}, "Please put your headphones on. Listen to the three tones."),
      element("div", { class: "buttons" }, ...buttons.elements.values()),
      control.element,
      element("div", { class: "buttons" }, button("Next", next, "main")));
    update();
  };

  const finish = (right) => {
    const passed = right >= check.pass;
    sitting.answers["headphone-check"] = { passed, right, of: check.rounds };
    sitting.save();
    if (passed) return done();
    show("Are you wearing headphones?",
      element("p", {}, "It seems that the sound does not come from headphones. Please put them on, "
        + "left and right as they are marked, and switch off all effects."),
      element("div", { class: "buttons" },
        button("Check again", () => round(0, 0), "main"), button("Go on as it is", done)));
  };

  round(0, 0);
}

/** The same things in an order that chance decides (Fisher and Yates). */
function shuffled(things) {
  const mixed = [...things];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = Math.floor(Math.random() * (last + 1));
    [mixed[last], mixed[other]] = [mixed[other], mixed[last]];
  }
  return mixed;
}
