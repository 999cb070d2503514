// Which documents of a big collection answer a query, and how well, told from the places of the words
// alone: no text is fetched for it. A module of the search's worker; `reader.words` has been loaded.

const { bases, weigh, IRREGULAR, QUALITY } = reader.words;

const REACH = 300; // words: further apart, they hardly stand in one passage
const SPENT = 10_000; // documents: lists of common words are fetched as long as they tell of no more, about 100 kB
const FEW = 27; // documents: of so few, those are kept too in which the words stand far apart

// Words of which `word` is a form, or that are forms of it: "seized", "seizes", "seizing" for "seize".
const formsOf = (word) => {
  const own = new Set(bases(word)), forms = new Set();
  for (const base of own) {
    const stem = base.replace(/e$/, ""), last = base.at(-1);
    const made = [base, `${base}s`, `${base}es`, `${stem}ed`, `${stem}ing`];
    if (last === "y") made.push(`${base.slice(0, -1)}ies`, `${base.slice(0, -1)}ied`);
    if (/[^aeiou][aeiou][bdgklmnprt]$/.test(base)) made.push(`${base}${last}ed`, `${base}${last}ing`);
    for (const [form, other] of IRREGULAR) if (other === base) made.push(form);
    for (const form of made) if (bases(form).some((one) => own.has(one))) forms.add(form);
  }
  forms.delete(word);
  return forms;
};

// The common words that are not looked up: `common` tells in how many percent of the documents each stands.
// Their lists are long; the texts of what the others find will tell whether they stand there.
const leftToTexts = (parts, common, documents) => {
  const most = (100 * SPENT) / documents;
  const known = (words) => [...new Set(words)].filter((word) => Object.hasOwn(common, word)).sort((one, other) => common[one] - common[other]);
  const own = known(parts.flatMap(({ words, whole }) => [...words, whole]));
  const forms = known(parts.flatMap(({ words, exact }) => (exact || words.length > 1 ? [] : [...formsOf(words[0])])));
  const left = new Set();
  let spent = 0;
  for (const word of new Set([...own, ...forms])) {
    if (spent && spent + common[word] > most) left.add(word); // the rarest is looked up in any case
    else spent += common[word];
  }
  return left;
};

// Under what a part of a query stands in the index: [words that follow each other, quality].
const waysOf = ({ words, whole, number, exact }) => {
  const ways = [];
  if (words.length > 1) {
    if (!(number && whole)) ways.push([words, 1]);
    if (whole) ways.push([[whole], 1]);
  } else {
    for (const word of new Set([whole ?? words[0], words[0]])) ways.push([[word], 1]);
    if (!exact) for (const form of formsOf(words[0])) ways.push([[form], QUALITY.form]);
  }
  return ways;
};

// The places at which words stand one after the other; `found` holds [step, documents] of each.
const inRow = (found, id) => {
  const [[step, first], ...others] = found;
  const sets = others.map(([other, documents]) => [other - step, new Set(documents.get(id))]);
  const places = first.get(id).filter((at) => sets.every(([apart, there]) => there.has(at + apart)));
  return step ? places.map((at) => at - step) : places;
};

// Matches of one part in one shard: id → [[position, length, quality, term] …].
const matchesIn = async (shard, part, ways, left, begins) => {
  const matches = new Map();
  await Promise.all(
    ways.map(async ([words, quality]) => {
      const last = words.length - 1;
      const asked = words.map((word, step) => [step, word]).filter(([step, word]) => !left.has(word) || (begins && step === last));
      if (!asked.length) return;
      const found = await Promise.all(
        asked.map(async ([step, word]) => [step, await shard.find(word, begins && step === last)]),
      );
      for (const id of found[0][1].keys()) {
        for (const at of inRow(found, id)) {
          const listed = matches.get(id);
          if (listed) listed.push([at, words.length, quality, part.term]);
          else matches.set(id, [[at, words.length, quality, part.term]]);
        }
      }
    }),
  );
  return matches;
};

