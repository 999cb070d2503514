// The concordance of an entity: every mention in one line, its words in a column. Grouped by document, newest
// first, or sorted by what stands to the left or right; the choice is in the address. Its rows are those of
// mentions.json beside each page of the entity, read part by part; mentions-parts.json names the parts of several.
(() => {
  if (!globalThis.reader || reader.concordance) return;
  const { element, button, counted } = reader;
  const { labeled, finder, list } = reader.fields;
  const AT_FIRST = 4; // parts that are read without being asked for
  const AT_ONCE = 6; // and with each "more"
  const STEP = 300; // lines painted at once: more take longer than a reader waits
  const LONG = 15; // characters; where an entity has longer words, they may take several lines
  const WIDTHS = [["40", "40 characters"], ["", "80 characters"], ["160", "160 characters"], ["sentence", "The sentence"]];
  const ORDERS = [["", "Document and date"], ["left", "Words to the left"], ["right", "Words to the right"]];
  const HEADS = [["at", "Passage"], ["left", "Before"], ["words", "Words"], ["right", "After"]];
  const HEAD = ["address", "document", "title", "date", "issuer", "paragraph", "left", "words", "right"];

  // What the address asks for.
  const asked = () => {
    const values = reader.state();
    const width = values.get("width") || "";
    return {
      query: values.get("find") || "",
      by: values.get("sort") || "",
      width: width === "sentence" ? width : Number(width) || 80,
    };
  };

  const folderOf = (row) => reader.address(`documents/${row.document}/`);
  const fragment = ({ paragraph }) => paragraph && `#p${paragraph}`;
  const heading = (row) =>
    element("tr", { class: "of-document" },
      element("th", { colspan: 4, scope: "rowgroup" },
        element("a", { href: folderOf(row) }, row.title),
        element("small", {}, [row.dated, row.issuer].filter(Boolean).join(" · "))));

  const line = (row, grouped, width) => {
    const { left, right, cutLeft, cutRight } = reader.concordanceLines.cut(row, width);
    const year = grouped ? null : (row.date || "n.d.").slice(0, 4);
    return element("tr", { class: "line" },
      element("td", { class: "at" },
        element("a", {
          class: "passage-link", href: folderOf(row) + fragment(row),
          "data-number": row.paragraph, "data-year": year, title: grouped ? null : row.title,
          "aria-label": `Paragraph ${row.paragraph}${grouped ? "" : ` of ${row.title}, ${row.dated}`}`,
        })),
      element("td", { class: cutLeft ? "left more-left" : "left" }, left),
      element("td", { class: "words" }, row.words),
      element("td", { class: cutRight ? "right more-right" : "right" }, right));
  };

  // The mentions of an entity as they are read, part by part: `rows`, and how many parts are `read`.
  const reading = ({ folder, mentions }) => {
    const from = { rows: [], read: 0, parts: 1, mentions: Number(mentions) };
    let folders = mentions ? [""] : null;
    const part = (n) => reader.data(`${folder}${folders[n]}mentions.json`);
    from.load = async (more, progress) => {
      if (!folders) {
        ({ parts: folders, mentions: from.mentions } = await reader.data(`${folder}mentions-parts.json`));
        from.parts = folders.length;
      }
      const to = Math.min(from.parts, from.read + more);
      while (from.read < to) {
        const at = from.read;
        const some = await Promise.all([...Array(Math.min(AT_ONCE, to - at)).keys()].map((n) => part(at + n)));
        if (from.read !== at) continue; // somebody else has read them meanwhile
        some.forEach((one) => reader.concordanceLines.read(one).forEach((row) => from.rows.push(row)));
        from.read += some.length;
        if (from.read < from.parts) progress(`${from.rows.length.toLocaleString("en")} of ${counted(from.mentions, "mention")} read`);
      }
    };
    return from;
  };

  // "310 lines, the newest of 4,000 mentions"
  const countWords = (lines, { rows, mentions }) => {
    const left = mentions > rows.length;
    const words = counted(lines, "line");
    const of = counted(mentions, "mention");
    if (lines === rows.length) return left ? `${words}, the newest of ${of}` : words;
    const among = rows.length.toLocaleString("en");
    return left ? `${words} among the newest ${among} of ${of}` : `${words} of ${among}`;
  };

  const emptyTable = () => element("table", { class: "lines" },
    element("caption", { class: "only-heard" }, "Each mention in one line, in its context"),
    element("thead", {}, element("tr", {},
      ...HEADS.map(([name, label]) => element("th", { scope: "col", class: name }, label)))));

  const download = (folder, lines) => {
    const { width } = asked();
    const rows = lines.map((row) => {
      const { left, right } = reader.concordanceLines.cut(row, width);
      const address = new URL(`documents/${row.document}/${fragment(row)}`, reader.root).href;
      return [address, row.document, row.title, row.date, row.issuer, row.paragraph, left, row.words, right];
    });
    const name = folder.split("/").filter(Boolean).at(-1);
    reader.download(`${name}-concordance.csv`, "text/csv", reader.csv([HEAD, ...rows]));
  };

  // The table of lines, painted in steps; returns how many stand in it.
  const paint = (table, lines, from) => {
    const { by, width } = asked();
    if (!from) {
      [...table.tBodies].forEach((old) => old.remove());
      table.classList.toggle("long", lines.some(({ words }) => words.length > LONG));
    }
    const to = Math.min(lines.length, from + STEP);
    for (let n = from; n < to; n += 1) {
      const begins = !by && (n === 0 || lines[n].document !== lines[n - 1].document);
      if (begins || !table.tBodies.length) table.append(element("tbody"));
      const group = [...table.tBodies].at(-1);
      if (begins) group.append(heading(lines[n]));
      group.append(line(lines[n], !by, width));
    }
    if (from) table.querySelectorAll("tr.line")[from]?.querySelector("a").focus({ preventScroll: true });
    return to;
  };

  reader.concordance = ({ dataset }) => {
    const from = reading(dataset);
    let lines = [];
    let shown = 0;
    const change = (values, isNew = true) => {
      reader.setState(values, isNew);
      refresh();
    };
    const find = finder((words) => change({ find: words }, false));
    const width = list("width", WIDTHS, change);
    const order = list("sort", ORDERS, change);
    const count = element("span", { class: "table-count", role: "status" });
    const say = (words) => (count.textContent = words);
    const table = emptyTable();

    // Reads what is asked for, and says what could not be read.
    const load = (more) => from.load(more, say).then(refresh)
      .catch((error) => say(`The mentions could not be read: ${error.message}`));
    const further = button("", () => paintFrom(shown));
    const next = button("Read more mentions", () => load(AT_ONCE));
    const all = button("", () => load(from.parts));
    const paintFrom = (first) => {
      shown = paint(table, lines, first);
      further.hidden = shown >= lines.length;
      further.textContent = `Show ${Math.min(STEP, lines.length - shown)} more of ${counted(lines.length - shown, "line")}`;
      next.hidden = from.parts - from.read <= AT_ONCE;
      all.hidden = from.read >= from.parts;
      all.textContent = `Read all ${counted(from.mentions, "mention")}`;
      say(countWords(lines.length, from));
    };
    const refresh = () => {
      const state = asked();
      if (document.activeElement !== find) find.value = state.query;
      order.value = state.by;
      width.value = state.width === 80 ? "" : String(state.width);
      lines = reader.concordanceLines.find(from.rows, state);
      paintFrom(0);
    };

    const place = element("div", { class: "concordance" },
      element("div", { class: "table-tools" },
        element("div", { class: "table-filters" },
          labeled("Find in the lines", find), labeled("Context on each side", width), labeled("Order", order)),
        element("p", { class: "table-line" }, count, button("Download these lines", () => download(dataset.folder, lines)))),
      table, element("p", { class: "table-more" }, further, next, all));
    const show = () => {
      say("The mentions are being read");
      return load(from.read ? 0 : AT_FIRST);
    };
    return { place, show };
  };
})();
