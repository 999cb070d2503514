// The concordance of an entity: every mention in one line, its words in a column. Grouped by document, newest
// first, or sorted by what stands to the left or right; the choice is in the address. Its rows are those of
// mentions.json beside each page of the entity, read part by part.
(() => {
  if (!globalThis.reader || reader.concordance) return;
  const { element } = reader;
  const AT_FIRST = 4; // parts that are read without being asked for
  const AT_ONCE = 6; // and with each "more"
  const STEP = 300; // lines painted at once
  const PAUSE = 180; // milliseconds without a key before a query is looked for
  const LONG = 15; // characters; where an entity has longer words, they may take several lines
  const WIDTHS = [["40", "40 characters"], ["", "80 characters"], ["160", "160 characters"], ["sentence", "The sentence"]];
  const ORDERS = [["", "Document and date"], ["left", "Words to the left"], ["right", "Words to the right"]];
  const HEAD = ["address", "document", "title", "date", "issuer", "paragraph", "left", "words", "right"];

  const number = (count) => count.toLocaleString("en");
  const plural = (count, one) => `${number(count)} ${one}${count === 1 ? "" : "s"}`;

  reader.concordance = (section) => {
    const { folder } = section.dataset;
    const parts = Number(section.dataset.parts);
    const mentions = Number(section.dataset.mentions);
    const rows = [];
    let read = 0; // parts
    let lines = [];
    let shown = 0;

    const state = () => {
      const values = reader.state();
      const width = values.get("width") || "";
      return {
        query: values.get("find") || "",
        by: values.get("sort") || "",
        width: width === "sentence" ? width : Number(width) || 80,
      };
    };

    // Controls
    const select = (name, options) => {
      const made = element("select", { name }, ...options.map(([value, label]) => element("option", { value }, label)));
      made.addEventListener("change", () => change({ [name]: made.value }, true));
      return made;
    };
    const button = (label, act) => {
      const made = element("button", { type: "button" }, label);
      made.addEventListener("click", act);
      return made;
    };
    const labeled = (label, control) => element("label", {}, element("span", {}, label), control);
    const find = element("input", { type: "search", name: "find", autocomplete: "off", spellcheck: "false" });
    const width = select("width", WIDTHS);
    const order = select("sort", ORDERS);
    const count = element("span", { class: "table-count", role: "status" });
    const further = button("", () => paint(true));
    const next = button("", () => load(AT_ONCE).then(refresh));
    const all = button("", () => load(parts).then(refresh));
    const body = element("table", { class: "lines" },
      element("caption", { class: "only-heard" }, "Each mention in one line, in its context"),
      element("thead", {}, element("tr", {},
        ...[["at", "Passage"], ["left", "Before"], ["words", "Words"], ["right", "After"]].map(([name, label]) =>
          element("th", { scope: "col", class: name }, label)))));
    const below = element("p", { class: "table-more" }, further, next, all);
    const place = element("div", { class: "concordance" },
      element("div", { class: "table-tools" },
        element("div", { class: "table-filters" },
          labeled("Find in the lines", find), labeled("Context on each side", width), labeled("Order", order)),
        element("p", { class: "table-line" }, count, button("Download these lines", () => save()))),
      body, below);

    let waiting = 0;
    find.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => change({ find: find.value.trim() }, false), PAUSE);
    });
    const change = (values, isNew) => {
      reader.setState(values, isNew);
      refresh();
    };

    // Lines
    const link = (row) => reader.address(`documents/${row.document}/`) + (row.paragraph && `#p${row.paragraph}`);
    const heading = (row) =>
      element("tr", { class: "of-document" },
        element("th", { colspan: 4, scope: "rowgroup" },
          element("a", { href: reader.address(`documents/${row.document}/`) }, row.title),
          element("small", {}, [row.dated, row.issuer].filter(Boolean).join(" · "))));
    const line = (row, grouped, wide) => {
      const { left, right, cutLeft, cutRight } = reader.concordanceLines.cut(row, wide);
      const year = grouped ? null : (row.date || "n.d.").slice(0, 4);
      return element("tr", { class: "line" },
        element("td", { class: "at" },
          element("a", { class: "passage-link", href: link(row), "data-number": row.paragraph, "data-year": year, title: grouped ? null : row.title,
            "aria-label": `Paragraph ${row.paragraph}${grouped ? "" : ` of ${row.title}, ${row.dated}`}` })),
        element("td", { class: cutLeft ? "left more-left" : "left" }, left),
        element("td", { class: "words" }, row.words),
        element("td", { class: cutRight ? "right more-right" : "right" }, right));
    };

    const paint = (isMore) => {
      const { by, width: wide } = state();
      if (!isMore) {
        shown = 0;
        [...body.tBodies].forEach((old) => old.remove());
        body.classList.toggle("long", lines.some(({ words }) => words.length > LONG));
      }
      const from = shown;
      shown = Math.min(lines.length, shown + STEP);
      for (let n = from; n < shown; n += 1) {
        const begins = !by && (n === 0 || lines[n].document !== lines[n - 1].document);
        if (begins || !body.tBodies.length) body.append(element("tbody"));
        const group = [...body.tBodies].at(-1);
        if (begins) group.append(heading(lines[n]));
        group.append(line(lines[n], !by, wide));
      }
      if (isMore) body.querySelectorAll("tr.line")[from]?.querySelector("a").focus({ preventScroll: true });
      told();
    };

    const told = () => {
      const left = mentions - rows.length;
      further.hidden = shown >= lines.length;
      further.textContent = `Show ${number(Math.min(STEP, lines.length - shown))} more of ${plural(lines.length - shown, "line")}`;
      next.hidden = read >= parts || parts - read <= AT_ONCE;
      next.textContent = "Read more mentions";
      all.hidden = read >= parts;
      all.textContent = `Read all ${plural(mentions, "mention")}`;
      const words = plural(lines.length, "line");
      const of = plural(mentions, "mention");
      if (lines.length === rows.length) count.textContent = left ? `${words}, the newest of ${of}` : words;
      else count.textContent = left ? `${words} among the newest ${number(rows.length)} of ${of}` : `${words} of ${number(rows.length)}`;
    };

    const part = (n) => reader.data(`${folder}${n ? `${n + 1}/` : ""}mentions.json`);
    const load = async (more) => {
      const to = Math.min(parts, read + more);
      while (read < to) {
        const at = read;
        const some = await Promise.all([...Array(Math.min(AT_ONCE, to - at)).keys()].map((n) => part(at + n)));
        if (read !== at) continue; // somebody else has read them meanwhile
        some.forEach((listed) => listed.forEach((row) => rows.push(row)));
        read += some.length;
        if (read < parts) count.textContent = `${number(rows.length)} of ${plural(mentions, "mention")} read`;
      }
    };

    const refresh = () => {
      const { query, by, width: wide } = state();
      if (document.activeElement !== find) find.value = query;
      order.value = by;
      width.value = wide === 80 ? "" : String(wide);
      lines = reader.concordanceLines.find(rows, { query, by, width: wide });
      paint(false);
    };

    const save = () => {
      const { width: wide } = state();
      const csv = lines.map((row) => {
        const { left, right } = reader.concordanceLines.cut(row, wide);
        const address = new URL(row.address, reader.root).href;
        return [address, row.document, row.title, row.date, row.issuer, row.paragraph, left, row.words, right];
      });
      const name = folder.split("/").filter(Boolean).at(-1);
      reader.download(`${name}-concordance.csv`, "text/csv", reader.csv([HEAD, ...csv]));
    };

    const show = async () => {
      count.textContent = "The mentions are being read";
      try {
        await reader.script("assets/javascripts/concordance_lines.js");
        if (!read) await load(AT_FIRST);
        refresh();
      } catch (error) {
        count.textContent = `The mentions could not be read: ${error.message}`;
      }
    };
    return { place, show };
  };
})();
