// One trial: the sounds, the questions, and what is done with the answers.

/** The designs in which a listener picks one of the sounds. */
const choosing = ["ab", "abx", "real-or-fake"];

/** The sounds of a trial in their places: pairs of an id and the name that the listener sees. */
function namedSounds(trial, places) {
  const letter = (index) => String.fromCharCode(65 + index);
  const sounds = places.map((id, index) => [id, places.length > 1 ? letter(index) : "sound"]);
  if (trial.x) sounds.push([trial.x, "X"]);
  return trial.reference ? [[trial.reference, "reference"], ...sounds] : sounds;
}

/** The questions of a trial as controls, with what shows them. */
function trialControls(test, trial, places, buttons) {
  const sounds = namedSounds(trial, places);
  const rated = sounds.filter(([id]) => places.includes(id));
  const all = sounds.map(([id]) => id);
  const given = trial.reference ? [trial.reference] : [];
  if (choosing.includes(test.design)) {
    const words = (name) => (test.design === "abx" ? `X is ${name}` : name);
    const control = new StimulusControl(
      test.questions[0], all, rated.map(([id, name]) => [id, words(name)]));
    return { controls: [control], elements: [control.element] };
  }
  const groups = test.questions.map((question, number) => {
    if (question.scale === "continuous") {
      // Beside the sliders of the first question are the buttons, beside the others only names.
      const beside = (id, name) => (number === 0 ? buttons.elements.get(id) : name);
      const controls = rated.map(([id, name]) =>
        new SliderControl(question, id, [id, ...given], name, beside(id, name)));
      return { controls, elements: [sliderGroup(question, controls)] };
    }
    const make = question.scale === "choice" ? wordControl : categoryControl;
    const controls = rated.map(([id]) => make(question, id, [id, ...given]));
    return { controls, elements: controls.map((control) => control.element) };
  });
  return {
    controls: groups.flatMap((group) => group.controls),
    elements: groups.flatMap((group) => group.elements),
  };
}

/** Shows a trial. `done` is called when all its judgements are among the answers. */
function showTrial(step, sitting, done) {
  const { test, answers, draft } = sitting;
  const trial = test.trials[step.trial];
  const player = new Player(test.stimuli, namedSounds(trial, step.stimuli).map(([id]) => id));
  const buttons = playButtons(player, namedSounds(trial, step.stimuli));
  const { controls, elements } = trialControls(test, trial, step.stimuli, buttons);
  const shownAt = performance.now() - (draft.seconds || 0) * 1000;
  const seconds = () => Math.round((performance.now() - shownAt) / 10) / 100;

  // What was done before a reload.
  Object.assign(player.plays, draft.plays);
  for (const id of draft.heard || []) player.heard.add(id);
  controls.forEach((control, index) => control.restore((draft.values || [])[index] ?? null));

  const update = () => {
    buttons.update();
    for (const control of controls) {
      control.unlock(control.needs.every((id) => player.heard.has(id)));
    }
    sitting.draft = {
      plays: player.plays, heard: [...player.heard], seconds: seconds(),
      values: controls.map((control) => control.value),
    };
    sitting.save();
  };
  player.onchange = update;
  for (const control of controls) control.onchange = update;

  const next = () => {
    const missing = controls.find((control) => control.value === null);
    if (missing) {
      const toHear = missing.needs.find((id) => !player.heard.has(id));
      say(toHear ? "Please listen to every sound to its end." : "Please answer everything first.");
      toHear ? buttons.elements.get(toHear).focus() : missing.focus();
      return;
    }
    player.stop();
    for (const control of controls) {
      answers.answers.push({
        index: step.index, trial: step.trial, training: step.isTraining, repeat: step.isRepeat,
        ...control.answer, plays: player.plays, seconds: seconds(), at: timeNow(),
      });
    }
    done();
  };

  // The others stand beside their sliders.
  const ownButtons = [...buttons.elements.values()].filter((one) => !one.parentElement);
  show(step.heading,
    ...(trial.prompt ? [element("p", { class: "prompt" }, trial.prompt)] : []),
    ...(ownButtons.length > 0 ? [element("div", { class: "buttons" }, ...ownButtons)] : []),
    ...(step.stimuli.length > 1 && !choosing.includes(test.design) ? [repeatSwitch(player)] : []),
    ...elements,
    element("div", { class: "buttons" }, button("Next", next, "main")));
  update();
}

/** Whether sounds go round, which helps to compare them while switching from one to another. */
function repeatSwitch(player) {
  const box = element("input", { type: "checkbox" });
  box.onchange = () => { player.repeats = box.checked; };
  return element("label", { class: "option" }, box, "Repeat, and switch without stopping");
}
