// Near spellings of a word that stands nowhere, as `reader.near`: from the words that a collection holds.
(() => {
  if (!globalThis.reader || reader.near) return;

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

  // Of [word, count] the word that is nearest to another, and of equally near ones the most frequent.
  const nearest = (counts, word) => {
    let best = null;
    for (const [other, count] of counts) {
      const limit = word.length > 7 && other[0] === word[0] ? 2 : 1;
      if (other.length < 3 || Math.abs(other.length - word.length) > limit || /\d/.test(other)) continue;
      const edits = distance(word, other, limit) - (other[0] === word[0] ? 0.5 : 0);
      if (edits <= limit && (!best || edits < best.edits || (edits === best.edits && count > best.count))) {
        best = { other, edits, count };
      }
    }
    return best?.other;
  };

  reader.near = { nearest };
})();
