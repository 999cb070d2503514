// Where a text answers the parts of a query, as `reader.words.find`: for texts that stand in no index of
// words (search_large_worker.js).
(() => {
  if (!globalThis.reader || reader.words?.find) return;

  const sameWord = (one, other) => {
    if (one === other) return true;
    if (one[0] !== other[0]) return false;
    const { bases } = reader.words, found = bases(one);
    return bases(other).some((base) => found.includes(base));
  };
  const same = (part, step, word, there, right) => {
    if (there === undefined) return false;
    if (there === word || right.get(there) === word) return true;
    if (part.begins && step === part.words.length - 1 && there.startsWith(word)) return true;
    return !part.exact && part.words.length === 1 && (sameWord(word, there) || (right.has(there) && sameWord(word, right.get(there))));
  };

  // Matches in text order. `readings` are the text's misprints, as [printed, right].
  const find = ({ parts }, reading, readings = []) => {
    const { read, QUALITY } = reader.words, { words, more } = reading, matches = [];
    const right = new Map(readings.map((pair) => pair.map((word) => read(word).words[0])));
    for (const part of parts) {
      const before = part.term > 0 && parts[part.term - 1], after = parts[part.term + 1];
      const joins = [before && before.words.join("") + part.words.join(""), after && part.words.join("") + after.words.join("")]
        .filter((joined) => !/^\d+$/.test(joined)); // numbers are not joined from pieces
      for (let at = 0; at < words.length; at++) {
        const sequence = part.words.every((word, step) => same(part, step, word, words[at + step], right));
        if (sequence && !(part.number && part.whole)) matches.push([at, part.words.length, 1, part.term]);
        else if (!part.exact && joins.includes(words[at])) matches.push([at, 1, QUALITY.joined, part.term]);
        else if (part.whole && words[at] === part.whole) matches.push([at, 1, 1, part.term]);
        else if (part.words.length === 1 && at + 1 < words.length && !part.number && words[at] + words[at + 1] === part.words[0]) {
          matches.push([at, 2, QUALITY.parted, part.term]);
        }
      }
      for (const [at, length, term] of more) {
        if (term === (part.whole ?? part.words[0]) || joins.includes(term)) matches.push([at, length, 1, part.term]);
      }
    }
    return matches.sort((one, other) => one[0] - other[0]);
  };

  reader.words = Object.assign(reader.words ?? {}, { find });
})();
