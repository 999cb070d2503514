// The table of documents over all of them (table.js says how a table works), from data/documents/.
(() => {
  const place = document.querySelector("[data-rows='documents']");
  if (!globalThis.reader?.table || !place) return;
  const { element } = reader;
  const FOLDER = "data/documents/";
  let index = null;
  let rows = null;

  const made = (year, order, [slug, title, date, dateWords, issuer = "", issuerWords = "", kind = "", kindWords = "",
    administration = "", passages = 0, programs = 0, countries = 0, claims = 0, language = ""]) => ({
    year, order, slug, title, date, dateWords, issuer, issuerWords, kind, kindWords,
    administration, passages, programs, countries, claims, language });

  const readIndex = async () => (index ??= await reader.data(`${FOLDER}index.json`));
  const load = async (progress) => {
    if (rows) return rows;
    const { parts } = await readIndex();
    let read = 0;
    const all = await Promise.all(parts.map(async ([name, , year]) => {
      const part = await reader.data(`${FOLDER}${name}.json`);
      progress(`Reading: ${(read += 1)} of ${parts.length} parts`);
      return part.rows.map((row) => [year, row]);
    }));
    return (rows = all.flat().map(([year, row], order) => made(year, order, row)));
  };

  const folder = ({ slug }) => `documents/${slug}/`;
  const called = (value) => (value ? value[0].toUpperCase() + value.slice(1) : "Not known");
  const count = (label, number) =>
    element("td", { class: "number-column", "data-label": label }, number.toLocaleString("en"));
  const COUNTS = ["passages", "programs", "countries", "claims"];

  const paint = (row) => element("tr", {},
    element("td", { class: "dates" }, row.dateWords),
    element("td", { class: "entity-name" },
      element("a", { class: "document-title", href: reader.address(folder(row)) }, row.title),
      row.issuerWords ? element("small", {}, row.issuerWords) : null,
      row.language ? element("small", {}, row.language) : null),
    element("td", { class: "document-kind" }, row.kindWords),
    ...COUNTS.map((key) => count(called(key), row[key])));

  const year = (one) => (one === "undated" ? "without a date" : one);
  reader.table({
    place, load, paint,
    others: [...place.querySelectorAll(".pager, .undated")].filter((other) => !other.contains(place.querySelector("table"))),
    words: ["document", "documents"],
    // On a further page the index tells; it has been read when the total is asked for.
    get total() {
      return Number(place.dataset.total) || index.parts.reduce((sum, [, count]) => sum + count, 0);
    },
    columns: 7,
    facets: [
      { key: "kind", label: "Kind", of: ({ kind }) => called(kind) },
      { key: "issuer", label: "Issuer", of: ({ issuer }) => called(issuer), order: "name" },
      { key: "year", label: "Year", of: (row) => row.year, name: year, order: "newest" },
      { key: "administration", label: "Administration", of: ({ administration }) => administration },
    ],
    sorts: [
      { key: "date", label: "Date", up: "oldest first", first: "up", of: ({ date, order }) => (date ? -order : null) },
      { key: "title", label: "Title", up: "A to Z", down: "Z to A", first: "up", of: ({ title }) => title.replace(/^[^\p{L}\p{N}]+/u, "") },
      { key: "kind-of", label: "Kind", up: "A to Z", down: "Z to A", first: "up", of: ({ kind }) => kind },
      ...COUNTS.map((key) => ({ key, label: called(key), down: "most first", up: "fewest first", of: (row) => row[key] })),
    ],
    options: async () => (await readIndex()).choices,
    text: (row) => [row.title, row.issuer, row.kind, row.dateWords, row.administration].join(" "),
    // The columns as data/documents.csv names them; what that has not stands last.
    csv: {
      name: "documents.csv",
      head: ["document", "title", "date", "issuer", "type", ...COUNTS, "administration", "address"],
      row: (row) => [row.slug, row.title, row.date, row.issuer, row.kind, ...COUNTS.map((key) => row[key]), row.administration,
        reader.fromDisk ? folder(row) : reader.address(folder(row))],
    },
  });
})();
