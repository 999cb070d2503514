// The lines of a concordance: their context cut to a width, found by words, sorted as linguists do, by the
// first word to the left or right, then the next. Knows nothing of the page (concordance.js does).
(() => {
  if (!globalThis.reader || reader.concordanceLines) return;

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const wordsOf = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) || [];

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

  // How much of a row's context stands in the sentence itself.
  const inSentence = ({ left, words, right, sentence }) => {
    const start = (left + words + right).indexOf(sentence, Math.max(0, left.length + words.length - sentence.length));
    if (start < 0 || start > left.length) return { left, right };
    return { left: left.slice(start), right: right.slice(0, Math.max(0, start + sentence.length - left.length - words.length)) };
  };

  // The context of a row, so many characters wide and cut between words; `cut` tells on which sides.
  const cut = (row, width) => {
    const { left, right } = width === "sentence" ? inSentence(row) : {
      left: row.left.length > width ? row.left.slice(-width).replace(/^\S*\s+/, "") : row.left,
      right: row.right.length > width ? row.right.slice(0, width).replace(/\s+\S*$/, "") : row.right,
    };
    return { left: left.trimStart(), right: right.trimEnd(), cutLeft: left.length < row.left.length, cutRight: right.length < row.right.length };
  };

  // A line is found by what it shows: its words and their context, its document and date.
  const found = (rows, query, width) => {
    const terms = [...fold(query).matchAll(/"([^"]+)"?|(\S+)/g)].map(([, phrase, word]) => phrase || word);
    return rows.filter((row) => {
      const { left, right } = cut(row, width);
      const text = fold([left + row.words + right, row.title, row.issuer, row.dated, row.date].join(" "));
      return terms.every((term) => text.includes(term));
    });
  };

  reader.concordanceLines = { cut, find: (rows, { query, by, width }) => sorted(query ? found(rows, query, width) : rows, by) };
})();
