// Near spellings of words that stand nowhere, as `reader.near`: from the words that a collection holds.
(() => {
  if (!globalThis.reader || reader.near) return;

  const MOST = 3; // spellings that are offered
  // What begins with one letter may be spelled with the other.
  const ALIKE = ["ck", "cs", "cq", "fp", "gj", "ie", "iy", "sz", "vw", "xz", "xs", "kq", "nk", "rw"];

  // Edits that lead from one word to another, two letters in the wrong order counting once; above `limit` it stops.
  const distance = (one, other, limit) => {
    let before = null, row = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let at = 1; at <= one.length; at++) {
      const next = [at];
      for (let to = 1; to <= other.length; to++) {
        const same = one[at - 1] === other[to - 1] ? 0 : 1;
        next[to] = Math.min(row[to] + 1, next[to - 1] + 1, row[to - 1] + same);
        if (at > 1 && to > 1 && one[at - 1] === other[to - 2] && one[at - 2] === other[to - 1]) {
          next[to] = Math.min(next[to], before[to - 2] + 1);
        }
      }
      if (Math.min(...next) > limit) return limit + 1;
      [before, row] = [row, next];
    }
    return row[other.length];
  };

  const sound = (word) => word.replaceAll("ph", "f").replaceAll("ck", "k").replace(/c(?=[eiy])/g, "s").replaceAll("c", "k").replaceAll("y", "i");

  // Of [word, count] those nearest to another, best first: fewest edits, then the most frequent.
  const nearest = (counts, word) => {
    const limit = word.length > 7 ? 2 : 1, found = [], heard = sound(word);
    for (const [other, count] of counts) {
      if (other.length < 3 || Math.abs(other.length - word.length) > limit || /\d/.test(other)) continue;
      const printed = distance(word, other, limit);
      const like = printed > 1 ? Math.min(printed, distance(heard, sound(other), limit) + 0.5) : printed;
      const edits = like + (other[0] === word[0] ? 0 : 0.5);
      if (edits <= limit + 0.5 * (limit < 2)) found.push({ other, edits, count });
    }
    found.sort((one, other) => one.edits - other.edits || other.count - one.count);
    return found.filter(({ edits }) => edits <= found[0].edits + 0.5).slice(0, MOST).map(({ other }) => other);
  };

  // With which letters beside its own a word may begin: "phentanyl" with f, "rfentanyl" with f.
  const letters = (word) => {
    const alike = ALIKE.filter((pair) => pair.includes(word[0])).map((pair) => pair.replace(word[0], ""));
    return [...new Set([sound(word)[0], word[1], ...alike])].filter((letter) => letter !== word[0]);
  };

  // A query with each word that stands nowhere replaced by a near one; `known` tells those of each word.
  const mended = (query, known) => {
    const { words, starts, ends } = reader.words.read(query);
    const queries = Array.from({ length: MOST }, (_, choice) => {
      let made = query;
      for (let at = words.length - 1; at >= 0; at--) {
        const near = known.get(words[at]) ?? [];
        if (near.length) made = made.slice(0, starts[at]) + (near[choice] ?? near[0]) + made.slice(ends[at]);
      }
      return made;
    });
    return [...new Set(queries)].filter((made) => made !== query);
  };

  reader.near = { nearest, letters, mended };
})();
