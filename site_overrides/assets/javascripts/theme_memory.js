// What the theme's own script expects of its pages, which write it inline: its memory in this browser.
// It is loaded only where a collection asks for features of the theme.
(() => {
  if (globalThis.__md_get) return;
  const base = JSON.parse(document.getElementById("__config").textContent).base;
  const scope = new URL(base, location);
  const key = (name, place) => `${place.pathname}.${name}`;
  globalThis.__md_scope = scope;
  globalThis.__md_hash = (text) =>
    [...text].reduce((sum, character) => (sum << 5) - sum + character.charCodeAt(0), 0);
  globalThis.__md_get = (name, store = localStorage, place = scope) =>
    JSON.parse(store.getItem(key(name, place)));
  globalThis.__md_set = (name, value, store = localStorage, place = scope) => {
    try {
      store.setItem(key(name, place), JSON.stringify(value));
    } catch {
      // A browser that stores nothing still reads.
    }
  };
})();
