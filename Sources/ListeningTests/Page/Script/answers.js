// How the answers get out of the browser.

/** The answers as a JSON text, the same wherever they go. */
function answersJSON(answers) {
  return JSON.stringify(answers, null, 1) + "\n";
}

/** The answers as a table with one judgement in a line. */
function answersCSV(answers) {
  const own = Object.keys(answers.questionnaire);
  const header = ["test", "listener", "order", "index", "trial", "training", "repeat", "question",
    "stimulus", "value", "plays", "seconds", "at", ...own];
  const rows = answers.answers.map((answer) => [
    answers.test, answers.listener, answers.order, answer.index, answer.trial, answer.training,
    answer.repeat, answer.question, answer.stimulus, answer.value,
    Object.values(answer.plays).reduce((sum, count) => sum + count, 0), answer.seconds, answer.at,
    ...own.map((name) => answers.questionnaire[name]),
  ]);
  // RFC 4180: lines end in CR LF, and what holds a comma, a quote or a line's end is quoted. A spreadsheet
  // would compute what begins like a formula, but for an apostrophe before it.
  const cell = (value) => {
    const written = String(value ?? "");
    const text = /^[=+@-]/.test(written) && isNaN(written) ? `'${written}` : written;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [header, ...rows].map((row) => row.map(cell).join(",") + "\r\n").join("");
}

/** Saves a text as a file, as the browser does with downloads. */
function download(name, kind, text) {
  const address = URL.createObjectURL(new Blob([text], { type: kind }));
  const link = element("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Sends answers to whom collects them. Only the newest wait, while others are on their way. */
class Delivery {
  constructor(address) {
    this.address = address;
    this.waiting = null;
    this.isBusy = false;
  }

  /** Sends in the background. What does not arrive is sent again with the next answers. */
  async send(answers) {
    this.waiting = answersJSON(answers);
    if (this.isBusy) return;
    this.isBusy = true;
    while (this.waiting) {
      const text = this.waiting;
      this.waiting = null;
      await this.post(text);
    }
    this.isBusy = false;
  }

  /** Whether a text has arrived. */
  async post(text) {
    try {
      const response = await fetch(this.address, {
        method: "POST", headers: { "Content-Type": "application/json" }, body: text,
      });
      return response.ok;
    } catch {
      return false;
    }
  }
}

/** The last screen: thanks, and the answers as files. */
function showEnd(sitting, delivery, again) {
  const { answers, test } = sitting;
  const name = `${answers.test}-${answers.listener}`;
  const state = element("p", { id: "delivery" });
  const retry = button("Send again", () => deliver());
  const deliver = async () => {
    retry.hidden = true;
    state.textContent = "Your answers are being sent …";
    const arrived = await delivery.post(answersJSON(answers));
    retry.hidden = arrived;
    state.textContent = arrived
      ? "Your answers have arrived. You can close this page."
      : "Your answers could not be sent. Send them again, or save them and hand over the file.";
  };
  retry.hidden = true;
  show("Thank you", ...paragraphs(test.texts.end), state, retry,
    element("div", { class: "buttons" },
      button("Save the answers", () =>
        download(`${name}.json`, "application/json", answersJSON(answers)), "main"),
      button("Save as a table (CSV)", () =>
        download(`${name}.csv`, "text/csv", answersCSV(answers)))),
    ...(again ? [element("div", { class: "buttons" }, button("Next listener", again))] : []));
  if (delivery) deliver();
  else state.textContent = "Please save your answers and hand over the file.";
}
