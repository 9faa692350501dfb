// Building blocks of screens. All text goes in as text nodes, so none of it is ever read as HTML.

/** Makes an element: element("button", { type: "button", onclick: play }, "Play"). */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made[key] = value;
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** A button that does something when it is pressed. */
function button(text, action, kind = "") {
  return element("button", { type: "button", class: kind, onclick: action }, text);
}

/** A text of several paragraphs, which are parted by empty lines. */
function paragraphs(text) {
  return (text || "").split(/\n\s*\n/).map((part) => part.trim()).filter(Boolean)
    .map((part) => element("p", {}, part));
}

/** Says something to everybody: it is shown, and read out by a screen reader. */
function say(text) {
  document.getElementById("message").textContent = text;
}

/** Replaces what is on the screen, and moves the focus to its heading, where reading begins. */
function show(heading, ...content) {
  say("");
  const title = element("h1", { tabindex: "-1" }, heading);
  document.getElementById("screen").replaceChildren(title, ...content);
  window.scrollTo(0, 0);
  title.focus({ preventScroll: true });
}

/** Options of which one can be chosen: each has a value, then what it shows. */
function optionGroup(name, kind, options) {
  return element("div", { class: `options ${kind}` },
    ...options.map(([value, ...parts]) =>
      element("label", { class: "option" },
        element("input", { type: "radio", name, value: String(value) }), ...parts)));
}
