// Finds, counts and sorts the rows of a table; knows nothing of the page. Used through `reader.table`
// (table.js), which says how.
(() => {
  if (!globalThis.reader || reader.rows) return;
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

  // One form for what readers take for the same (fold.js), without commas in numbers, words parted by one
  // space; what a hyphen joins stands apart, and joined at the end.
  const fold = (text) => {
    const plain = reader.plain(text).replace(/(\d),(?=\d{3})/g, "$1").replace(/[\x00-\x1f!-,/:-`{-\xbf\u2000-\u206f]+ *|[.-](?![a-z0-9]) */g, " ");
    const joined = plain.includes("-") ? plain.match(/[^ ]+-[^ ]+/g) || [] : [];
    return [plain.replaceAll("-", " "), ...joined.map((word) => word.replaceAll("-", ""))].join(" ").trim();
  };

  // What a query asks for, each with a space before: words by their beginnings, "phrases" whole, and
  // numbers with a scale ("$1.2bn") by their value.
  const asked = (query) =>
    reader.asked(query).map(([words, isPhrase]) => {
      const scaled = !isPhrase && /^\$?(\d[\d,]*(?:\.\d+)?)(k|m|mn|b|bn|tn)$/i.exec(words);
      if (scaled) return ` ${Math.round(scaled[1].replaceAll(",", "") * 10 ** reader.SCALES[scaled[2].toLowerCase()])} `;
      return ` ${fold(isPhrase ? words.replaceAll("-", " ") : words.replace(/(?<=\w)-(?=\w)/g, ""))}`;
    }).filter((term) => term !== " ");

  // The place of each row in a column's order; what is missing has none (-1) and stands last.
  const ranked = (rows, of) => {
    const held = rows.map(of);
    const different = [...new Set(held)].filter((value) => value != null && value !== "");
    different.sort(typeof different[0] === "number" ? (one, other) => one - other : collator.compare);
    const rank = new Map(different.map((value, place) => [value, place]));
    return Int32Array.from(held, (value) => rank.get(value) ?? -1);
  };

  // A facet's values as small numbers, a list of them for each row.
  const coded = (rows, of) => {
    const codes = new Map();
    const code = (value) => {
      if (!codes.has(value)) codes.set(value, codes.size);
      return codes.get(value);
    };
    return { codes, rows: rows.map((row) => [of(row)].flat().filter((value) => value != null && value !== "").map(code)) };
  };

  // `facets` are [{ key, of: row → value or values }], `sorts` [{ key, of: row → number or string, group, then }],
  // `text(row)` what free text looks through. `find` gives the places of the rows that are left, in order, and
  // for each facet a Map from value to how many rows it would leave beside the other filters.
  reader.rows = (rows, { facets, sorts, text }) => {
    const columns = facets.map(({ of }) => coded(rows, of));
    const texts = [];
    const orders = new Map();
    const order = (key, of) => {
      if (!orders.has(key)) orders.set(key, ranked(rows, of));
      return orders.get(key);
    };
    const says = (place, terms) => {
      texts[place] ??= ` ${fold(text(rows[place]))} `;
      return terms.every((term) => texts[place].includes(term));
    };

    const left = (chosen, terms) => {
      const wanted = columns.map(({ codes }, n) => (chosen[facets[n].key] ? (codes.get(chosen[facets[n].key]) ?? -1) : null));
      const strict = wanted.flatMap((code, n) => (code == null ? [] : [n]));
      const counts = columns.map(({ codes }) => new Int32Array(codes.size));
      const places = [];
      const count = (n, place) => columns[n].rows[place].forEach((code) => (counts[n][code] += 1));
      for (let place = 0; place < rows.length; place += 1) {
        const failed = strict.filter((n) => !columns[n].rows[place].includes(wanted[n]));
        if (failed.length > 1 || (terms.length && !says(place, terms))) continue;
        if (failed.length) count(failed[0], place);
        else {
          places.push(place);
          columns.forEach((_, n) => count(n, place));
        }
      }
      const named = columns.map(({ codes }, n) => new Map([...codes].map(([value, code]) => [value, counts[n][code]])));
      return { places, counts: Object.fromEntries(facets.map(({ key }, n) => [key, named[n]])) };
    };

    const sorted = (places, { key, of, group, then }, down) => {
      const rank = order(key, of);
      const second = then ? order(`${key} then`, then) : null; // of what is equal the largest stands first
      const sign = down ? -1 : 1;
      const groups = group ? places.reduce((seen, place) => seen.set(group(rows[place]), (seen.get(group(rows[place])) || 0) + 1), new Map()) : null;
      const largest = groups && new Map([...groups].sort((one, other) => other[1] - one[1]).map(([name], n) => [name, n]));
      const first = (place) => (largest ? largest.get(group(rows[place])) : 0);
      return places.sort((one, other) =>
        (rank[one] < 0) - (rank[other] < 0) || first(one) - first(other) || sign * (rank[one] - rank[other])
        || (second ? second[other] - second[one] : 0) || one - other);
    };

    const find = ({ chosen, query, sort }) => {
      const { places, counts } = left(chosen, asked(query));
      const by = sorts.find(({ key }) => key === sort.replace(/^-/, ""));
      return { places: by ? sorted(places, by, sort.startsWith("-")) : places, counts };
    };
    return { find, rows };
  };
})();
