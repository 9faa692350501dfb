// The test from the first screen to the last.

/** All steps of a listener, in their order. Nothing here depends on chance: a reload finds its place. */
function stepsOfTest(test, order) {
  const texts = test.texts;
  const places = test.orders[order];
  const training = test.training || [];
  const steps = [{ kind: "text", heading: test.title, text: texts.welcome, next: "Begin" }];
  if (texts.consent) steps.push({ kind: "consent" });
  if (test.questionnaire.length > 0) steps.push({ kind: "questionnaire" });
  if (test.level) steps.push({ kind: "level" });
  if (test.headphones?.trials.length > 0) steps.push({ kind: "headphones" });
  steps.push({ kind: "text", heading: "What to do", text: texts.instructions, next: "Continue" });
  training.forEach((trial, index) => steps.push({
    kind: "trial", heading: `Training ${index + 1} of ${training.length}`, index, trial,
    stimuli: test.trials[trial].stimuli, isTraining: true, isRepeat: false,
  }));
  if (training.length > 0) {
    steps.push({
      kind: "text", heading: "The training is over", next: "Begin the test",
      text: "You have seen how it works. From here on your answers count.",
    });
  }
  const page = places[0].stimuli.length > 1 ? "Page" : "Sound";
  const seen = new Set();
  places.forEach(({ trial, stimuli }, index) => {
    const every = test["break-every"];
    if (every > 0 && index > 0 && index % every === 0) {
      steps.push({
        kind: "text", heading: "Time for a break", next: "Go on",
        text: "Rest your ears for a moment, as long as you like. Nothing is lost.",
      });
    }
    steps.push({
      kind: "trial", heading: `${page} ${index + 1} of ${places.length}`, index, trial, stimuli,
      isTraining: false, isRepeat: seen.has(trial),
    });
    seen.add(trial);
  });
  steps.push({ kind: "end" });
  return steps;
}

/** Shows how far a listener is. */
function showProgress(step, total) {
  const bar = document.getElementById("progress");
  const isTrial = step.kind === "trial" && !step.isTraining;
  if (isTrial) {
    bar.max = total;
    bar.value = step.index;
  } else if (step.kind === "end") {
    bar.value = bar.max;
  }
  bar.hidden = !isTrial && step.kind !== "end";
}

/** Lets a listener take the test from where it stands. */
function take(sitting, session) {
  const { test, answers } = sitting;
  const steps = stepsOfTest(test, answers.order);
  document.getElementById("who").textContent = `Listener ${answers.listener}`;
  const total = test.orders[answers.order].length;
  const lab = session.post ? new Delivery(session.post) : null;
  const collector = lab || (test.collect ? new Delivery(test.collect) : null);
  const go = () => {
    const step = steps[Math.min(sitting.step, steps.length - 1)];
    if (step.kind === "end" && !answers.ended) {
      answers.ended = timeNow();
      sitting.save();
    }
    showProgress(step, total);
    const done = () => {
      sitting.advance();
      if (lab && steps[sitting.step].kind !== "end") lab.send(answers);
      go();
    };
    switch (step.kind) {
    case "text": return showText(step.heading, step.text, step.next, done);
    case "consent": return showConsent(sitting, done);
    case "questionnaire": return showQuestionnaire(sitting, done);
    case "level": return showLevel(sitting, done);
    case "headphones": return showHeadphoneCheck(sitting, done);
    case "trial": return showTrial(step, sitting, done);
    default: return showEnd(sitting, collector, session.listener ? null : nextListener);
    }
  };
  go();
}

/** Forgets who was listening; what was answered stays in the browser. */
function nextListener() {
  location.hash = "";
}

/** Finds out who is listening, then goes on where that listener was, or begins. */
function begin() {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const test = read("test");
  const session = read("session");
  const asked = new URLSearchParams(location.search).get("listener")
    || new URLSearchParams(location.hash.slice(1)).get("listener");
  const listener = Number(session.listener || asked);
  if (!Number.isInteger(listener) || listener < 1) {
    document.getElementById("who").textContent = "";
    askListener(test, (number) => { location.hash = `listener=${number}`; });
    return;
  }
  take(Sitting.find(test, listener) || Sitting.begin(test, listener), session);
}

window.onhashchange = begin;
begin();
