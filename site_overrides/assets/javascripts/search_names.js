// The names of the index, as `reader.names`: what a query names (an entity or a measure) stands with a link
// to its page above what is found in the documents. The names of a big collection are asked for after its
// first answer, and what they tell comes after it.
(() => {
  if (!globalThis.reader || reader.names) return;
  const { element } = reader;
  const { common, read } = reader.words;

  const MOST = 5; // names that are shown
  const LEAST = 3; // letters of a beginning or of initials; a shorter name within a query stands in capitals
  const CAPITALS = /^[\p{Lu}.]+$/u;

  // A row is [kind, key, passages, name, other names …]; they stand in order, the most passages first.
  let kinds = {}, rows = [];
  const byName = new Map(), byInitials = new Map(); // words, parted by spaces → numbers of rows
  const put = (map, words, row) => words && map.set(words, (map.get(words) ?? new Set()).add(row));

  const take = (file) => {
    ({ kinds, names: rows } = file);
    rows.forEach(([, key, , ...names], row) => {
      if (key.length >= LEAST) put(byName, read(key).words.join(" "), row);
      for (const name of names) {
        const { words } = read(name);
        put(byName, words.join(" "), row);
        if (/^\d{3,}$/.test(words.at(-1))) put(byName, words.at(-1), row); // "Executive Order 14059"
        const initials = words.filter((word) => !common.has(word)).map((word) => word[0]);
        if (initials.length >= LEAST) put(byInitials, initials.join(""), row);
      }
    });
    loaded = true;
  };
  let loaded = false, asked; // a search without names is one all the same
  const load = () => (asked ??= reader.data("search/names.json").then(take).catch(() => (asked = undefined)));
  reader.data("search/engine.json").then(({ engine }) => engine === "passages" && load());

  // The names that the words of a query hold, the longest ones.
  const within = ({ text, words, starts, ends }) => {
    const found = new Set();
    for (let at = 0; at < words.length; at++) {
      for (let end = words.length; end > at; end--) {
        const name = words.slice(at, end).join(" "), rows = byName.get(name);
        if (!rows || common.has(name)) continue;
        if (name.length <= LEAST && !CAPITALS.test(text.slice(starts[at], ends[end - 1]))) continue;
        rows.forEach((row) => found.add(row));
        at = end - 1;
        break;
      }
    }
    return found;
  };

  // The names that begin with a query; its last word may be unfinished while it is typed.
  const begun = (asked, typing) => {
    const found = new Set();
    if (asked.length < LEAST || common.has(asked)) return found;
    const beginning = typing ? asked : `${asked} `;
    for (const [name, rows] of byName) if (name.startsWith(beginning)) rows.forEach((row) => found.add(row));
    return found;
  };

  const sorted = (found) => [...found].sort((one, other) => one - other);
  const find = (query, typing) => {
    const reading = read(query), asked = reading.words.join(" ");
    const whole = byName.get(asked) ?? (CAPITALS.test(query.trim()) && byInitials.get(asked));
    const first = sorted(whole || begun(asked, typing && !/\s$/.test(query)));
    const found = whole ? first : [...new Set([...first, ...sorted(within(reading))])];
    return { known: first.length > 0, found: found.slice(0, MOST).map((row) => rows[row]) };
  };

  // Gives an answer of the search what its query names; where nothing was found, that is waited for.
  const add = async (answer, query, { typing = false } = {}) => {
    if (answer.total && !loaded) return (answer.named = load().then(() => find(query, typing).found));
    await load();
    const { known, found } = find(query, typing);
    if (known) answer.near = []; // what is a name is no misspelling
    answer.named = found;
  };

  // The line that shows them.
  const line = ({ named = [] }) => {
    const shown = element("p", { class: "found-note found-named", hidden: true });
    const fill = (found) => {
      shown.hidden = !found.length;
      shown.append(found.length ? "In the index: " : "");
      found.forEach(([kind, key, count, name], at) => {
        const counted = reader.results.plural(count, kind === "measure" ? "claim" : "passage");
        shown.append(at ? ", " : "", element("a", { class: "found-name", href: reader.address(`${kinds[kind]}${key}/`) }, name), ` (${kind}, ${counted})`);
      });
    };
    if (Array.isArray(named)) fill(named);
    else named.then(fill);
    return shown;
  };

  // What a facet calls an entity that an address names by its key: "China" for "cn".
  const named = async (kind, key) => (await load(), rows.find((row) => row[0] === kind && row[1] === key)?.[3] ?? key);

  reader.names = { add, line, named };
})();
