// Light or dark: as the system has it, or as the reader chose with the button in the header, which this
// makes; the choice is remembered. It is loaded beside the styles, and like them before the first paint
// (`blocking="render"`), so that no page flashes in colors that were not chosen; nothing else waits for it.
(() => {
  if (globalThis.colorScheme) return;
  const KEY = "color-scheme";
  const NEXT = { "": "light", light: "dark", dark: "" };
  const NAMES = { "": "as the system has it", light: "light", dark: "dark" };
  const root = document.documentElement;
  root.classList.replace("no-js", "js");

  const chosen = () => {
    try {
      const value = localStorage.getItem(KEY) || "";
      return Object.hasOwn(NAMES, value) ? value : "";
    } catch {
      return "";
    }
  };
  const show = (scheme) => {
    if (scheme) root.dataset.scheme = scheme;
    else delete root.dataset.scheme;
  };
  globalThis.colorScheme = chosen;
  show(chosen());

  const addButton = () => {
    const bar = document.querySelector(".site-header .md-grid");
    if (!bar) return;
    const button = document.createElement("button");
    const name = (scheme) => {
      button.dataset.scheme = scheme || "auto";
      button.title = `Colors: ${NAMES[scheme]}`;
      button.setAttribute("aria-label", `${button.title}. Change to ${NAMES[NEXT[scheme]]}`);
    };
    button.type = "button";
    button.className = "tool scheme";
    name(chosen());
    let current = chosen();
    button.addEventListener("click", () => {
      current = NEXT[current];
      try {
        if (current) localStorage.setItem(KEY, current);
        else localStorage.removeItem(KEY);
      } catch {
        // A browser that stores nothing still changes.
      }
      show(current);
      name(current);
    });
    // Another window of the site has chosen.
    addEventListener("storage", () => {
      current = chosen();
      show(current);
      name(current);
    });
    bar.append(button);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", addButton);
  else addButton();
})();
