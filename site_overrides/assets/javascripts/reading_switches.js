// Switches above a document's text: each kind of mention, paragraph numbers, and clean text. The choice
// is remembered in this browser; without JavaScript everything is shown and there are no switches.
(() => {
  const KEY = "reading-switches";
  const SWITCHES = [
    ["program", "Programs"],
    ["country", "Countries"],
    ["person", "People"],
    ["organization", "Organizations"],
    ["substance", "Substances"],
    ["date", "Dates"],
    ["figure", "Figures"],
  ];

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
  chosen.forEach((name) => root.classList.add(name));

  const head = document.querySelector(".of-document .document-head");
  if (!head || document.querySelector(".reading-switches")) return;

  const group = document.createElement("div");
  group.className = "reading-switches";
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "Show in the text");

  // `shows` is true for a switch that, when pressed, shows something (its class hides it).
  const add = (label, name, shows) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    const update = () => button.setAttribute("aria-pressed", String(root.classList.contains(name) !== shows));
    button.addEventListener("click", () => {
      root.classList.toggle(name);
      if (root.classList.contains(name)) chosen.add(name);
      else chosen.delete(name);
      write(chosen);
      update();
    });
    update();
    group.append(button);
  };

  for (const [kind, label] of SWITCHES) {
    if (document.querySelector(`.block .${kind}, h2 .${kind}`)) add(label, `hide-${kind}`, true);
  }
  add("Numbers", "hide-numbers", true);
  add("Clean text", "clean-text", false);
  head.append(group);
})();
