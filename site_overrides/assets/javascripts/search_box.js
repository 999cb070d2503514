// The search box, on every page: "/" or the control in the header opens it. Nothing is loaded before it
// is first used; then `reader.engine()` gives what searches, by search/engine.json.
(() => {
  if (!globalThis.reader || reader.engine) return;
  const { element } = reader;
  const DELAY = 50; // milliseconds after a key before the search begins
  const SHOWN = 6; // documents in the box; the search page shows all

  const SCRIPTS = { passages: "search_small.js", pagefind: "search_large.js" };
  const HELPS = { passages: ["search_facets.js", "search_near.js", "search_figure.js"], pagefind: [] };
  const script = (name) => reader.script(`assets/javascripts/${name}`);
  let engine;
  reader.engine = () => {
    const load = async () => {
      const [about] = await Promise.all([reader.data("search/engine.json"), script("search_words.js")]);
      await Promise.all([...HELPS[about.engine], "search_names.js", "search_results.js"].map(script));
      await script(SCRIPTS[about.engine]);
      return reader.engines[about.engine](about);
    };
    engine ??= load();
    engine.catch(() => (engine = undefined)); // it may be there the next time
    return engine;
  };

  // Searches as the words change; an answer that is no longer asked for is dropped. `ask` gives
  // [query, options], `shown` gets the answer, `failed` the reason why there is none.
  reader.searching = ({ ask, shown, failed }) => {
    let number = 0, timer;
    const search = async () => {
      const mine = ++number;
      const [query, options] = ask();
      try {
        const answer = await (await reader.engine()).search(query, options);
        await reader.names.add(answer, query, options);
        if (mine === number) shown(answer, query);
      } catch (reason) {
        if (mine === number) failed(reason);
      }
    };
    return {
      now: search,
      soon: () => {
        clearTimeout(timer);
        timer = setTimeout(search, DELAY);
      },
      drop: () => {
        clearTimeout(timer);
        number++;
      },
    };
  };
  reader.SEARCH_HELP =
    "All words, in any order; “quotation marks” keep words together. $1.2bn, 1.2 billion and 1,200,000,000 are one number.";
  reader.SEARCH_FAILED = "The search could not be loaded. Try again in a moment.";

  if (document.querySelector(".search-page")) script("search_page.js");

  const make = () => {
    const field = element("input", {
      type: "text", inputmode: "search", name: "q", id: "search-field", placeholder: "Search the documents",
      autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search",
    });
    const close = element("button", { type: "button", class: "search-close" }, element("span", {}, "Close"));
    const form = element(
      "form", { class: "search-line", role: "search", action: reader.address("search/") },
      element("label", { for: "search-field", class: "only-heard" }, "Search the documents"),
      field, close,
    );
    const count = element("p", { class: "search-count", role: "status" });
    const list = element("div", { class: "search-list" });
    const help = element("p", { class: "search-help" }, reader.SEARCH_HELP);
    const all = element("a", { class: "search-all", hidden: true });
    const keys = element("p", { class: "search-keys", "aria-hidden": "true" });
    for (const [key, does] of [["↑ ↓", "move"], ["Enter", "open"], ["Esc", "close"]]) {
      keys.append(element("span", {}, element("kbd", {}, key), ` ${does}`));
    }
    const box = element(
      "dialog", { class: "search-box", "aria-label": "Search" },
      form, help, count, list, element("div", { class: "search-foot" }, all, keys),
    );
    document.body.append(box);

    const searching = reader.searching({
      ask: () => [field.value, { limit: SHOWN, typing: true }],
      shown: (answer, query) => {
        count.textContent = reader.results.told(answer, query);
        reader.results.show(list, answer, query, { search: searchFor });
        list.scrollTop = 0;
        const address = new URL(reader.address("search/"));
        address.searchParams.set("q", query.trim());
        all.href = address.href;
        all.hidden = !answer.total;
        all.textContent = answer.total > SHOWN ? `All ${reader.results.plural(answer.total, "document")}` : "Open in the search page";
      },
      failed: () => (count.textContent = reader.SEARCH_FAILED),
    });
    const update = () => {
      if (field.value.trim()) {
        if (!list.childElementCount) count.textContent = "Searching …";
        searching.soon();
      } else {
        searching.drop();
        delete list.dataset.query;
        list.replaceChildren();
        count.textContent = "";
        all.hidden = true;
      }
    };
    const searchFor = (words) => {
      field.value = words;
      field.focus();
      update();
    };

    // The arrows walk from the field through what can be opened, and back.
    const walk = (event) => {
      if (!["ArrowDown", "ArrowUp"].includes(event.key) || event.isComposing) return;
      const stops = [field, ...box.querySelectorAll(".found-name, .found-passage, .found-near, summary, .search-all")].filter(
        (stop) => stop.checkVisibility(),
      );
      const step = event.key === "ArrowDown" ? 1 : -1;
      const next = stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length];
      event.preventDefault();
      next.focus();
      next.scrollIntoView({ block: "nearest" });
    };

    field.addEventListener("input", update);
    form.addEventListener("submit", (event) => field.value.trim() || event.preventDefault());
    close.addEventListener("click", () => box.close());
    box.addEventListener("keydown", walk);
    box.addEventListener("click", (event) => {
      if (event.target === box) box.close(); // beside the box
      // A hit in the page that is already open: the box stands in its way.
      const link = event.target.closest("a.found-passage, a.found-title");
      if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) box.close();
    });
    return { box, field };
  };

  let made;
  const open = () => {
    const onPage = document.querySelector(".search-page input[type=search]");
    if (onPage) return onPage.select();
    made ??= make();
    if (!made.box.open) made.box.showModal();
    made.field.select();
    reader.engine().catch(() => {}); // it is told when the first words are looked for
  };

  // Without a script the control is a link to the search page.
  for (const link of document.querySelectorAll("a.search-open")) {
    const button = element("button", { type: "button", class: "search-open", "aria-haspopup": "dialog" }, ...link.childNodes);
    button.addEventListener("click", open);
    link.replaceWith(button);
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable], dialog[open]")) return;
    event.preventDefault();
    open();
  });
})();
