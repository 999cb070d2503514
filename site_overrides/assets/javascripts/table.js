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
  const FIRST = 60; // rows painted at once: so many are there before the eye has moved
  const STEP = 100; // and with each "more"
  const PAUSE = 180; // milliseconds without a key before a query is looked for

  // Runs what is asked last and drops the answers of what was asked before.
  const latest = () => {
    let asked = 0;
    return () => {
      const own = (asked += 1);
      return () => own === asked;
    };
  };

  reader.table = (given) => {
    const { place, others = [], words, total, facets, sorts, paint, csv } = given;
    const table = place.querySelector("table");
    if (!table || place.dataset.live) return;
    place.dataset.live = "yes";
    const still = table.tBodies[0];
    const needs = given.needs || (async () => {});
    const turn = latest();
    let found = null; // what is shown, or null while the page's own rows stand
    let shown = 0;
    let known = null; // reader.rows over what is loaded

    const read = () => {
      const state = reader.state();
      return {
        query: state.get("find") || "",
        sort: state.get("sort") || "",
        chosen: Object.fromEntries(facets.map(({ key }) => [key, state.get(key) || ""])),
      };
    };
    const counted = (number) => `${number.toLocaleString("en")} ${words[number === 1 ? 0 : 1]}`;
    const progress = (sentence) => controls.busy(sentence);

    const sorting = ({ sort }) => sorts.find(({ key }) => key === sort.replace(/^-/, ""));

    // A group's heading stands before its first row where rows are sorted by value within units.
    const painted = (from, to) => {
      const by = sorting(read());
      const made = [];
      for (let n = from; n < to; n += 1) {
        const row = known.rows[found[n]];
        const group = by?.group && by.of(row) != null ? by.group(row) : null;
        const before = n > 0 && by?.group ? known.rows[found[n - 1]] : null;
        if (by?.group && by.of(row) == null && (!before || by.of(before) != null)) made.push(heading(by.without));
        else if (group != null && (!before || by.group(before) !== group)) made.push(heading(by.heading(group)));
        made.push(paint(row));
      }
      return made;
    };
    const heading = (name) =>
      reader.element("tr", { class: "group-heading" },
        reader.element("th", { colspan: given.columns, scope: "colgroup" }, name));

    const nothing = () =>
      reader.element("tr", { class: "nothing" },
        reader.element("td", { colspan: given.columns }, `No ${words[0]} is left. Take back a filter, or look for other words.`));

    const more = async () => {
      const current = turn();
      const to = Math.min(found.length, shown + STEP);
      await needs(found.slice(shown, to).map((n) => known.rows[n]), progress);
      if (!current()) return;
      const rows = painted(shown, to);
      table.tBodies[0].append(...rows);
      shown = to;
      controls.rest(shown, found.length);
      controls.busy("");
      rows[0]?.querySelector("a")?.focus({ preventScroll: true });
      reader.tell(`${shown.toLocaleString("en")} of ${counted(found.length)} stand in the table`);
    };

    const settle = (live) => {
      others.forEach((other) => (other.hidden = live));
      if (!live && table.tBodies[0] !== still) table.tBodies[0].replaceWith(still);
    };

    // The page's own rows, as they stood.
    const rest = async (state, current) => {
      settle(false);
      found = null;
      controls.rest(0, 0);
      const offered = given.options ? await given.options() : null;
      if (current()) controls.show(state, offered, counted(total));
    };

    const show = async () => {
      const state = read();
      const current = turn();
      mark(state.sort);
      if (!state.query && !state.sort && !Object.values(state.chosen).some(Boolean)) return rest(state, current);
      const rows = await given.load(progress);
      if (state.query || sorting(state)?.whole) await needs(rows, progress);
      if (!current()) return;
      if (known?.rows !== rows) known = reader.rows(rows, given);
      const { places, counts } = known.find(state);
      await needs(places.slice(0, FIRST).map((n) => rows[n]), progress);
      if (!current()) return;
      found = places;
      shown = Math.min(FIRST, found.length);
      const body = reader.element("tbody", {}, ...(shown ? painted(0, shown) : [nothing()]));
      table.tBodies[0].replaceWith(body);
      settle(true);
      controls.busy("");
      controls.rest(shown, found.length);
      const offered = Object.fromEntries(facets.map(({ key, name = String }) =>
        [key, [...counts[key]].map(([value, count]) => [value, name(value), count])]));
      controls.show(state, offered, `${found.length.toLocaleString("en")} of ${counted(total)}`);
    };
    const told = (error) => controls.busy(`The rows could not be read: ${error.message}`);
    const refresh = () => show().catch(told);

    const change = (values, isNew = true) => {
      reader.setState(values, isNew);
      return refresh();
    };
    const clear = () => change(Object.fromEntries(["find", "sort", ...facets.map(({ key }) => key)].map((key) => [key, ""])));

    const save = async () => {
      const rows = found ? found.map((n) => known.rows[n]) : await given.load(progress);
      await needs(rows, progress);
      controls.busy("");
      reader.download(csv.name, "text/csv", reader.csv([csv.head, ...rows.map(csv.row)]));
    };

    // Heads become buttons; the first press sorts as the column says first, the second the other way.
    const heads = [...place.querySelectorAll("th[data-sort]")];
    heads.forEach((head) => {
      const by = sorts.find(({ key }) => key === head.dataset.sort);
      if (!by) return;
      const button = reader.element("button", { type: "button", class: "sort" }, ...head.childNodes);
      button.addEventListener("click", () => {
        const now = read().sort;
        const [up, down] = [by.up ? by.key : "", by.down ? `-${by.key}` : ""];
        const [first, second] = by.first === "up" ? [up, down] : [down, up];
        change({ sort: now === first ? second : first });
      });
      head.append(button);
    });
    const mark = (sort) => heads.forEach((head) => {
      if (head.dataset.sort !== sort.replace(/^-/, "")) head.removeAttribute("aria-sort");
      else head.setAttribute("aria-sort", sort.startsWith("-") ? "descending" : "ascending");
    });

    let waiting = 0;
    const controls = reader.tableControls({
      first: given.first, facets, sorts, words, change, clear, more: () => more().catch(told), save: () => save().catch(told),
      typed: (query) => {
        clearTimeout(waiting);
        waiting = setTimeout(() => change({ find: query }, false), PAUSE);
      },
    });
    table.before(controls.above);
    table.after(controls.below);
    addEventListener("popstate", refresh);
    refresh().then(() => {
      // Who follows a link to some of the rows wants to see them.
      const [arrival] = performance.getEntriesByType("navigation");
      if (found && !location.hash && arrival?.type === "navigate") place.scrollIntoView();
    });
  };
})();
