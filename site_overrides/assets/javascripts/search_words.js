// The words of queries and texts, as `reader.words`: numbers in one form, hyphens, accents, light word
// forms. The builder's twin is builder/searching/words.py; tests/cases/search_words.yaml holds both to
// one table. A "reading" is a text's words in order; a "match" is [position, length, quality, term].
(() => {
  if (!globalThis.reader || reader.words) return;

  const SCALES = {
    hundred: 2, thousand: 3, lakh: 5, million: 6, crore: 7, billion: 9, trillion: 12,
    k: 3, m: 6, mn: 6, b: 9, bn: 9, tn: 12,
    __proto__: null, // "constructor" is no scale
  };
  const SMALL = new Map();
  ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen " +
    "sixteen seventeen eighteen nineteen").split(" ").forEach((word, value) => SMALL.set(word, value));
  "twenty thirty forty fifty sixty seventy eighty ninety"
    .split(" ").forEach((word, tens) => SMALL.set(word, 10 * tens + 20));

  // Words without which a passage still answers.
  const COMMON = new Set(
    ("a an the of to in on for and or by with is are was were be been at as from that this these it its has have " +
      "had how many much what which who whom when where why did do does there than into about").split(" "),
  );

  // "20,200", "1.2bn" | "U.S." | "Mérida", "today’s" | "%"
  const WORD = new RegExp(
    "((?:\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.\\d+)?)(bn|mn|tn|[kmb])?(?![\\p{L}\\p{N}]|[.,]\\d)" +
      "|(\\p{L}(?:\\.\\p{L})+\\.?(?![\\p{L}\\p{N}]))" +
      "|[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}\\u00ad\\u200b-\\u200d\\u2060]*(?:['’ʼ][\\p{L}\\p{M}]+)*" +
      "|[%§]",
    "giu",
  );
  const SIGNS = { "%": "percent", "§": "section" };
  const LETTERS = { ß: "ss", ø: "o", ł: "l", đ: "d", æ: "ae", œ: "oe", ı: "i" };
  const HYPHENS = "-\u2010\u2011";
  const HYPHEN = /^[-\u2010\u2011][\u2060\u200b]?$/;
  const BETWEEN = /^(?:[\s\u00a0]|[-\u2010\u2011])$/;

  const LONGEST = 60; // characters of a word that count
  const cut = (word) => (word.length > LONGEST ? [...word].slice(0, LONGEST).join("") : word);

  // One form of a word for all its typographies.
  const fold = (word) => {
    const small = word.toLowerCase();
    if (/^[a-z]+$/.test(small)) return small;
    return (
      SIGNS[small] ??
      small
        .replace(/['’ʼ]s$/, "")
        .normalize("NFKD")
        .toLowerCase()
        .replace(/[\p{M}\p{P}\s\u00ad\u200b-\u200d\u2060]/gu, "")
        .replace(/[ßøłđæœı]/g, (letter) => LETTERS[letter])
    );
  };

  // Folding costs more than looking up what was folded before.
  const known = new Map();
  const folded = (word) => {
    let one = known.get(word);
    if (one === undefined) known.set(word, (one = cut(fold(word))));
    return one;
  };

  // "1.55" times ten to the ninth is "1550000000"; "1.55" is "1d55".
  const canonical = (digits, exponent = 0) => {
    const [whole, part = ""] = digits.replaceAll(",", "").split(".");
    const moved = (whole + part.slice(0, exponent).padEnd(exponent, "0")).replace(/^0+(?=.)/, "");
    const rest = part.slice(exponent).replace(/0+$/, "");
    return cut(rest ? `${moved}d${rest}` : moved);
  };

  // The words of a text with their places, and `more`: what several words are together, as
  // [position, length, term].
  const read = (text) => {
    const words = [], starts = [], ends = [], digits = [], more = [];
    WORD.lastIndex = 0;
    for (let found; (found = WORD.exec(text)); ) {
      const [printed, number, mark, initials] = found;
      words.push(
        number
          ? canonical(number, mark ? SCALES[mark.toLowerCase()] : 0)
          : folded(initials ? initials.replaceAll(".", "") : printed),
      );
      digits.push(number && !mark ? number : "");
      starts.push(found.index);
      ends.push(found.index + printed.length);
    }
    const reading = { text, words, starts, ends, more };
    // Most words are followed by a space: what stands between is looked at where it may be a hyphen.
    const hyphened = (at) => HYPHENS.includes(text[ends[at]]) && gap(at, HYPHEN);
    const gap = (at, pattern) => at + 1 < words.length && pattern.test(text.slice(ends[at], starts[at + 1]));
    for (let at = 0; at < words.length; at++) {
      const word = words[at];
      if (digits[at]) scaled(reading, at, digits[at], gap);
      else if (SMALL.has(word) || (word === "a" && SCALES[words[at + 1]])) at = spelled(reading, at, gap);
    }
    for (let at = 0; at + 1 < words.length; at++) {
      let last = at;
      while (hyphened(last)) last++;
      if (last === at) continue;
      const joined = cut(words.slice(at, last + 1).join(""));
      if (/^\p{L}/u.test(joined)) more.push([at, last - at + 1, joined]);
      at = last;
    }
    return reading;
  };

  // "1.2 billion", from its digits on.
  const scaled = ({ words, more }, at, digits, gap) => {
    let exponent = 0, last = at;
    while (gap(last, BETWEEN) && words[last + 1].length > 2 && SCALES[words[last + 1]]) {
      exponent += SCALES[words[++last]];
    }
    if (exponent) more.push([at, last - at + 1, canonical(digits, exponent)]);
  };

  // "a hundred thousand", "forty-five"; returns where the run of number words ends.
  const spelled = ({ words, more }, first, gap) => {
    let whole = 0, group = 0, at = first;
    const tell = (end) => whole + group > 1 && more.push([first, end - first, String(whole + group)]);
    for (; ; at++) {
      const word = words[at], value = word === "a" ? 1 : SMALL.get(word), exponent = SCALES[word];
      if (value !== undefined) {
        const goesOn = group % 100 === 0 || (group % 100 >= 20 && group % 10 === 0 && value > 0 && value < 10);
        if (at > first && !goesOn) {
          tell(at);
          return at - 1;
        }
        group += value;
      } else if (exponent === 2) group *= 100;
      else if (group) [whole, group] = [whole + group * 10 ** exponent, 0];
      else whole *= 10 ** exponent;
      if (!gap(at, BETWEEN)) break;
      const next = words[at + 1] === "and" && gap(at + 1, BETWEEN) ? at + 2 : at + 1;
      if (!(SMALL.has(words[next]) || (SCALES[words[next]] && words[next].length > 2))) break;
      at = next - 1;
    }
    tell(at + 1);
    return at;
  };

  // What a word may be a form of, itself first: "seizures" of "seizure", "seized" of "seize". Only
  // endings of number and tense go: "organization" is no form of "organ".
  const bases = (word) => {
    const found = [word];
    const add = (base) => base.length > 2 && found.push(base);
    if (/[\d]/.test(word)) return found;
    if (/ies$/.test(word) && word.length > 4) add(word.slice(0, -3) + "y");
    else if (/(?:s|x|z|ch|sh|o)es$/.test(word)) add(word.slice(0, -2));
    if (/[^suiw]s$/.test(word) || /[^e]ws$/.test(word)) add(word.slice(0, -1));
    if (word.length > 6 && /ed$/.test(word)) {
      add(word.slice(0, -1));
      add(word.slice(0, -2));
      if (/ied$/.test(word)) add(word.slice(0, -3) + "y");
      if (/([bdgklmnprt])\1ed$/.test(word)) add(word.slice(0, -3));
    }
    if (word.length > 7 && /ing$/.test(word)) {
      add(word.slice(0, -3));
      add(word.slice(0, -3) + "e");
      if (/([bdgklmnprt])\1ing$/.test(word)) add(word.slice(0, -4));
    }
    return found;
  };
  const sameWord = (one, other) => {
    if (one === other) return true;
    if (one[0] !== other[0]) return false;
    const found = bases(one);
    return bases(other).some((base) => found.includes(base));
  };

  // The parts of a query: words, numbers and phrases. `words` of a part stand one after the other;
  // `whole` is what they are together ("1200000000", "counternarcotics"). `exact` allows no other form,
  // `begins` is true of a last word that may be unfinished.
  const parse = (query, { typing = false } = {}) => {
    const parts = [];
    for (const found of query.matchAll(/["“”„«»]([^"“”„«»]*)(["“”„«»]?)|[^"“”„«»]+/g)) {
      const phrase = found[1] !== undefined;
      const reading = read(phrase ? found[1] : found[0]);
      if (!reading.words.length) continue;
      const last = found.index + found[0].length === query.length && typing && !found[2];
      const unfinished = last && reading.ends.at(-1) === reading.text.length;
      if (phrase) addPhrase(parts, reading, unfinished);
      else addWords(parts, reading, unfinished);
    }
    const rare = parts.filter((part) => part.exact || part.words.length > 1 || !COMMON.has(part.words[0]));
    const needed = rare.length ? rare : parts;
    needed.forEach((part, term) => (part.term = term));
    return { query, parts: needed };
  };
  const addPhrase = (parts, { words, more, text }, begins) => {
    const whole = more.find(([at, length]) => at === 0 && length === words.length)?.[2] ?? cut(words.join(""));
    parts.push({ words, whole: words.length > 1 ? whole : null, text: text.trim(), exact: true, begins });
  };
  const addWords = (parts, { text, words, starts, ends, more }, unfinished) => {
    for (let at = 0; at < words.length; at++) {
      const [, length = 1, whole = null] =
        more.filter(([first]) => first === at).sort((one, other) => other[1] - one[1])[0] ?? [];
      const begins = unfinished && at + length === words.length;
      const part = { words: words.slice(at, at + length), whole, begins };
      parts.push({ ...part, number: /^\d/.test(whole ?? words[at]), text: text.slice(starts[at], ends[at + length - 1]) });
      at += length - 1;
    }
  };

  // Where a text answers the parts of a query, as matches in text order. `readings` are its misprints.
  const find = ({ parts }, reading, readings = []) => {
    const { words, more } = reading, matches = [];
    const right = new Map(readings.map(([printed, word]) => [fold(printed), fold(word)]));
    for (const part of parts) {
      const before = part.term > 0 && parts[part.term - 1], after = parts[part.term + 1];
      const joins = [before && before.words.join("") + part.words.join(""), after && part.words.join("") + after.words.join("")];
      for (let at = 0; at < words.length; at++) {
        const sequence = part.words.every((word, step) => same(part, step, word, words[at + step], right));
        if (sequence && !(part.number && part.whole)) matches.push([at, part.words.length, 1, part.term]);
        else if (!part.exact && joins.includes(words[at])) matches.push([at, 1, 0.95, part.term]);
        else if (part.whole && words[at] === part.whole) matches.push([at, 1, 1, part.term]);
        else if (part.words.length === 1 && at + 1 < words.length && words[at] + words[at + 1] === part.words[0]) {
          matches.push([at, 2, 0.9, part.term]);
        }
      }
      for (const [at, length, term] of more) {
        if (term === (part.whole ?? part.words[0]) || joins.includes(term)) matches.push([at, length, 1, part.term]);
      }
    }
    return matches.sort((one, other) => one[0] - other[0]);
  };
  const same = (part, step, word, there, right) => {
    if (there === undefined) return false;
    if (there === word || right.get(there) === word) return true;
    if (part.begins && step === part.words.length - 1 && there.startsWith(word)) return true;
    return !part.exact && part.words.length === 1 && (sameWord(word, there) || (right.has(there) && sameWord(word, right.get(there))));
  };

  // How well matches answer: every part once by its best match and its `weights`, and more the closer
  // together the parts stand, most where they stand as asked.
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
        if (span < least) [least, ordered] = [span, inOrder(matches, first, size)];
        const left = matches[first][3];
        if (inside.get(left) === 1) inside.delete(left);
        else inside.set(left, inside.get(left) - 1);
      }
    }
    return [least, ordered];
  };

  const inOrder = (matches, first, size) => {
    for (let at = first + 1; at < Math.min(first + size, matches.length); at++) {
      if (matches[at][3] < matches[at - 1][3]) return false;
    }
    return true;
  };

  // Matches as [start, end, term] of the text, without overlaps; a number with the sign before it.
  const places = (reading, matches) => {
    const { text, starts, ends } = reading, found = [];
    for (const [at, length, , term] of matches) {
      let start = starts[at];
      if (/^\d/.test(text.slice(start, start + 1)) && /[$€£¥]/.test(text[start - 1] ?? "")) start--;
      const end = ends[at + length - 1];
      const last = found.at(-1);
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else found.push([start, end, term]);
    }
    return found;
  };

  // Where the sentence begins and ends that holds most of the places.
  const ABBREVIATED = /(?:\b(?:Mr|Mrs|Ms|Dr|St|No|Jr|Sr|Gen|Sen|Rep|Gov|vs|Inc|Co)|\b\p{L}(?:\.\p{L})*)\.$/u;
  const sentence = (text, hits) => {
    const bounds = [0];
    for (const end of text.matchAll(/[.!?]["”’)]*\s+(?=["“‘(]?[\p{Lu}\d])/gu)) {
      if (!ABBREVIATED.test(text.slice(0, end.index + 1))) bounds.push(end.index + end[0].length);
    }
    bounds.push(text.length);
    let best = [0, bounds[1]], most = 0, least = Infinity;
    for (let at = 0; at + 1 < bounds.length; at++) {
      const held = hits.filter(([start, end]) => start >= bounds[at] && end <= bounds[at + 1]);
      const matches = held.map(([start, end, term = text.slice(start, end)]) => [start, end - start, 1, term]);
      const different = new Set(matches.map((match) => match[3])).size;
      const [span] = different ? narrowest(matches, different) : [Infinity];
      if (different > most || (different === most && span < least)) {
        [best, most, least] = [[bounds[at], bounds[at + 1]], different, span];
      }
    }
    return best;
  };

  reader.words = { fold, canonical, read, parse, find, weigh, places, sentence, bases, common: COMMON };
})();
