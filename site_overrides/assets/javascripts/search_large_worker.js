// The worker that searches a big collection. Documents are shortlisted by the places of their words in
// Pagefind's index (search_shortlist.js); of the best, the texts are fetched, and their passages weighed
// as those of a small collection are (search_words.js). A module worker: it exists on servers only.

globalThis.reader = {};
const loading = Promise.all([
  import("./search_shards.js"),
  import("./search_words.js").then(() => import("./search_shortlist.js")),
  ...["facets", "figure", "near"].map((name) => import(`./search_${name}.js`)),
]);

const FACETS = ["kind", "issuer", "year", "administration", "program", "country"];
const TITLE = 0.35; // what a word in the document's title weighs beside one in the passage
const FEW = 6; // words of a passage that is hardly more than a heading
const SPARE = 3; // documents that are read beyond those shown: the best passage decides
const ENOUGH = 3; // documents with a passage that holds all words: before, others are read
const READ = 27; // documents that are read at most, or those shown where these are more
const AT_MOST = 20; // passages of a document that are read
const OVERLAP = 300; // words that a passage may reach into the next piece

let collection; // what `openShards` gave, and where the site is
let newest = 0; // the number of the newest question; answers to older ones are not finished

const open = async ({ about, root }) => {
  const [{ shardsOf }] = await loading;
  collection = { about, root, shards: shardsOf(about, root) };
};

// Narrows what was found by the facets; counts what each facet would leave.
const narrowed = async (found, { filters = {}, facets = false }) => {
  if (!facets && !Object.values(filters).some((values) => values.length)) return { kept: found, counts: {} };
  const [{ idOf }] = await loading;
  const { passes, counted } = reader.facets;
  const { document: addresses = [], ...others } = filters;
  const only = new Set(addresses.map(idOf));
  const known = new Map(await Promise.all(collection.shards.map(async (shard) => [shard, await shard.facets()])));
  const described = found
    .map((one) => ({ ...one, facets: known.get(one.shard)[one.id] }))
    .filter((one) => !only.size || only.has(one.facets.address));
  return { kept: described.filter((one) => passes(one, others)), counts: counted(described, others, FACETS) };
};

// The piece of a document that holds its best matches, with the matches near it. A passage may reach into
// the next piece, and then stands in both.
const bestPiece = (matches, parts, weights) => {
  const { piece } = collection.about;
  const numbers = [...new Set(matches.map(([at]) => Math.floor(at / piece)))];
  const scored = numbers.map((number) => {
    const near = matches.filter(([at]) => at >= number * piece && at < (number + 1) * piece + OVERLAP);
    const holds = new Set(near.map((match) => match[3])).size;
    return { number, matches: near, holds, score: reader.words.weigh(parts, near, weights) };
  });
  return scored.reduce((best, one) => {
    // What is equally good in the next piece begins there: of its passages this one has none.
    const least = one.number === best.number + 1 ? best.score : best.score + 1e-9;
    return one.holds > best.holds || (one.holds === best.holds && one.score >= least) ? one : best;
  });
};

// The passages of a piece in which words were found, those with the most parts of the query first.
const likelyPassages = ({ anchors, until }, matches) => {
  const held = new Map();
  let number = -1;
  for (const [at, , , term] of matches) {
    while (number + 1 < anchors.length && anchors[number + 1].location <= at) number++;
    if (number >= 0 && at < until) held.set(number, (held.get(number) ?? new Set()).add(term));
  }
  const sorted = [...held].sort((one, other) => other[1].size - one[1].size || one[0] - other[0]);
  return sorted.slice(0, AT_MOST).map(([at]) => anchors[at]);
};

const weighPassage = ({ id, text, location, also = [], figures = [] }, asked, weights, inTitle) => {
  const { find, places, read, weigh } = reader.words;
  const { parts } = asked;
  const reading = read(text);
  const matches = find(asked, reading, also);
  if (!matches.length) return null;
  const held = new Set(matches.map((match) => match[3]));
  let score = weigh(parts, matches, weights);
  for (const { term } of inTitle) {
    score += (held.has(term) ? TITLE / 3 : TITLE) * weights[term];
    held.add(term);
  }
  if (reading.words.length <= FEW) score *= 0.85;
  const hits = places(reading, matches);
  const lacks = parts.filter((part) => !held.has(part.term)).map((part) => part.text);
  return { id, figure: reader.figureOf({ text, figures }, hits, parts), text, hits, score, lacks, holds: held.size, location };
};

