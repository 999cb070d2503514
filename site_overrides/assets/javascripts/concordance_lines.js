// The lines of a concordance: their context cut to a width, found by words, sorted as linguists do, by the
// first word to the left or right, then the next. Knows nothing of the page (concordance.js does).
(() => {
  if (!globalThis.reader || reader.concordanceLines) return;

  const wordsOf = (text) => reader.plain(text).match(/[\p{L}\p{N}]+/gu) || [];

  // Two words that differ sort by the first that does; no word comes before any.
  const keyOf = (words) => words.join(" ");
  const KEYS = {
    left: (row) => keyOf(wordsOf(row.left).reverse()),
    right: (row) => keyOf(wordsOf(row.right)),
  };

  const sorted = (rows, by) => {
    if (!KEYS[by]) return rows;
    const keys = new Map(rows.map((row) => [row, KEYS[by](row)]));
    return [...rows].sort((one, other) =>
      (keys.get(one) > keys.get(other)) - (keys.get(one) < keys.get(other)));
  };

  // The mentions of a part, each with its words and what stands around them (builder/html/mention_rows.py says
  // how a part is written); `before` and `after` are how much of its sentence stands on each side.
  const read = ({ documents, texts }) =>
    texts.flatMap(([number, paragraph, text, mentions]) => {
      const [document, title, date, dated, issuer] = documents[number];
      return mentions.map(([start, length, before, after]) => ({
        document, title, date, dated, issuer, paragraph, before, after,
        left: text.slice(0, start), words: text.slice(start, start + length), right: text.slice(start + length),
      }));
    });

  // The context of a row, so many characters wide and cut between words; `cutLeft` and `cutRight` tell where more
  // stands in the passage.
  const cut = (row, width) => {
    const { left, right } = width === "sentence" ? {
      left: row.left.slice(row.left.length - row.before),
      right: row.right.slice(0, row.after),
    } : {
      left: row.left.length > width ? row.left.slice(-width).replace(/^\S*\s+/, "") : row.left,
      right: row.right.length > width ? row.right.slice(0, width).replace(/\s+\S*$/, "") : row.right,
    };
    return { left: left.trimStart(), right: right.trimEnd(), cutLeft: left.length < row.left.length, cutRight: right.length < row.right.length };
  };

  // A line is found by what it shows: its words and their context, its document and date.
  const found = (rows, query, width) => {
    const terms = reader.asked(reader.plain(query)).map(([words]) => words);
    return rows.filter((row) => {
      const { left, right } = cut(row, width);
      const text = reader.plain([left + row.words + right, row.title, row.issuer, row.dated, row.date].join(" "));
      return terms.every((term) => text.includes(term));
    });
  };

  reader.concordanceLines = { read, cut, find: (rows, { query, by, width }) => sorted(query ? found(rows, query, width) : rows, by) };
})();
