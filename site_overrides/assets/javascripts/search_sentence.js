// Where the sentence begins and ends that holds most of the hits, as `reader.words.sentence`; and that
// which holds what stands between two places, as `reader.words.around`.
(() => {
  if (!globalThis.reader || reader.words?.sentence) return;

  const END = /[.!?]["”’)]*\s+(?=["“‘(]?[\p{Lu}\d])/gu;
  const ABBREVIATED = /(?:\b(?:Mr|Mrs|Ms|Dr|St|No|Jr|Sr|Gen|Sen|Rep|Gov|vs|Inc|Co)|\b\p{L}(?:\.\p{L})*)\.$/u;
  // Characters before a period that tell whether it ends a sentence.
  const BEFORE = 20;

  const boundsOf = (text) => {
    const bounds = [0];
    for (const { index, 0: end } of text.matchAll(END)) {
      if (!ABBREVIATED.test(text.slice(Math.max(0, index - BEFORE), index + 1))) bounds.push(index + end.length);
    }
    return [...bounds, text.length];
  };

  const around = (text, start, end) => {
    const bounds = boundsOf(text);
    return [bounds.findLast((at) => at <= start), bounds.find((at) => at >= end)];
  };

  const sentence = (text, hits) => {
    const bounds = boundsOf(text);
    let best = [0, bounds[1]], most = 0, least = Infinity;
    for (let at = 0; at + 1 < bounds.length; at++) {
      const held = hits.filter(([start, end]) => start >= bounds[at] && end <= bounds[at + 1]);
      const matches = held.map(([start, end, term = text.slice(start, end)]) => [start, end - start, 1, term]);
      const different = new Set(matches.map((match) => match[3])).size;
      const [span] = different ? reader.words.narrowest(matches, different) : [Infinity];
      if (different > most || (different === most && span < least)) {
        [best, most, least] = [[bounds[at], bounds[at + 1]], different, span];
      }
    }
    return best;
  };

  reader.words = Object.assign(reader.words ?? {}, { sentence, around });
})();
