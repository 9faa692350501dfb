// What one listener has done so far. It is kept in the browser after each touch, so that a reload, a
// closed tab or an empty battery loses nothing.

class Sitting {
  static key(test, listener) { return `listening-test/${test.test}/${listener}`; }

  /** What was kept of a listener's sitting; null where there is none, or none that can be read. */
  static find(test, listener) {
    try {
      const kept = JSON.parse(localStorage.getItem(Sitting.key(test, listener)));
      const isWhole = Array.isArray(kept?.answers?.answers) && test.orders[kept.answers.order];
      return isWhole ? new Sitting(test, kept) : null;
    } catch {
      return null;
    }
  }

  /** The first minute of a listener: `order` is that of the plan, used again when all are given. */
  static begin(test, listener) {
    return new Sitting(test, {
      step: 0,
      draft: {},
      answers: {
        format: 1,
        test: test.test,
        listener: String(listener),
        order: (listener - 1) % test.orders.length,
        began: timeNow(),
        ended: null,
        agent: navigator.userAgent,
        questionnaire: {},
        "headphone-check": null,
        answers: [],
      },
    });
  }

  constructor(test, kept) {
    this.test = test;
    /** Which step of the test is on the screen. */
    this.step = kept.step;
    /** What was done on this screen so far, in a form of the screen's own. */
    this.draft = kept.draft;
    /** What is handed in at the end; the form is described with Swift's ListenerAnswers. */
    this.answers = kept.answers;
  }

  save() {
    try {
      const { step, draft, answers } = this;
      localStorage.setItem(
        Sitting.key(this.test, answers.listener), JSON.stringify({ step, draft, answers }));
    } catch {
      say("This browser keeps nothing: please do not close or reload this page before the end.");
    }
  }

  /** Goes on to the next step. */
  advance() {
    this.step += 1;
    this.draft = {};
    this.save();
  }
}

/** The time to the second, as 2026-11-23T20:15:00Z. */
function timeNow() {
  return new Date().toISOString().replace(/\.\d+Z$/, "Z");
}
