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
const AT_MOST = 8; // passages of a document that are read
const OVERLAP = 300; // words that a passage may reach into the next piece

let collection; // what `openShards` gave, and where the site is
let newest = 0; // the number of the newest question; answers to older ones are not finished

const open = async ({ about, root }) => {
  const [{ openShards }] = await loading;
  collection = { about, root, common: new Set(about.common), shards: await openShards(about, root) };
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
    .map((one) => ({ ...one, facets: known.get(one.shard).get(one.id) }))
    .filter((one) => !only.size || only.has(one.facets.address));
  return { kept: described.filter((one) => passes(one, others)), counts: counted(described, others, FACETS) };
};

// The piece of a document that holds its best matches, with the matches near it.
const bestPiece = (matches, parts, weights) => {
  const { piece } = collection.about;
  const pieces = new Map();
  for (const match of matches) {
    // A passage may reach into the next piece, and then stands in both.
    const own = Math.floor(match[0] / piece);
    for (const number of new Set([own, Math.floor((match[0] - OVERLAP) / piece)])) {
      if (number >= 0) pieces.set(number, [...(pieces.get(number) ?? []), match]);
    }
  }
  const scored = [...pieces].map(([number, near]) => ({ number, matches: near, score: reader.words.weigh(parts, near, weights) }));
  return scored.reduce((best, one) => (one.score > best.score ? one : best));
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

// The query with the words that stand nowhere replaced by near ones.
const nearQueries = async (asked, held) => {
  let mended = asked.query;
  const printed = reader.words.read(asked.query);
  for (const part of asked.parts) {
    if (held[part.term]) continue;
    for (const word of part.words) {
      const place = printed.words.indexOf(word);
      if (word.length < 3 || /\d/.test(word) || place < 0) continue;
      const counts = await vocabulary(word);
      if (Object.hasOwn(counts, word)) continue;
      const near = reader.near.nearest(Object.entries(counts), word);
      if (near) mended = mended.replace(asked.query.slice(printed.starts[place], printed.ends[place]), near);
    }
  }
  return mended === asked.query ? [] : [mended];
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
  const { found, weights, held, prefixed } = await shortlist(collection.shards, asked.parts, collection.common);
  const { kept, counts } = await narrowed(found, options);
  if (number !== newest) return nothing;
  const read = kept.slice(0, limit + SPARE);
  const documents = (await Promise.all(read.map((one) => weighed(one, asked, weights)))).filter(({ holds }) => holds);
  documents.sort((one, other) => other.holds - one.holds || other.score - one.score);
  const nowhere = asked.parts.filter((part) => !held[part.term]);
  return {
    total: kept.length - (read.length - documents.length),
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
