// The index of a kind: found by a word, sorted by name, kind or how much is said, over all of its pages. Its
// rows are those of entities.json beside each page.
(() => {
  const place = document.querySelector(".entity-list");
  if (!globalThis.reader?.table || !place) return;
  const { element } = reader;
  const { folder, kind, words, under } = place.dataset;
  const parts = Number(place.dataset.parts);
  const ranked = "ranked" in place.dataset;
  const most = Number(place.dataset.most);
  const number = (count) => count.toLocaleString("en");
  const HEAD = ["address", "name", "listed_under", "about", "aliases", "passages", "documents", "mentions", "years"];

  let rows = null;
  const load = async () => {
    const path = (n) => `${folder}${n ? `${n + 1}/` : ""}entities.json`;
    rows ??= (await Promise.all([...Array(parts).keys()].map((n) => reader.data(path(n))))).flat();
    return rows;
  };

  const bar = (count) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS(svg.namespaceURI, "path");
    svg.setAttribute("class", "part");
    svg.setAttribute("viewBox", "0 0 100 4");
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", `M0 0h${(100 * count) / most}v4H0z`);
    svg.append(path);
    return svg;
  };

  const paint = (row) => {
    const sort = under && element("td", { class: ranked ? "region" : "under", "data-label": under }, row.listed_under || "other");
    const name = element("td", { class: "entity-name" },
      element("a", { class: `mention ${kind}`, href: reader.address(`${folder}${row.entity}/`) }, row.name),
      row.about && element("small", {}, row.about),
      row.aliases.length > 0 && !ranked && element("small", { class: "aliases" }, `Also: ${row.aliases.join("; ")}`));
    return element("tr", {}, ...(ranked ? [name, sort] : [sort, name]).filter(Boolean),
      element("td", { class: "number-column", "data-label": "Passages" }, number(row.passages), bar(row.passages)),
      element("td", { class: "number-column", "data-label": "Documents" }, number(row.documents)),
      element("td", { class: "dates", "data-label": row.years && "Years" }, row.years || ""));
  };

  const capital = (value) => value[0].toUpperCase() + value.slice(1);
  const sorts = Object.entries(JSON.parse(place.dataset.sorts || "{}"));
  // Where most choices have one entry each, a filter finds nothing that the list does not show.
  const filters = under && 2 * sorts.filter(([, count]) => count === 1).length <= sorts.length;
  const listed = filters ? [{ key: "kind", label: under, any: "All", of: (row) => row.listed_under, name: capital }] : [];
  reader.table({
    place,
    others: [...place.querySelectorAll(".pager")],
    words: [words.replace(/ies$/, "y").replace(/s$/, ""), words],
    total: Number(place.dataset.total),
    first: ranked ? "Most passages first" : under ? (under.includes(" ") ? "By group" : `By ${under.toLowerCase()}`) : "A to Z",
    facets: listed,
    sorts: [
      { key: "name", label: "Name", up: "A to Z", down: "Z to A", first: "up", of: (row) => row.name },
      ...(under ? [{ key: "kind", label: under, up: "A to Z", first: "up", of: (row) => row.listed_under }] : []),
      { key: "passages", label: "Passages", down: "most first", up: "fewest first", of: (row) => row.passages },
      { key: "documents", label: "Documents", down: "most first", up: "fewest first", of: (row) => row.documents },
    ],
    options: async () => ({ kind: sorts.map(([value, count]) => [value, capital(value), count]) }),
    load,
    text: (row) => [row.name, row.aliases, row.about, row.listed_under].join(" "),
    paint,
    columns: under ? 5 : 4,
    csv: { name: `${folder.split("/")[0]}.csv`, head: HEAD, row: (row) => HEAD.map((key) => row[key]) },
  });
})();
