// Switches above a document's text: each kind of mention, paragraph numbers, and clean text. The choice
// is remembered in this browser; without JavaScript everything is shown and there are no switches.
(() => {
  const KEY = "reading-switches";

  const read = () => {
    try {
      return new Set(JSON.parse(localStorage.getItem(KEY) || "[]"));
    } catch {
      return new Set();
    }
  };
  const write = (classes) => {
    try {
      localStorage.setItem(KEY, JSON.stringify([...classes]));
    } catch {
      // A browser that stores nothing still switches.
    }
  };

  const root = document.documentElement;
  const chosen = read();

  const head = document.querySelector(".of-document .document-head");
  if (!head || document.querySelector(".reading-switches")) return;

  const group = document.createElement("div");
  group.className = "reading-switches";
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "Show in the text");

  // `apply` puts the choice into effect; `shows` is true for a switch that, when pressed, shows something.
  const add = (label, name, shows, apply) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    const update = () => {
      apply(chosen.has(name));
      button.setAttribute("aria-pressed", String(chosen.has(name) !== shows));
    };
    button.addEventListener("click", () => {
      if (!chosen.delete(name)) chosen.add(name);
      write(chosen);
      update();
    });
    update();
    group.append(button);
  };

  // The page names its kinds: "program:Programs;country:Countries".
  for (const entry of (head.dataset.kinds || "").split(";")) {
    const [kind, label] = entry.split(":");
    const marks = label ? document.querySelectorAll(`:is(.mention, mark).${kind}`) : [];
    if (!marks.length) continue;
    add(label, `hide-${kind}`, true, (hidden) => {
      marks.forEach((mark) => mark.classList.toggle("unmarked", hidden));
    });
  }
  add("Numbers", "hide-numbers", true, (hidden) => root.classList.toggle("hide-numbers", hidden));
  add("Clean text", "clean-text", false, (clean) => root.classList.toggle("clean-text", clean));
  head.append(group);
})();
