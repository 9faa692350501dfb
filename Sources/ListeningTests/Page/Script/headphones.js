// The headphone check of Woods, Siegel, Traer and McDermott (2017): which of three tones is softest?
// One is 6 dB softer; another has its two channels in opposite phase, which headphones keep apart,
// while in a room they cancel each other, so that over loudspeakers that one seems to be the softest.

/** Shows the check, question after question, and keeps its outcome among the answers. */
function showHeadphoneCheck(sitting, done) {
  const { trials, needed } = sitting.test.headphones;

  const ask = (number, right) => {
    sitting.draft = { number, right };
    sitting.save();
    if (number === trials.length) return finish(right);
    const { stimuli, softest } = trials[number];
    const names = stimuli.map((id, index) => [id, `tone ${index + 1}`]);
    const player = new Player(sitting.test.stimuli, stimuli);
    const buttons = playButtons(player, names);
    const control = new StimulusControl(
      { name: "softest", text: "Which tone is the softest?" }, stimuli, names);
    const update = () => {
      buttons.update();
      control.unlock(stimuli.every((id) => player.heard.has(id)));
    };
    const next = () => {
      if (control.value === null) {
        return say("Please listen to all three tones, then choose the softest.");
      }
      player.stop();
      ask(number + 1, right + (control.value === softest ? 1 : 0));
    };
    player.onchange = update;
    show(`Headphone check, ${number + 1} of ${trials.length}`,
      element("p", {}, "Please put your headphones on and listen to the three tones."),
      element("div", { class: "buttons" }, ...buttons.elements.values()),
      control.element,
      element("div", { class: "buttons" }, button("Next", next, "main")));
    update();
  };

  const finish = (right) => {
    const passed = right >= needed;
    sitting.answers["headphone-check"] = { passed, right, of: trials.length };
    sitting.save();
    if (passed) return done();
    show("Are you wearing headphones?",
      element("p", {}, "It seems that the sound does not come from headphones. Please put them on, "
        + "left and right as they are marked, and switch off all effects."),
      element("div", { class: "buttons" },
        button("Check again", () => ask(0, 0), "main"), button("Go on as it is", done)));
  };

  // Where a reload came between, the check goes on.
  const { number = 0, right = 0 } = sitting.draft;
  ask(number, right);
}
