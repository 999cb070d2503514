// The worker that searches a big collection. Documents are shortlisted by the places of their words in
// the index (search_shortlist.js); of the best, the texts are fetched, and their passages weighed
// as those of a small collection are (search_weigh.js). A module worker: it exists on servers only.

globalThis.reader = {};
const WORDS = ["fold", "search_words", "search_query", "search_weigh", "search_find"];
const loading = Promise.all([
  import("./search_shards.js"),
  Promise.all(WORDS.map((name) => import(`./${name}.js`))).then(() => import("./search_shortlist.js")),
  ...["facets", "figure", "near"].map((name) => import(`./search_${name}.js`)),
]);

const FACETS = ["kind", "issuer", "year", "administration", "program", "country"];
const SPARE = 3; // documents that are read beyond those shown: the best passage decides
const ENOUGH = 3; // documents with a passage that holds all words: before, others are read
const READ = 27; // documents that are read at most, or those shown where these are more
const AT_MOST = 20; // passages of a document that are read, unless all of them are asked for
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
    .map((one) => ({ ...one, facets: known.get(one.shard).get(Number(one.id)) }))
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

// Which parts of the query stand in each passage of which words were found: [where the passage begins, terms],
// those with the most first. `starts` tells where passages begin, and where the last ends.
const heldIn = (starts, matches) => {
  const held = new Map();
  let number = -1;
  for (const [at, , , term] of matches) {
    while (number + 1 < starts.length && starts[number + 1] <= at) number++;
    if (number < 0 || number === starts.length - 1) continue;
    const start = starts[number];
    held.set(start, (held.get(start) ?? new Set()).add(term));
  }
  return [...held].sort((one, other) => other[1].size - one[1].size || one[0] - other[0]);
};

const startsOf = (sizes) => {
  let at = 0;
  return sizes.map((size) => (at += size));
};

const startsIn = ({ anchors, until }) => [...anchors.map(({ location }) => location), until];

// The passages that begin at some places, from one piece of a document or from all.
const passagesAt = async ({ shard, id }, starts, text) => {
  const pieces = text ? [text] : await Promise.all(
    [...new Set(starts.map((start) => Math.floor(start / collection.about.piece)))].map((piece) => shard.text(id, piece)),
  );
  const anchors = new Map(pieces.flatMap((piece) => piece.anchors).map((anchor) => [anchor.location, anchor]));
  return starts.map((start) => anchors.get(start)).filter(Boolean);
};

const weighPassage = ({ id, text, location, also = [], figures = [] }, asked, weights, inTitle) => {
  const { find, judge, places, read } = reader.words;
  const { parts } = asked;
  const reading = read(text);
  const matches = find(asked, reading, also);
  if (!matches.length) return null;
  const { score, held, lacks } = judge(asked, matches, weights, inTitle, { text, size: reading.words.length });
  const hits = places(reading, matches);
  return { id, figure: reader.figureOf({ text, figures }, hits, parts), text, hits, score, lacks, holds: held.size, location };
};

// A document with its best passages, or with all, and `count`, how many there are: exactly where they were
// all read or every word was looked up.
const weighed = async (one, asked, weights, { every, roughly }) => {
  const { parts } = asked;
  const best = bestPiece(one.matches, parts, weights);
  let text = await one.shard.text(one.id, best.number);
  const { url: address, meta } = text;
  const inTitle = reader.words.titled(parts, reader.words.read(meta.title).words);
  let starts = startsIn(text);
  const isAllHere = one.matches.at(-1)[0] < text.until && (!best.number || one.matches[0][0] >= starts[0]);
  const held = heldIn(isAllHere ? starts : startsOf(await one.shard.sizes(one.id, best.number)), one.matches);
  const sizeOf = (some) => some[0]?.[1].size ?? 0;
  if (sizeOf(held) > sizeOf(heldIn(starts, one.matches))) {
    // The piece has more words together than others, but another one has a passage with more of them.
    text = await one.shard.text(one.id, Math.floor(held[0][0] / collection.about.piece));
    starts = startsIn(text);
  }
  const here = every ? held : heldIn(starts, one.matches).slice(0, AT_MOST);
  const anchors = await passagesAt(one, here.map(([start]) => start), every ? null : text);
  const passages = anchors.map((anchor) => weighPassage(anchor, asked, weights, inTitle)).filter(Boolean);
  const sorted = passages.sort(
    (one, other) => other.holds - one.holds || other.score - one.score || one.location - other.location,
  );
  const holds = sorted[0]?.holds ?? inTitle.length;
  const shown = sorted.filter((passage) => passage.holds === holds);
  const all = held.length === here.length;
  const likely = held.filter(([, terms]) => new Set([...terms, ...inTitle.map(({ term }) => term)]).size >= holds);
  // Of those that were not read, as many are taken to answer as of those that were.
  const unread = (Math.max(0, likely.length - here.length) * shown.length) / here.length;
  const exact = Math.max(shown.length, likely.length);
  const count = all ? shown.length : roughly ? shown.length + Math.round(unread) : exact;
  const about = { address, title: meta.title, about: meta.about, holds, score: sorted[0]?.score ?? 0 };
  return { ...about, passages: shown, count, isSure: all || !roughly, roughly: roughly && !all };
};

