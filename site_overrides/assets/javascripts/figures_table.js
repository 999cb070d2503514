// The table of figures over all claims (table.js says how a table works): reads the parts in data/figures/
// and says what filters, sorting and the CSV are about. Its rows are made by figure_rows.js.
(() => {
  const place = document.querySelector("[data-rows='figures']");
  if (!globalThis.reader?.table || !place) return;
  const FOLDER = "data/figures/";
  let index = null; // what data/figures/index.json says
  const parts = new Map(); // name → its rows
  const words = new Map(); // "country mx" → "Mexico"
  let rows = []; // of all parts that were read, in the page's order

  // One claim; `said` (its sentence) comes later, from a file of its own.
  const claim = (name, year, part, n, [document, at, value, bound, unit, of = "", names = [], period = "", change = "", status = ""]) => ({
    name, year, n, at, value: value ?? null, bound, unit, of, period, change,
    status: status || "reported",
    document: part.documents[document],
    names: names.map((name) => part.names[name]),
    said: null,
  });

  const readPart = async (name, year) => {
    const part = await reader.data(`${FOLDER}${name}.json`);
    parts.set(name, part.rows.map((row, n) => claim(name, year, part, n, row)));
  };

  const readIndex = async () => (index ??= await reader.data(`${FOLDER}index.json`));

  // Takes up what was read; documents keep the order of the page, names are known by their keys.
  const gather = (all) => {
    rows = all;
    let [order, last] = [0, null];
    for (const row of rows) {
      if (row.document !== last) row.document.order = order += 1;
      last = row.document;
      words.set(`document ${row.document[0]}`, row.document[1]);
      for (const [kind, key, name] of row.names) words.set(`${kind} ${key}`, name);
    }
  };

  // All parts at first use: what sorts and filters is small, sentences come for the rows that are shown.
  const load = async (progress) => {
    if (rows.length) return rows;
    const named = (await readIndex()).parts;
    let read = 0;
    await Promise.all(named.map(async ([name, , year]) => {
      await readPart(name, year);
      read += 1;
      if (named.length > 4) progress(`Reading: ${read} of ${named.length} parts`);
    }));
    gather(named.flatMap(([name]) => parts.get(name)));
    return rows;
  };

  // The sentences of claims, from files of a few hundred each.
  const needs = async (some, progress) => {
    const files = new Map();
    for (const row of some) {
      if (!row.said) files.set(`${row.name}_${Math.floor(row.n / index.sentences)}`, row.name);
    }
    let read = 0;
    await Promise.all([...files].map(async ([file, name]) => {
      const { said, rows: quoted } = await reader.data(`${FOLDER}${file}.json`);
      const first = Number(file.slice(name.length + 1)) * index.sentences;
      quoted.forEach(([sentence, hit, printed, shown = [], repeats = [], measures = []], n) => {
        parts.get(name)[first + n].said = { sentence: said[sentence], hit, printed, shown, repeats, measures };
      });
      read += 1;
      if (files.size > 4) progress(`Reading sentences: ${read} of ${files.size} parts`);
    }));
  };

  const low = ({ value }) => (Array.isArray(value) ? (value[0] ?? value[1]) : value);
  const high = ({ value }) => (Array.isArray(value) ? value[1] : null);
  const folder = ({ document: [slug] }) => `documents/${slug}/`;
  // From disk no address leads to the site, so that the path is what a file of rows can say.
  const lasting = (row) => `${reader.fromDisk ? folder(row) : reader.address(folder(row))}#${row.at}`;
  const digits = (one) => one ?? "";

  // The columns as data/claims.csv names them; what that has not stands last.
  const HEAD = ["id", "document", "anchor", "bound", "comparator", "value", "low", "high", "unit", "of", "change", "period",
    "status", "measure", "url", "sentence", "programs", "countries", "repeats", "printed", "title", "date", "issuer", "type"];
  const asCsv = (row) => {
    const { sentence, printed, repeats, measures } = row.said;
    const [slug, title, date, , issuer, type] = row.document;
    const [, , bound, comparator] = index.bounds[row.bound];
    const [value, lowest, highest] = Array.isArray(row.value) ? ["", ...row.value] : [row.value];
    return [row.at, slug, row.at.replace(/-f\d+$/, ""), bound, comparator, digits(value), digits(lowest), digits(highest),
      row.unit, row.of, row.change, row.period, row.status, measures.map(([address]) => address.split("/").at(-2)), lasting(row),
      sentence, keysOf("program")(row), keysOf("country")(row), repeats.map(([at]) => at),
      printed, title, date, issuer, type];
  };

  const wordsOf = (kind) => (key) => words.get(`${kind} ${key}`) || key;
  const unitName = (unit) => index.units[unit]?.[2] || unit;
  const keysOf = (kind) => ({ names }) => names.filter(([one]) => one === kind).map(([, key]) => key);

  reader.table({
    place, load, needs,
    paint: (row) => reader.figureRow(row, index),
    others: [...place.querySelectorAll(".pager")],
    words: ["claim", "claims"],
    // On a further page the index tells; it has been read when the total is asked for.
    get total() {
      return Number(place.dataset.total) || index.parts.reduce((sum, [, count]) => sum + count, 0);
    },
    columns: 4,
    facets: [
      { key: "unit", label: "Unit", of: ({ unit }) => unit, name: unitName },
      { key: "country", label: "Country", of: keysOf("country"), name: wordsOf("country"), order: "name" },
      { key: "program", label: "Program", of: keysOf("program"), name: wordsOf("program"), order: "name" },
      { key: "document", label: "Document", of: ({ document }) => document[0], name: wordsOf("document"), order: "name" },
      { key: "kind", label: "Kind of document", of: ({ document }) => document[5] },
      { key: "year", label: "Year of document", of: ({ year }) => year, order: "newest", name: (year) => (year === "undated" ? "without a date" : year) },
      { key: "period", label: "Period", of: ({ period }) => index.periods[period] || period },
      { key: "status", label: "Status", of: ({ status }) => status },
    ],
    sorts: [
      { key: "value", label: "Value", down: "largest first", up: "smallest first", of: low,
        group: ({ unit }) => unit, heading: (unit) => (unit === "count" ? "Numbers of things" : unitName(unit).replace(/^./, (first) => first.toUpperCase())), without: "No exact number" },
      { key: "unit", label: "Unit", up: "A to Z", down: "Z to A", first: "up", of: ({ unit }) => unitName(unit), then: low },
      { key: "of", label: "Of what", up: "A to Z", down: "Z to A", first: "up", of: ({ of }) => of },
      { key: "sentence", label: "Sentence", up: "A to Z", down: "Z to A", first: "up", whole: true, of: ({ said }) => said.sentence },
      { key: "document", label: "Document", up: "A to Z", down: "Z to A", first: "up", of: ({ document }) => document[1] },
      { key: "date", label: "Date", up: "oldest first", first: "up", of: ({ document }) => (document[2] ? -document.order : null) },
    ],
    options: async () => (await readIndex()).choices,
    text: (row) => [row.said.printed, row.said.sentence, row.of, row.period, row.document[1], row.document[4],
      unitName(row.unit), ...row.names.map(([, , name]) => name), digits(low(row)), digits(high(row))].join(" "),
    csv: { name: "claims.csv", head: HEAD, row: asCsv },
  });
})();