// A document with its best passages.
const weighed = async ({ shard, id, matches }, asked, weights) => {
  const { parts } = asked;
  const best = bestPiece(matches, parts, weights);
  const text = await shard.text(id, best.number);
  const { url: address, meta } = text;
  const titleWords = new Set(reader.words.read(meta.title).words);
  const inTitle = parts.filter((part) => part.words.every((word) => titleWords.has(word)));
  const likely = likelyPassages(text, best.matches);
  const passages = likely.map((anchor) => weighPassage(anchor, asked, weights, inTitle)).filter(Boolean);
  const sorted = passages.sort(
    (one, other) => other.holds - one.holds || other.score - one.score || one.location - other.location,
  );
  const holds = sorted[0]?.holds ?? inTitle.length;
  const shown = sorted.filter((passage) => passage.holds === holds);
  return { address, title: meta.title, about: meta.about, holds, score: sorted[0]?.score ?? 0, passages: shown };
};

// The documents that hold most, best first: the first of those found are read, and more of them where
// their passages do not hold all words, though these stand near each other.
const bestOf = async (found, asked, weights, limit) => {
  const step = limit + SPARE, most = Math.max(READ, step), documents = [];
  const full = () => documents.filter(({ holds }) => holds === asked.parts.length).length;
  let read = 0;
  while (read < Math.min(found.length, most) && full() < Math.min(ENOUGH, limit)) {
    const next = found.slice(read, Math.min(read + step, most));
    documents.push(...(await Promise.all(next.map((one) => weighed(one, asked, weights)))));
    read += next.length;
  }
  const held = documents.filter(({ holds }) => holds);
  held.sort((one, other) => other.holds - one.holds || other.score - one.score);
  return { documents: held, without: read - held.length };
};

// The query with the words that stand nowhere replaced by near ones; such with another first letter are
// looked for where none has the same.
const nearQueries = async (asked, held) => {
  const { letters, mended, nearest } = reader.near, near = new Map();
  for (const word of asked.parts.flatMap((part) => (held[part.term] ? [] : part.words))) {
    if (word.length < 3 || /\d/.test(word)) continue;
    const counts = await vocabulary(word);
    if (Object.hasOwn(counts, word)) continue;
    let found = nearest(Object.entries(counts), word);
    if (!found.length) {
      const others = await Promise.all(letters(word).map(vocabulary));
      found = nearest(others.flatMap(Object.entries), word);
    }
    near.set(word, found);
  }
  return mended(asked.query, near);
};
const lists = new Map();
const vocabulary = (word) => {
  const letter = /^[a-z]/.test(word) ? word[0] : "other";
  if (!lists.has(letter)) {
    const address = new URL(`${collection.about.words}${letter}.json`, collection.root);
    lists.set(letter, fetch(address).then((answer) => (answer.ok ? answer.json() : {})));
  }
  return lists.get(letter);
};

const nothing = { total: 0, documents: [], facets: {}, near: [], missing: [] };

const search = async (number, { query, options = {} }) => {
  const [, { shortlist }] = await loading;
  const { limit = 20, typing = false } = options;
  const asked = reader.words.parse(query, { typing });
  if (!asked.parts.length) return nothing;
  const { found, weights, held, prefixed, roughly } = await shortlist(collection.shards, asked.parts, collection.about.common);
  const { kept, counts } = await narrowed(found, options);
  if (number !== newest) return nothing;
  const { documents, without } = await bestOf(kept, asked, weights, limit);
  const nowhere = asked.parts.filter((part) => !held[part.term]);
  return {
    total: kept.length - without,
    roughly: roughly && kept.length > documents.length,
    documents: documents.slice(0, limit),
    facets: counts,
    near: nowhere.length || !kept.length ? await nearQueries(asked, held) : [],
    missing: nowhere.map((part) => part.text),
    partly: documents.length > 0 && documents[0].holds < asked.parts.length,
    prefixed,
  };
};

addEventListener("message", async ({ data }) => {
  newest = data.number;
  try {
    const answer = data.about ? await open(data) : await search(data.number, data);
    postMessage({ number: data.number, answer });
  } catch (error) {
    postMessage({ number: data.number, failure: String(error?.message ?? error) });
  }
});
