// The search page: the words and what narrows them stand in the address, so that a search can be shared
// and "back" leads to the one before. The engine, the results and the keys are those of the search box.
(() => {
  const page = document.querySelector(".search-page");
  if (!page || page.querySelector("form")) return;
  const { element } = reader;

  const STEP = 20; // documents at once
  const OPEN = 8; // values of a facet before the others are folded away
  const FACETS = {
    document: "Document", kind: "Kind of document", issuer: "Issuer", year: "Year",
    administration: "Administration", program: "Program", country: "Country",
  };

  const field = element("input", {
    type: "search", name: "q", id: "search-words", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search",
  });
  const form = element(
    "form", { class: "search-form", role: "search", action: reader.address("search/") },
    element("label", { for: "search-words", class: "only-heard" }, "Search the documents"),
    element("div", {}, field, element("button", {}, "Search")),
  );
  const help = element("p", { class: "search-help" }, reader.SEARCH_HELP);
  const chosen = element("ul", { class: "search-chosen", "aria-label": "Narrowed to" });
  const count = element("p", { class: "search-count", role: "status" });
  const list = element("div", { class: "search-list" });
  const more = element("button", { type: "button", class: "search-more", hidden: true }, "More documents");
  const facets = element("details", { class: "search-facets", hidden: true }, element("summary", {}, "Narrow the search"));
  const groups = element("div", {});
  facets.append(groups);
  page.replaceChildren(form, help, element("div", { class: "search-columns" }, facets,
    element("div", { class: "search-found" }, chosen, count, list, more)));

  const wide = matchMedia("(min-width: 60em)");
  const unfold = () => (facets.open = wide.matches);
  wide.addEventListener("change", unfold);
  unfold();
  facets.addEventListener("toggle", () => {
    if (facets.open && !groups.childElementCount && field.value.trim()) searching.now();
  });

  let filters = {}, limit = STEP, settled = true, titles = new Map();

  const read = () => {
    const state = reader.state();
    field.value = state.get("q") ?? "";
    filters = Object.fromEntries(Object.keys(FACETS).map((facet) => [facet, state.getAll(facet)]));
    limit = STEP;
  };
  // An address made by hand may name a country or program by its key.
  const nameKeys = async () => {
    const kinds = ["program", "country"].filter((kind) => filters[kind].length);
    if (kinds.length) await reader.engine().catch(() => {});
    for (const kind of kinds) filters[kind] = await Promise.all(filters[kind].map((key) => reader.names?.named(kind, key) ?? key));
  };
  const address = () => {
    const url = new URL(location.href);
    url.search = url.hash = "";
    if (field.value.trim()) url.searchParams.set("q", field.value.trim());
    for (const [facet, values] of Object.entries(filters)) for (const value of values) url.searchParams.append(facet, value);
    return url;
  };
  // While words are typed they are one step of the history; what is chosen or sent is one of its own.
  const note = (settles) => {
    const url = address();
    if (url.href !== location.href) {
      if (settled) history.pushState(null, "", url);
      else history.replaceState(null, "", url);
    }
    settled = settles;
  };

  const choose = (facet, value, on) => {
    filters[facet] = filters[facet].filter((one) => one !== value);
    if (on) filters[facet].push(value);
    limit = STEP;
    settled = true;
    note(true);
    searching.now();
  };

  const named = (facet, value) =>
    inCapitals(facet === "document" ? (titles.get(value) ?? value.replace(/^documents\/|\/$/g, "").replaceAll("-", " ")) : value);
  const inCapitals = (text) => text.charAt(0).toUpperCase() + text.slice(1);

  const option = (facet, value, number) => {
    const box = element("input", { type: "checkbox", value });
    box.checked = filters[facet].includes(value);
    box.addEventListener("change", () => choose(facet, value, box.checked));
    return element("li", {}, element("label", {}, box, element("span", {}, named(facet, value)),
      element("span", { class: "search-number" }, number.toLocaleString("en"))));
  };
  const group = (facet, counts) => {
    const values = Object.entries({ ...Object.fromEntries(filters[facet].map((value) => [value, 0])), ...counts });
    if (!values.length || (facet === "document" && !filters.document.length)) return null;
    values.sort(([one, many], [other, few]) => (facet === "year" ? other.localeCompare(one) : few - many || one.localeCompare(other)));
    const options = values.map(([value, number]) => option(facet, value, number));
    const hidden = options.slice(OPEN);
    const held = hidden.some((item) => item.querySelector(":checked"));
    const wasOpen = groups.querySelector(`details[data-facet="${facet}"]`)?.open;
    return element(
      "fieldset", {},
      element("legend", {}, FACETS[facet]),
      element("ul", {}, ...options.slice(0, OPEN)),
      hidden.length
        ? element("details", { "data-facet": facet, open: held || wasOpen },
            element("summary", {}, `${hidden.length.toLocaleString("en")} more`), element("ul", {}, ...hidden))
        : null,
    );
  };
  const showFacets = (counts, total) => {
    const focused = document.activeElement?.closest?.(".search-facets input")?.value;
    groups.replaceChildren(...Object.keys(FACETS).map((facet) => group(facet, counts[facet] ?? {})).filter(Boolean));
    const offers = total || Object.values(counts).some((values) => Object.keys(values).length);
    facets.hidden = !offers || (facets.open ? !groups.childElementCount : !field.value.trim());
    if (focused !== undefined) [...groups.querySelectorAll("input")].find((box) => box.value === focused)?.focus();
  };
  const showChosen = () => {
    chosen.replaceChildren(
      ...Object.entries(filters).flatMap(([facet, values]) =>
        values.map((value) => {
          const button = element("button", { type: "button", title: "Remove" }, element("span", { class: "only-heard" }, `Remove ${FACETS[facet]}: `), named(facet, value));
          button.addEventListener("click", () => {
            choose(facet, value, false);
            field.focus();
          });
          return element("li", {}, button);
        }),
      ),
    );
    chosen.hidden = !chosen.childElementCount;
  };

  const onlyHere = (found) => {
    if (filters.document.length) return null;
    const button = element("button", { type: "button", class: "search-only" }, "only this document");
    button.addEventListener("click", () => choose("document", found.address, true));
    return button;
  };

  const searching = reader.searching({
    ask: () => [field.value, { filters, limit, facets: facets.open }],
    shown: (answer, query) => {
      for (const found of answer.documents) titles.set(found.address, found.title);
      const asked = query.trim();
      count.textContent = asked ? reader.results.told(answer, query) : "";
      if (asked) reader.results.show(list, answer, query, { narrow: onlyHere, search: (words) => send(words) });
      else list.replaceChildren();
      help.hidden = Boolean(asked && answer.total);
      more.hidden = answer.total <= limit;
      showFacets((asked && answer.facets) || {}, asked && answer.total);
      showChosen();
      document.title = document.title.replace(/^(?:.* – )?/, asked ? `${asked} – ` : "");
    },
    count,
  });

  const send = (words) => {
    field.value = words;
    limit = STEP;
    settled = true;
    note(true);
    searching.now();
  };

  reader.walk(page, field);
  field.addEventListener("input", () => {
    limit = STEP;
    note(false);
    searching.soon();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    settled = true;
    note(true);
    searching.now();
  });
  more.addEventListener("click", async () => {
    const shown = list.querySelectorAll(".found-document").length;
    limit += STEP;
    await searching.now();
    list.querySelectorAll(".found-document")[shown]?.querySelector(".found-passage")?.focus();
  });
  addEventListener("popstate", () => {
    read();
    settled = true;
    nameKeys().then(searching.now);
  });

  read();
  if (field.value || Object.values(filters).some((values) => values.length)) {
    count.textContent = "Searching …";
    nameKeys().then(searching.now);
  }
  if (!field.value && !matchMedia("(pointer: coarse)").matches) field.focus();
})();
