// How well passages answer, as `reader.words.weigh` and `judge`: both engines weigh by this.
(() => {
  if (!globalThis.reader || reader.words?.weigh) return;

  // What a match counts beside one with the word itself: another form of it, a word that the query has in
  // two, two that it has in one, a word that only begins so.
  const QUALITY = { form: 0.8, joined: 0.95, parted: 0.9, begun: 0.6 };
  // What a word in the document's title weighs beside one in the passage.
  const TITLE = 0.35;
  // Words of a passage that is hardly more than a heading, and what it counts.
  const FEW = 6, HEADING = 0.85;
  // What a passage counts that has the number or year that the question asks for.
  const WANTED = 1.15;

  // Every part counts once, by its best match and its `weights`, and more the closer together the parts
  // stand, most where they stand as asked.
  const weigh = (parts, matches, weights = []) => {
    const best = new Map();
    for (const [, , quality, term] of matches) best.set(term, Math.max(quality, best.get(term) ?? 0));
    let score = 0;
    for (const [term, quality] of best) score += quality * (weights[term] ?? 1);
    if (best.size < 2) return score + Math.min(0.2, 0.05 * matches.length);
    const [span, ordered] = narrowest(matches, best.size);
    const length = parts.reduce((sum, part) => sum + (best.has(part.term) ? part.words.length : 0), 0);
    return score * (1 + 0.8 * Math.min(1, length / span)) * (ordered ? 1.1 : 1);
  };

  // The fewest words that hold every part that is there, and whether in the order asked.
  const narrowest = (matches, size) => {
    const inside = new Map();
    let first = 0, least = Infinity, ordered = false;
    for (const [at, length, , term] of matches) {
      inside.set(term, (inside.get(term) ?? 0) + 1);
      for (; inside.size === size; first++) {
        const span = at + length - matches[first][0];
        if (span < least) {
          const row = matches.slice(first, first + size);
          [least, ordered] = [span, row.every((match, step) => !step || match[3] >= row[step - 1][3])];
        }
        const left = matches[first][3], times = inside.get(left);
        if (times === 1) inside.delete(left);
        else inside.set(left, times - 1);
      }
    }
    return [least, ordered];
  };

  // The parts of a query that the words of a title hold. A phrase stands there in a row, and only where the
  // title answers `alone`: a passage below it does not hold the phrase.
  const titled = (parts, words, alone = false) =>
    parts.filter((part) =>
      part.exact && part.words.length > 1
        ? alone && ` ${words.join(" ")} `.includes(` ${part.words.join(" ")} `)
        : part.words.every((word) => words.includes(word)),
    );

  // A passage of `size` words with its score, which terms it or its document's title `held`, and the words it `lacks`.
  const judge = ({ parts, wanted }, matches, weights, inTitle, { text, size }) => {
    const held = new Set(matches.map((match) => match[3]));
    let score = weigh(parts, matches, weights);
    for (const { term } of inTitle) score += (held.has(term) ? TITLE / 3 : TITLE) * weights[term];
    for (const { term } of inTitle) held.add(term);
    if (size <= FEW) score *= HEADING;
    if (wanted?.test(text)) score *= WANTED;
    return { score, held, lacks: parts.filter(({ term }) => !held.has(term)).map((part) => part.text) };
  };

  reader.words = Object.assign(reader.words ?? {}, { weigh, narrowest, titled, judge, QUALITY });
})();
