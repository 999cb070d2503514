// The words of queries and texts, as `reader.words`: numbers in one form, hyphens, accents, light word
// forms. The builder's twin is builder/searching/words.py; tests/cases/search_words.yaml holds both to
// one table. A "reading" is a text's words in order; a "match" is [position, length, quality, term].
(() => {
  if (!globalThis.reader || reader.words?.read) return;

  const SMALL = new Map();
  ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen " +
    "sixteen seventeen eighteen nineteen").split(" ").forEach((word, value) => SMALL.set(word, value));
  "twenty thirty forty fifty sixty seventy eighty ninety"
    .split(" ").forEach((word, tens) => SMALL.set(word, 10 * tens + 20));

  // "20,200", "1.2bn" | "U.S." | "Mérida", "today’s" | "%"
  const WORD = new RegExp(
    "((?:\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.\\d+)?)(bn|mn|tn|[kmb])?(?![\\p{L}\\p{N}]|[.,]\\d)" +
      "|(\\p{L}(?:\\.\\p{L})+\\.?(?![\\p{L}\\p{N}]))" +
      "|[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}\\u00ad\\u200b-\\u200d\\u2060]*(?:['’ʼ][\\p{L}\\p{M}]+)*" +
      "|[%§]",
    "giu",
  );
  const SIGNS = { __proto__: null, "%": "percent", "§": "section" };
  const HYPHENS = "-\u2010\u2011";
  const HYPHEN = /^[-\u2010\u2011][\u2060\u200b]?$/;
  const BETWEEN = /^(?:[\s\u00a0]|[-\u2010\u2011])$/;

  const LONGEST = 60; // characters of a word that count
  const cut = (word) => (word.length > LONGEST ? [...word].slice(0, LONGEST).join("") : word);

  // One form of a word for all its typographies. Folding costs more than looking up what was folded before.
  const known = new Map();
  const fold = (word) => {
    let one = known.get(word);
    if (one === undefined) {
      one = cut(SIGNS[word] ?? reader.plain(word.replace(/['’ʼ]s$/i, "")).replace(/[\p{P}\s]/gu, "").replaceAll("⁄", "over"));
      known.set(word, one);
    }
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
          ? canonical(number, mark ? reader.SCALES[mark.toLowerCase()] : 0)
          : fold(initials ? initials.replaceAll(".", "") : printed),
      );
      digits.push(number && !mark ? number : "");
      starts.push(found.index);
      ends.push(found.index + printed.length);
    }
    const gap = (at, pattern) => at + 1 < words.length && pattern.test(text.slice(ends[at], starts[at + 1]));
    for (let at = 0; at < words.length; at++) {
      if (digits[at]) scaled(words, more, at, digits[at], gap);
      else if (SMALL.has(words[at]) || (words[at] === "a" && reader.SCALES[words[at + 1]])) at = spelled(words, more, at, gap);
    }
    for (let at = 0; at + 1 < words.length; at++) {
      const first = at;
      // Most words are followed by a space: what stands between is looked at where it may be a hyphen.
      while (HYPHENS.includes(text[ends[at]]) && gap(at, HYPHEN)) at++;
      const joined = at > first ? cut(words.slice(first, at + 1).join("")) : "";
      if (/^\p{L}/u.test(joined)) more.push([first, at - first + 1, joined]);
    }
    return { text, words, starts, ends, more };
  };

  const isScale = (word) => word?.length > 2 && reader.SCALES[word];

  // "1.2 billion", from its digits on.
  const scaled = (words, more, at, digits, gap) => {
    let exponent = 0, last = at;
    while (gap(last, BETWEEN) && isScale(words[last + 1])) exponent += reader.SCALES[words[++last]];
    if (exponent) more.push([at, last - at + 1, canonical(digits, exponent)]);
  };

  // "a hundred thousand", "forty-five"; returns where the run of number words ends.
  const spelled = (words, more, first, gap) => {
    let whole = 0, group = 0, at = first;
    const tell = (end) => whole + group > 1 && more.push([first, end - first, String(whole + group)]);
    for (; ; at++) {
      const word = words[at], value = word === "a" ? 1 : SMALL.get(word), exponent = reader.SCALES[word];
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
      if (!SMALL.has(words[next]) && !isScale(words[next])) break;
      at = next - 1;
    }
    tell(at + 1);
    return at;
  };

  // Endings of number and tense, and what stands there without them: "organization" is no form of "organ".
  const ENDINGS = [
    [/(..)ies$/, "$1y"], [/([sxzo]|[cs]h)es$/, "$1"], [/([^suiw]|[^e]w)s$/, "$1"],
    [/(.{5})ed$/, "$1"], [/(.{5})ed$/, "$1e"], [/(.{4})ied$/, "$1y"], [/(...([bdgklmnprt]))\2ed$/, "$1"],
    [/(.{5})ing$/, "$1"], [/(.{5})ing$/, "$1e"], [/(...([bdgklmnprt]))\2ing$/, "$1"],
  ];
  // Those that follow no rule, to their base.
  const IRREGULAR = new Map();
  for (const row of ("give gave given|take took taken|make made|pay paid|spend spent|send sent|sell sold|buy bought|bring brought|" +
    "lose lost|hold held|rise rose risen|fall fell fallen|grow grew grown|begin began begun|come came|go went gone|" +
    "say said|tell told|speak spoke spoken|write wrote written|build built|seek sought|child children|man men|woman women").split("|")) {
    const [base, ...forms] = row.split(" ");
    for (const form of forms) IRREGULAR.set(form, base);
  }

  // What a word may be a form of, itself first: "seizures" of "seizure", "gave" of "give".
  const bases = (word) => {
    const found = [word];
    if (/\d/.test(word)) return found;
    for (const [ending, base] of ENDINGS) {
      const made = ending.test(word) ? word.replace(ending, base) : "";
      if (made.length > 2) found.push(made);
    }
    if (IRREGULAR.has(word)) found.push(IRREGULAR.get(word));
    return found;
  };

  // Matches as [start, end, term] of the text, without overlaps; a number with the sign before it.
  const places = ({ text, starts, ends }, matches) => {
    const found = [];
    for (const [at, length, , term] of matches) {
      let start = starts[at];
      if (/^[$€£¥]\d/.test(text.slice(start - 1, start + 1))) start--;
      const end = ends[at + length - 1];
      const last = found.at(-1);
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else found.push([start, end, term]);
    }
    return found;
  };

  reader.words = Object.assign(reader.words ?? {}, { read, cut, bases, places, IRREGULAR });
})();
