// What readers take for the same, for all that searches: letters in one form, scales of numbers, and what a
// query asks for. Used as `reader.plain`, `reader.SCALES`, `reader.asked`; knows nothing of the page.
(() => {
  if (!globalThis.reader || reader.plain) return;
  const LETTERS = { ß: "ss", ø: "o", ł: "l", đ: "d", æ: "ae", œ: "oe", ı: "i" };

  // Powers of ten.
  reader.SCALES = {
    hundred: 2, thousand: 3, lakh: 5, million: 6, crore: 7, billion: 9, trillion: 12,
    k: 3, m: 6, mn: 6, b: 9, bn: 9, tn: 12,
    __proto__: null, // "constructor" is no scale
  };

  // Small letters without accents and without what has no width; hyphens are "-".
  reader.plain = (text) => {
    const small = text.toLowerCase();
    if (/^[\x00-\x7f]*$/.test(small)) return small;
    return small
      .normalize("NFKD")
      .toLowerCase()
      .replace(/[\p{M}\u00ad\u200b-\u200d\u2060]/gu, "")
      .replace(/[ßøłđæœı]/g, (letter) => LETTERS[letter])
      .replace(/[\u2010\u2011\u2212]/g, "-");
  };

  // The words and "phrases" of a query to a table or list, as [words, whether in quotation marks].
  reader.asked = (query) =>
    [...query.matchAll(/["“”„]([^"“”„]+)["“”„]?|([^\s"“”„]+)/g)].map(([, phrase, word]) => [phrase ?? word, Boolean(phrase)]);
})();
