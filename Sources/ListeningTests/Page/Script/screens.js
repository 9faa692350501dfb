// The screens around the trials.

/** A screen that only says something. */
function showText(heading, text, next, done) {
  show(heading, ...paragraphs(text),
    element("div", { class: "buttons" }, button(next, done, "main")));
}

/** Nothing goes on without consent. */
function showConsent(sitting, done) {
  const box = element("input", { type: "checkbox" });
  const next = () => {
    if (box.checked) return done();
    say("Please tick the box if you agree; otherwise close this page.");
    box.focus();
  };
  show("Consent", ...paragraphs(sitting.test.texts.consent),
    element("label", { class: "option" }, box, "I agree and want to take part."),
    element("div", { class: "buttons" }, button("Continue", next, "main")));
}

/** Questions about the listener. */
function showQuestionnaire(sitting, done) {
  const fields = sitting.test.questionnaire.map((question) => [question, input(question)]);
  for (const [question, field] of fields) {
    field.value = sitting.draft[question.name] ?? "";
    field.oninput = () => {
      sitting.draft[question.name] = field.value;
      sitting.save();
    };
  }
  const form = element("form", {},
    ...fields.map(([question, field]) => element("label", { class: "field" },
      element("span", {}, question.text + (question.required ? "" : " (if you like)")), field)),
    element("div", { class: "buttons" },
      element("button", { class: "main" }, "Continue")));
  form.onsubmit = (event) => {
    event.preventDefault();
    for (const [question, field] of fields) {
      if (field.value.trim() !== "") {
        sitting.answers.questionnaire[question.name] = field.value.trim();
      }
    }
    done();
  };
  show("About you", form);
}

/** The field of a question of the questionnaire. */
function input(question) {
  const { name, required } = question;
  if (question.kind === "choice") {
    return element("select", { name, required },
      element("option", { value: "" }, ""),
      ...question.choices.map((choice) => element("option", { value: choice }, choice)));
  }
  return question.kind === "number"
    ? element("input", { type: "number", step: "any", name, required })
    : element("input", { type: "text", maxlength: 1000, name, required });
}

/** The loudness is set once, to a sound that goes round. */
function showLevel(sitting, done) {
  const id = sitting.test.level;
  const player = new Player(sitting.test.stimuli, [id]);
  player.repeats = true;
  const buttons = playButtons(player, [[id, "sound"]]);
  player.onchange = () => buttons.update();
  const next = () => {
    if (!player.plays[id]) return say("Please play the sound first.");
    player.stop();
    done();
  };
  show("Set the level",
    element("p", {}, "Play the sound and set your volume so that it is clear and comfortable. "
      + "Please leave the volume as it is from then on."),
    element("div", { class: "buttons" }, ...buttons.elements.values()),
    element("div", { class: "buttons" }, button("The level is set", next, "main")));
  buttons.update();
}

/** Who is listening? Asked only where the address does not tell. */
function askListener(test, done) {
  const field = element("input",
    { type: "number", id: "listener", min: 1, max: 99999, step: 1, required: true });
  const form = element("form", {},
    element("p", {}, "Your number is in the message or on the paper that invited you."),
    element("label", { class: "field" }, element("span", {}, "Your number"), field),
    element("div", { class: "buttons" }, element("button", { class: "main" }, "Continue")));
  form.onsubmit = (event) => {
    event.preventDefault();
    done(Number(field.value));
  };
  show(test.title, form);
}
