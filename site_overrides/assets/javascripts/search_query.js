// What a query asks for, as `reader.words.parse`: words, numbers, phrases.
(() => {
  if (!globalThis.reader || reader.words?.parse) return;

  // Words without which a passage still answers.
  const COMMON = new Set(
    ("a an the of to in on for and or by with is are was were be been at as from that this these it its has have " +
      "had how many much what which who whom when where why did do does there than into about usd").split(" "),
  );
  // Of passages that hold the words alike, that one answers which has what the question asks for.
  const WANTED = [[/\bhow (?:much|many)\b/i, /\d/], [/\b(?:when|which year)\b/i, /\b(?:1[6-9]|20)\d\d\b/]];

  // Of such a question the verb says little: what was given may have been provided.
  const GIVING = /^(?:give|gave|given|get|got|cost|costs|money)$/;
  // "70 000"
  const GROUPED = /(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d.,])/g;

  // Words of a part stand one after the other; `whole` is what they are together ("1200000000",
  // "counternarcotics"). `exact` allows no other form; `begins` is true of a last word that may be unfinished.
  const parse = (query, { typing = false } = {}) => {
    const parts = [], asked = query.replace(GROUPED, (number) => number.replaceAll(" ", ""));
    for (const found of asked.matchAll(/["“”„«»]([^"“”„«»]*)(["“”„«»]?)|[^"“”„«»]+/g)) {
      const phrase = found[1] !== undefined;
      const reading = reader.words.read(phrase ? found[1] : found[0]);
      if (!reading.words.length) continue;
      const last = found.index + found[0].length === asked.length && typing && !found[2];
      const unfinished = last && reading.ends.at(-1) === reading.text.length;
      (phrase ? addPhrase : addWords)(parts, reading, unfinished);
    }
    const wanted = WANTED.find(([asks]) => asks.test(query))?.[1];
    const isCommon = (word) => COMMON.has(word) || (wanted && GIVING.test(word));
    const rare = parts.filter((part) => part.exact || part.words.length > 1 || !isCommon(part.words[0]));
    const needed = rare.length ? rare : parts;
    needed.forEach((part, term) => (part.term = term));
    return { query, parts: needed, wanted };
  };
  // A number never begins another one: 30 is not answered by 300.
  const begins = (unfinished, word) => unfinished && !/^\d/.test(word);
  const addPhrase = (parts, { words, more, text }, unfinished) => {
    const whole = more.find(([at, length]) => at === 0 && length === words.length)?.[2] ?? reader.words.cut(words.join(""));
    parts.push({
      words, whole: words.length > 1 ? whole : null, text: text.trim(), exact: true, begins: begins(unfinished, words.at(-1)),
    });
  };
  const addWords = (parts, { text, words, starts, ends, more }, unfinished) => {
    for (let at = 0; at < words.length; at++) {
      const [, length = 1, whole = null] =
        more.filter(([first]) => first === at).sort((one, other) => other[1] - one[1])[0] ?? [];
      const last = at + length - 1;
      parts.push({
        words: words.slice(at, last + 1), whole, number: /^\d/.test(whole ?? words[at]), text: text.slice(starts[at], ends[last]),
        begins: begins(unfinished && last === words.length - 1, words[last]),
      });
      at = last;
    }
  };

  reader.words = Object.assign(reader.words ?? {}, { parse, common: COMMON });
})();