// Matches of a part in all shards; one that is unfinished and stands nowhere is taken as a beginning.
const answerPart = async (shards, part, left) => {
  const ways = waysOf(part);
  let found = await Promise.all(shards.map((shard) => matchesIn(shard, part, ways, left)));
  const count = () => found.reduce((sum, one) => sum + one.size, 0);
  let prefixed = false;
  if (part.begins && !count() && part.words.at(-1).length > 1) {
    const way = [[part.words, part.words.length > 1 ? 1 : QUALITY.begun]];
    found = await Promise.all(shards.map((shard) => matchesIn(shard, part, way, left, true)));
    prefixed = count() > 0;
  }
  return { found, held: count(), prefixed };
};

// The fewest words from the first to the last of all parts.
const spanOf = (matches, terms) => {
  const last = new Map();
  let least = Infinity;
  for (const [at, length, , term] of matches) {
    last.set(term, at);
    if (last.size === terms) least = Math.min(least, at + length - Math.min(...last.values()));
  }
  return least;
};

// The documents that hold every part, else those that hold most, best first; `held` says in how many
// documents each part stands, `weights` what it weighs, `roughly` that not all words were looked up, `loose`
// that such a word is one of a phrase, `isFar` that documents were dropped where the words are far apart, `whole`
// how many parts a passage can hold at most; `others` gives documents for when none does, all where `isFew`.
export const shortlist = async (shards, parts, common) => {
  const all = shards.reduce((sum, shard) => sum + shard.documents, 0);
  const left = leftToTexts(parts, common, all);
  const isLeft = ({ words, whole }) => words.every((word) => left.has(word)) && (!whole || left.has(whole));
  const answers = await Promise.all(
    parts.map((part) => (isLeft(part) ? { found: [], held: all } : answerPart(shards, part, left))),
  );
  const weights = answers.map(({ held }) => Math.log(1 + all / (1 + held)));
  const documents = new Map();
  answers.forEach(({ found }) =>
    found.forEach((matches, number) => {
      for (const [id, listed] of matches) {
        const key = `${number} ${id}`;
        const known = documents.get(key);
        if (known) known.push(listed);
        else documents.set(key, [listed]);
      }
    }),
  );
  let most = 0;
  for (const lists of documents.values()) most = Math.max(most, lists.length);
  const described = ([key, lists]) => {
    const matches = lists.flat().sort((one, other) => one[0] - other[0]);
    const [number, id] = key.split(" ");
    const score = weigh(parts, matches, weights);
    return { shard: shards[number], id, matches, score, near: most < 2 || spanOf(matches, most) <= REACH };
  };
  const holding = (size) => [...documents].filter(([, lists]) => lists.length === size).map(described);
  const leaves = parts.filter(({ words, whole, number }) => words.some((word) => left.has(word)) && !(number && whole));
  const leavesForms = parts.some(({ words, exact }) => !exact && words.length < 2 && [...formsOf(words[0])].some((form) => left.has(form)));
  const [roughly, loose] = [leaves.length > 0 || leavesForms, leaves.some(({ exact }) => exact)];
  // Where a word of a phrase was not looked up, those first that say the others most often: they rather have it.
  // Sorting is stable: of equals the newer stand first.
  const often = (one, other) => (loose ? other.matches.length - one.matches.length : 0);
  const byScore = (some) => some.sort((one, other) => other.score - one.score || often(one, other));
  const full = holding(most), near = full.filter((one) => one.near);
  const isFar = full.length > FEW && near.length > 0;
  const found = byScore(isFar ? near : full);
  const others = () => {
    const more = isFar ? byScore(full.filter((one) => !one.near)) : [];
    for (let size = most - 1; size > 0 && found.length + more.length < FEW; size--) more.push(...byScore(holding(size)));
    return more.slice(0, Math.max(0, FEW - found.length));
  };
  return {
    found, others, weights, roughly, loose,
    isFar: isFar && near.length < full.length,
    isFew: documents.size <= FEW,
    whole: most + parts.filter(isLeft).length,
    held: answers.map(({ held }) => held),
    prefixed: answers.some((one) => one.prefixed),
  };
};
