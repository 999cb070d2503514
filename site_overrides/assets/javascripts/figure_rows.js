// The rows of the figures table as the page itself holds them (claim_row in builder/templates/macros.jinja);
// figures_table.js says which claims, and a test compares the two.
(() => {
  if (!globalThis.reader || reader.figureRow) return;
  const { element } = reader;
  const NAMES = 8; // beside a row; the CSV has all

  const number = (value) => value.toLocaleString("en-US", { maximumFractionDigits: 20 });
  const folder = ({ document: [slug] }) => `documents/${slug}/`;

  // The normalized value as the page writes it.
  const valueWords = ({ value, unit }) => {
    if (value == null) return "";
    if (!Array.isArray(value)) return number(unit === "fraction" ? Math.round(value * 1e4) / 1e4 : value);
    const [from, to] = value;
    if (from != null && to != null) return `${number(from)} to ${number(to)}`;
    return from != null ? `${number(from)} or more` : `up to ${number(to)}`;
  };

  const small = (name, ...words) => element("small", { class: name }, ...words);
  const link = (row, at, name, ...words) => {
    const paragraph = /^p(\d+[a-z]*)/.exec(at)?.[1] || "";
    return element("a", {
      class: name, href: `${reader.address(folder(row))}#${at}`, "data-number": paragraph,
      "aria-label": words.length ? null : `Paragraph ${paragraph}`,
    }, ...words);
  };
  const listed = (items) => items.flatMap((item, n) => (n ? [", ", item] : [item])).flat();

  const figureCell = (row, index) => {
    const [sign, words] = index.bounds[row.bound];
    const value = valueWords(row);
    const [one, many] = index.units[row.unit];
    const cell = element("td", { class: "figure-value" }, element("span", { class: "value" },
      ...(sign && value ? [element("span", { class: "bound", title: words }, sign), " "] : []),
      value || "no exact number", row.unit === "percent" && value ? "%" : ""));
    if (row.unit !== "percent" && row.unit !== "count") {
      cell.append(" ", element("span", { class: "unit" }, row.value === 1 ? one : many));
    }
    cell.append(small("printed", `“${row.said.printed}”`));
    return cell;
  };

  const ofCell = ({ of, change, period, status }) =>
    element("td", { class: "figure-of" }, of,
      change ? small(`change ${change}`, change) : null,
      period ? small("period", period) : null,
      status === "reported" ? null : small("status", status));

  const sentenceCell = (row) => {
    const { sentence, hit: [from, to], shown: [first = 0, end = sentence.length], measures } = row.said;
    const cut = () => element("span", { class: "cut" });
    const cell = element("td", { class: "figure-sentence" }, element("span", { class: "sentence" },
      first ? cut() : null, sentence.slice(first, from),
      element("b", { class: "hit" }, sentence.slice(from, to)),
      sentence.slice(to, end), end < sentence.length ? cut() : null));
    const names = row.names.slice(0, NAMES).map(([kind, , name, address, waits]) => element("a", {
      class: `mention ${kind}${waits ? " unreviewed" : ""}`, title: waits ? "not yet reviewed" : null,
      href: reader.address(address) }, name));
    const left = row.names.length - NAMES;
    if (names.length) cell.append(small("with", ...listed(names), left > 0 ? ` and ${number(left)} more` : ""));
    for (const [address, name] of measures) {
      cell.append(small("of-measure", "Measure: ", element("a", { href: reader.address(address) }, name)));
    }
    return cell;
  };

  const sourceCell = (row) => {
    const [, title, , date, issuer, , short] = row.document;
    const { repeats, printed } = row.said;
    const again = repeats.map(([at, words]) =>
      [link(row, at, "passage-link"), ...(words === printed ? [] : [` “${words}”`])]);
    return element("td", { class: "figure-source" },
      link(row, row.at, "passage-link titled", short || title), " ",
      element("small", {}, date, issuer ? ` · ${issuer}` : null),
      again.length ? small("repeats", "said again: ", ...listed(again)) : null);
  };

  // `index` is what data/figures/index.json says of units and bounds.
  reader.figureRow = (row, index) =>
    element("tr", {}, figureCell(row, index), ofCell(row), sentenceCell(row), sourceCell(row));
})();
