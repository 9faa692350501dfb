// What a listener answers with. A control is one judgement: `question` and `stimulus` are what the
// answer is about, `needs` the sounds that must have been heard before, `value` what was said (null
// while nothing was), and `answer` what goes into the answers.

class Control {
  constructor(question, stimulus, needs, element) {
    Object.assign(this, { question, stimulus, needs, element });
    this.value = null;
    this.onchange = () => {};
  }

  get answer() { return { question: this.question, stimulus: this.stimulus, value: this.value }; }

  set(value) {
    this.value = value;
    this.onchange();
  }

  focus() {
    this.element.querySelector("input").focus();
  }
}

/** A scale with few steps, or a list of words: one radio button for each. */
class OptionControl extends Control {
  constructor(question, stimulus, needs, kind, options) {
    const group = optionGroup(`${question.name}-${stimulus}`, kind, options);
    const hint = element("p", { class: "hint" }, "Listen to the end first.");
    super(question.name, stimulus, needs,
      element("fieldset", {}, element("legend", {}, question.text), group, hint));
    this.hint = hint;
    this.values = options.map(([value]) => value);
    group.onchange = (event) =>
      this.set(this.values.find((value) => String(value) === event.target.value));
  }

  restore(value) {
    this.value = value;
    for (const input of this.element.querySelectorAll("input")) {
      input.checked = input.value === String(value);
    }
  }

  unlock(isUnlocked) {
    this.element.disabled = !isUnlocked;
    this.hint.hidden = isUnlocked;
  }
}

/** Steps of a category scale, the best first. */
function categoryControl(question, stimulus, needs) {
  const steps = [...question.steps].sort((one, other) => other.value - one.value);
  return new OptionControl(question, stimulus, needs, "scale", steps.map((step) =>
    [step.value, element("span", { class: "number" }, String(step.value)), step.text]));
}

/** A choice among words, such as the classes that a sound may be of. */
function wordControl(question, stimulus, needs) {
  return new OptionControl(
    question, stimulus, needs, "words", question.choices.map((word) => [word, word]));
}

/** A choice among sounds: what is chosen is the stimulus of the answer, and its value is 1. */
class StimulusControl extends OptionControl {
  constructor(question, needs, options) {
    super(question, "", needs, "words", options);
    this.hint.textContent = "Listen to all sounds to the end first.";
  }

  get answer() { return { question: this.question, stimulus: this.value, value: 1 }; }
}

/** A slider from 0 to 100 beside the button of its sound. */
class SliderControl extends Control {
  constructor(question, stimulus, needs, name, beside) {
    const slider = element("input", {
      type: "range", class: "slider unset", min: 0, max: 100, step: 1, value: 50,
      "aria-label": `${question.text} ${name}`,
    });
    const output = element("output", { "aria-hidden": "true" }, "–");
    super(question.name, stimulus, needs,
      element("div", { class: "row" }, element("div", {}, beside), slider, output));
    Object.assign(this, { slider, output });
    this.bands = [...question.steps].sort((one, other) => one.value - other.value);
    slider.oninput = () => this.set(Number(slider.value));
    // Whoever means the very middle does not move the slider, but lets go of it or presses a key.
    slider.onpointerup = () => { if (!slider.disabled) this.set(Number(slider.value)); };
    slider.onkeydown = (event) => {
      if (event.key === "Enter" || event.key === " ") this.set(Number(slider.value));
    };
    this.describe();
  }

  set(value) {
    super.set(value);
    this.describe();
  }

  restore(value) {
    this.value = value;
    if (value !== null) this.slider.value = value;
    this.describe();
  }

  /** In words: “72, Good”. The bands have equal parts of the scale. */
  describe() {
    const isSet = this.value !== null;
    this.slider.classList.toggle("unset", !isSet);
    this.output.textContent = isSet ? String(this.value) : "–";
    const place = Math.min(this.bands.length - 1, Math.floor(this.value / 100 * this.bands.length));
    const band = this.bands.length > 0 ? `, ${this.bands[place].text}` : "";
    this.slider.setAttribute("aria-valuetext", isSet ? `${this.value}${band}` : "not rated yet");
  }

  unlock(isUnlocked) {
    this.slider.disabled = !isUnlocked;
  }
}

/** The sliders of one question under one another, below the names of the scale's parts. */
function sliderGroup(question, controls) {
  const bands = [...question.steps].sort((one, other) => one.value - other.value);
  return element("fieldset", {},
    element("legend", {}, question.text),
    element("div", { class: "bands", "aria-hidden": "true" },
      element("ol", {}, ...bands.map((band) => element("li", {}, band.text)))),
    ...controls.map((control) => control.element),
    element("p", { class: "hint" }, controls.some((control) => control.needs.length > 1)
      ? "A slider works once its sound and the reference were heard to the end. Rate every sound."
      : "A slider works once its sound was heard to the end. Rate every sound."));
}
