// Brings the scripts of tables to the pages that have one; all others do without them. The fields that
// tables and concordances have in common stand here, too.
//
//   reader.tables().then(() => reader.table({ … }))   // for a script of your own, see table.js
(() => {
  if (!globalThis.reader || reader.tables) return;
  const { element } = reader;
  const PAUSE = 180; // milliseconds without a key before words are looked for: about one stroke of a slow typist
  const run = (name) => reader.script(`assets/javascripts/${name}.js`);

  reader.tables = () => Promise.all(["fold", "table_rows", "table_controls"].map(run)).then(() => run("table"));

  const labeled = (label, control) => element("label", {}, element("span", {}, label), control);

  // A field for words, which are looked for once nobody types.
  const finder = (act) => {
    const field = element("input", { type: "search", name: "find", autocomplete: "off", spellcheck: "false" });
    let waiting = 0;
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => act(field.value.trim()), PAUSE);
    });
    return field;
  };

  // A list to choose from: [[value, words], …].
  const list = (name, choices, act) => {
    const made = element("select", { name }, ...choices.map(([value, words]) => element("option", { value }, words)));
    made.addEventListener("change", () => act({ [name]: made.value }));
    return made;
  };

  // Says in a place what could not be read. Nothing else is lost: what the page has without scripts stays.
  const failed = (place, what) => (error) => {
    let line = place.querySelector(":scope > .not-read");
    if (!line) place.prepend((line = element("p", { class: "hint not-read", role: "alert" })));
    line.textContent = `${what} could not be read (${error.message}). Reload the page to try again.`;
  };

  reader.fields = { labeled, finder, list, failed };

  const place = document.querySelector("[data-rows]");
  const own = place && [...(place.dataset.rows === "figures" ? ["figure_rows"] : []), `${place.dataset.rows}_table`];
  if (own) reader.tables().then(() => Promise.all(own.map(run))).catch(failed(place, "What sorts and filters this table"));
})();
