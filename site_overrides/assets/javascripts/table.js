// Makes a table that stands complete in the page sortable and filterable over all its rows, with the state in
// the address and "Download what I see". What the page shows without JavaScript stays until it is first used.
//
//   reader.table({
//     place,          // the element that holds the <table> (its <th data-sort="key"> become buttons)
//     others,         // elements hidden while our rows stand: pagers, further tables
//     words: ["claim", "claims"],
//     total,          // how many rows there are in all
//     first,          // the order in which the page's own rows stand, where it is not "Newest first"
//     facets: [{ key, label, any, of: row → value or values, name: value → words }],
//     sorts: [{ key, label, down: "largest first", up: "smallest first", of: row → number or string, first: "up",
//                    whole: true where it reads what `needs` fetches; group: row → key, heading: key → words, without }],
//     options: async () => ({ unit: [["USD", "USD", 12], …] }),   // what filters offer before the rows are there
//     load: async (progress) => rows,                              // called at first use; keep what you have read
//     text: row → string, needs: async (rows, progress) => {},     // fetch what `text`, `paint` and `csv` read
//     paint: row → <tr>, columns: 4,
//     csv: { name: "claims.csv", head: [...], row: row → [...] },
//   });
//
// A list whose rows stand in the page already gives them in `load` and leaves `needs` and `options` out.
(() => {
  if (!globalThis.reader || reader.table) return;
  const { element, counted } = reader;
  const FIRST = 60; // rows painted at once: so many are there before the eye has moved
  const STEP = 100; // and with each "more"

  // What the address asks for.
  const asked = ({ facets }) => {
    const state = reader.state();
    return {
      query: state.get("find") || "",
      sort: state.get("sort") || "",
      chosen: Object.fromEntries(facets.map(({ key }) => [key, state.get(key) || ""])),
    };
  };
  const sorting = ({ sorts }, sort) => sorts.find(({ key }) => key === sort.replace(/^-/, ""));

  const heading = (name, columns) =>
    element("tr", { class: "group-heading" }, element("th", { colspan: columns, scope: "colgroup" }, name));

  // Of a row's group, where rows are sorted by value within units; what has no value is a group of its own.
  const groupOf = (by, row) => (by.of(row) == null ? { name: by.without } : { key: by.group(row), name: by.heading(by.group(row)) });

  // The rows of some places in what was found; a group's heading stands before its first row.
  const painted = ({ given, known, found }, from, to) => {
    const by = sorting(given, asked(given).sort);
    const made = [];
    for (let n = from; n < to; n += 1) {
      const row = known.rows[found[n]];
      if (by?.group) {
        const group = groupOf(by, row);
        const before = n ? groupOf(by, known.rows[found[n - 1]]) : {};
        if (group.name !== before.name || group.key !== before.key) made.push(heading(group.name, given.columns));
      }
      made.push(given.paint(row));
    }
    return made;
  };

  const nothing = ({ words, columns }) => element("tr", { class: "nothing" },
    element("td", { colspan: columns }, `No ${words[0]} is left. Take back a filter, or look for other words.`));

  // Heads become buttons; the first press sorts as the column says first, the second the other way.
  const makeHeads = (given, change) => {
    const heads = [...given.place.querySelectorAll("th[data-sort]")];
    for (const head of heads) {
      const by = sorting(given, head.dataset.sort);
      if (!by) continue;
      const [up, down] = [by.up ? by.key : "", by.down ? `-${by.key}` : ""];
      const [first, second] = by.first === "up" ? [up, down] : [down, up];
      const button = reader.button("", () => change({ sort: asked(given).sort === first ? second : first }), { class: "sort" });
      button.replaceChildren(...head.childNodes);
      head.append(button);
    }
    return (sort) => heads.forEach((head) => {
      if (head.dataset.sort !== sort.replace(/^-/, "")) head.removeAttribute("aria-sort");
      else head.setAttribute("aria-sort", sort.startsWith("-") ? "descending" : "ascending");
    });
  };

  // What changes as a table is used: `found` are the places of the rows shown, or null while the page's own stand;
  // `turn` counts what was asked, so that a late answer to an earlier question is dropped.
  const liveTable = (given) => {
    const table = given.place.querySelector("table");
    return { given, table, still: table.tBodies[0], needs: given.needs || (async () => {}), found: null, shown: 0, known: null, turn: 0 };
  };
  const latest = (live) => {
    const own = (live.turn += 1);
    return () => live.turn === own;
  };
  const rowsAt = ({ known, found }, from, to) => found.slice(from, to).map((n) => known.rows[n]);
  const tellRest = ({ controls, found, shown }) => {
    const left = found ? found.length - shown : 0;
    controls.rest(left, Math.min(STEP, left));
  };
  const progress = (live) => (sentence) => live.controls.busy(sentence);
  const whole = ({ given }) => counted(given.total, ...given.words);

  const more = async (live) => {
    const isLatest = latest(live);
    const to = Math.min(live.found.length, live.shown + STEP);
    await live.needs(rowsAt(live, live.shown, to), progress(live));
    if (!isLatest()) return;
    const rows = painted(live, live.shown, to);
    live.table.tBodies[0].append(...rows);
    live.shown = to;
    tellRest(live);
    live.controls.busy("");
    rows[0]?.querySelector("a")?.focus({ preventScroll: true });
    reader.tell(`${to.toLocaleString("en")} of ${counted(live.found.length, ...live.given.words)} stand in the table`);
  };

  // The page's own rows, as they stood.
  const showStill = async (live, state, isLatest) => {
    live.given.others?.forEach((other) => (other.hidden = false));
    if (live.table.tBodies[0] !== live.still) live.table.tBodies[0].replaceWith(live.still);
    live.found = null;
    tellRest(live);
    const offered = live.given.options ? await live.given.options() : null;
    if (isLatest()) live.controls.show(state, offered, whole(live));
  };

  const showFound = async (live, state, isLatest) => {
    const { given, needs, table, controls } = live;
    const rows = await given.load(progress(live));
    if (state.query || sorting(given, state.sort)?.whole) await needs(rows, progress(live));
    if (!isLatest()) return;
    if (live.known?.rows !== rows) live.known = reader.rows(rows, given);
    const { places, counts } = live.known.find(state);
    await needs(places.slice(0, FIRST).map((n) => rows[n]), progress(live));
    if (!isLatest()) return;
    live.found = places;
    live.shown = Math.min(FIRST, places.length);
    table.tBodies[0].replaceWith(element("tbody", {}, ...(places.length ? painted(live, 0, live.shown) : [nothing(given)])));
    given.others?.forEach((other) => (other.hidden = true));
    controls.busy("");
    tellRest(live);
    const offered = Object.fromEntries(given.facets.map(({ key, name = String }) =>
      [key, [...counts[key]].map(([value, count]) => [value, name(value), count])]));
    controls.show(state, offered, `${places.length.toLocaleString("en")} of ${whole(live)}`);
  };

  const save = async (live) => {
    const { csv, load } = live.given;
    const rows = live.found ? rowsAt(live, 0) : await load(progress(live));
    await live.needs(rows, progress(live));
    live.controls.busy("");
    reader.download(csv.name, "text/csv", reader.csv([csv.head, ...rows.map(csv.row)]));
  };

  reader.table = (given) => {
    const { place, facets, sorts } = given;
    if (place.dataset.live || !place.querySelector("table")) return;
    place.dataset.live = "yes";
    const live = liveTable(given);
    const told = (error) => live.controls.busy(`The rows could not be read: ${error.message}`);
    const refresh = () => {
      const state = asked(given);
      mark(state.sort);
      const asks = state.query || state.sort || Object.values(state.chosen).some(Boolean);
      return (asks ? showFound : showStill)(live, state, latest(live)).catch(told);
    };
    const change = (values, isNew = true) => {
      reader.setState(values, isNew);
      return refresh();
    };
    const clear = () => change(Object.fromEntries(["find", "sort", ...facets.map(({ key }) => key)].map((key) => [key, ""])));
    const mark = makeHeads(given, change);
    live.controls = reader.tableControls({
      first: given.first, words: given.words, facets, sorts, change, clear,
      more: () => more(live).catch(told), save: () => save(live).catch(told),
    });
    live.table.before(live.controls.above);
    live.table.after(live.controls.below);
    addEventListener("popstate", refresh);
    refresh().then(() => {
      // Who follows a link to some of the rows wants to see them.
      const [arrival] = performance.getEntriesByType("navigation");
      if (live.found && !location.hash && arrival?.type === "navigate") place.scrollIntoView();
    });
  };
})();
