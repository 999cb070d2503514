// Which figure of a passage answers a query, as `reader.figureOf`: its address, where a number was asked for.
(() => {
  if (!globalThis.reader || reader.figureOf) return;

  reader.figureOf = ({ text, figures = [] }, hits, parts) => {
    if (!parts.some((part) => part.number || part.words.some((word) => /^\d/.test(word)))) return undefined;
    let from = 0;
    for (const [id, printed] of figures) {
      const start = text.indexOf(printed, from);
      if (start < 0) continue;
      from = start + 1;
      if (hits.some(([first, last]) => /\d/.test(text.slice(first, last)) && first < start + printed.length && last > start)) return id;
    }
    return undefined;
  };
})();
