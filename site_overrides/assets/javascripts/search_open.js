// Opens the search box, on every page, by "/" or the control in the header. What searches is loaded when it
// is first used: then `reader.engine()` gives it, by search/engine.json.
(() => {
  if (!globalThis.reader || reader.engine) return;
  const { element } = reader;

  const SHARED = ["fold", "search_words", "search_query", "search_weigh"];
  const ENGINES = {
    passages: [...SHARED, "search_figure", "search_index", "search_small"],
    shards: [...SHARED, "search_large"],
  };
  const SHOWN = ["search_sentence", "search_names", "search_results", "search_typing"];

  // Scripts that are asked for together run in that order.
  const scripts = (names) => Promise.all(names.map((name) => reader.script(`assets/javascripts/${name}.js`)));

  // What searches; without a name, what engine.json says. Where it failed, it may be there the next time.
  const engines = new Map();
  reader.engine = (name = "") => {
    const load = async () => {
      const about = await reader.data("search/engine.json");
      const kind = name || about.engine;
      await scripts(ENGINES[kind]);
      const engine = reader.engines[kind](kind === about.engine ? about : {});
      await engine.ready;
      return engine;
    };
    if (!engines.has(name)) {
      engines.set(name, load());
      engines.get(name).catch(() => engines.delete(name));
    }
    return engines.get(name);
  };

  // A style sheet stands behind the search's own: what a collection adds comes after all of ours.
  let last = document.querySelector('link[href$="/search.css"]');
  const style = (name) =>
    new Promise((resolve) => {
      const href = reader.address(`assets/stylesheets/${name}.css`);
      const link = element("link", { rel: "stylesheet", href });
      link.onload = link.onerror = resolve;
      last.after(link);
      last = link;
    });
  // What shows the results; `name` shows them in its place, and has a style sheet of that name.
  const shows = (name) =>
    Promise.all([style("search_results"), style(name), scripts([...SHARED, ...SHOWN])]).then(() => scripts([name]));

  if (document.querySelector(".search-page")) shows("search_page");

  // The box takes keys at once; it is seen when its styles are there.
  const make = () => {
    const field = element("input", {
      type: "text", inputmode: "search", name: "q", id: "search-field", placeholder: "Search the documents",
      autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search",
    });
    const form = element(
      "form", { class: "search-line", role: "search", action: reader.address("search/") },
      element("label", { for: "search-field", class: "only-heard" }, "Search the documents"),
      field,
    );
    const box = element("dialog", { class: "search-box", "aria-label": "Search" }, form);
    document.body.append(box);
    return { box, field };
  };
  let made, shown;
  const open = () => {
    const onPage = document.querySelector(".search-page input[type=search]");
    if (onPage) return onPage.select();
    made ??= make();
    if (!made.box.open) made.box.showModal();
    made.field.select();
    reader.engine().catch(() => {}); // it is told when the first words are looked for
    shown ??= shows("search_box").then(
      () => made.box.classList.add("ready"),
      () => {
        shown = null;
        made.box.classList.add("ready");
        made.field.placeholder = "The search could not be loaded. Try again in a moment.";
      },
    );
  };

  // Without a script the control is a link to the search page.
  for (const link of document.querySelectorAll("a.search-open")) {
    const button = element("button", { type: "button", class: "search-open", "aria-haspopup": "dialog" }, ...link.childNodes);
    button.addEventListener("click", open);
    link.replaceWith(button);
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    // Right after the box was closed its field may still have the focus; nobody writes in it.
    const writing = event.target.closest("input, textarea, select, [contenteditable], dialog[open]");
    if (writing?.checkVisibility()) return;
    event.preventDefault();
    open();
  });

  // Who comes from a result finds its words marked.
  const land = () => reader.remembered("search-landing") && scripts(["search_landing"]);
  addEventListener("hashchange", land);
  land();
})();