// The documents that hold most, best first: the first of those found are read, and more of them where
// their passages do not hold all words, though these stand near each other.
const bestOf = async (found, asked, { weights, loose, whole, ...how }, limit) => {
  const step = limit + SPARE, most = Math.max(READ, step), documents = [];
  const full = () => documents.filter(({ holds }) => holds >= whole).length;
  const enough = loose ? limit : Math.min(ENOUGH, limit);
  let read = 0;
  while (read < Math.min(found.length, most) && full() < enough) {
    const next = found.slice(read, Math.min(read + step, most));
    documents.push(...(await Promise.all(next.map((one) => weighed(one, asked, weights, how)))));
    read += next.length;
  }
  const held = documents.filter(({ holds }) => holds);
  held.sort((one, other) => other.holds - one.holds || other.score - one.score);
  return { documents: held, read, isAll: read === found.length, isShort: full() < enough, isNone: !full(), isSure: documents.every(({ holds, isSure }) => holds >= whole || isSure) };
};

// What answers, without looking up the most common words. Where they are of a phrase and their texts do not
// fill the page, they are looked up all the same: no document with the phrase is passed over.
const answered = async (asked, options, common, isOld) => {
  const [, { shortlist }] = await loading;
  const { limit = 20, filters = {}, every = Boolean(filters.document?.length) } = options;
  const list = await shortlist(collection.shards, asked.parts, common);
  const { kept, counts } = await narrowed(list.found, options);
  if (isOld()) return null;
  const best = await bestOf(kept, asked, { ...list, every }, limit);
  if (list.loose && best.isShort && !(best.isAll && best.isSure)) return answered(asked, options, {}, isOld);
  const others = best.isNone ? list.others() : [];
  if (!others.length) return { ...list, ...best, kept, counts };
  const more = await narrowed([...list.found, ...others], options);
  return { ...list, ...more, ...(await bestOf(more.kept, asked, { ...list, every }, limit)) };
};

// How many documents answer, and how many passages where that is known. What is not read is told by "about",
// unless one word or phrase was looked up.
const totals = ({ documents, kept, read, isAll, isSure, isNone, roughly, loose, isFar, isFew }, { parts }) => {
  const likely = loose ? Math.round((kept.length * documents.length) / read) : kept.length - read + documents.length;
  if (!isAll) return { total: Math.max(documents.length, likely), roughly: roughly || parts.length > 1 };
  const passages = documents.reduce((sum, one) => sum + one.count, 0);
  const isRough = documents.some((one) => one.roughly);
  return { total: documents.length, passages: isRough ? undefined : passages, roughly: isFar || !isSure || (isNone && !isFew) };
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
    const list = fetch(address).then((answer) => {
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      return answer.json();
    });
    lists.set(letter, list);
    list.catch(() => lists.delete(letter)); // it may be there the next time
  }
  return lists.get(letter);
};

const nothing = { total: 0, documents: [], facets: {}, near: [], missing: [] };

const search = async (number, { query, options = {} }) => {
  await loading;
  const { limit = 20, typing = false } = options;
  const asked = reader.words.parse(query, { typing });
  if (!asked.parts.length) return nothing;
  const found = await answered(asked, options, collection.about.common, () => !options.every && number !== newest);
  if (!found) return nothing;
  const { held, prefixed } = found;
  // Where all were read, those that lack words do not stand beside those that have them.
  const documents = found.isAll ? found.documents.filter(({ holds }) => holds === found.documents[0].holds) : found.documents;
  const nowhere = asked.parts.filter((part) => !held[part.term]);
  return {
    ...totals({ ...found, documents }, asked),
    documents: documents.slice(0, limit),
    facets: found.counts,
    near: nowhere.length || !documents.length ? await nearQueries(asked, held) : [],
    missing: nowhere.map((part) => part.text),
    partly: documents.length > 0 && documents[0].holds < asked.parts.length,
    prefixed,
  };
};

addEventListener("message", async ({ data }) => {
  if (!data.options?.every) newest = data.number;
  try {
    const answer = data.about ? await open(data) : await search(data.number, data);
    postMessage({ number: data.number, answer });
  } catch (error) {
    postMessage({ number: data.number, failure: String(error?.message ?? error) });
  }
});
