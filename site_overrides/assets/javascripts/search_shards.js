// The index of a big collection, as the search's worker reads it: a part ("shard") for each year or some
// years, each with lists of words and the texts of its documents. Of the words only those lists are fetched
// in which a word of the query stands; builder/searching/lists.py writes them. A module.

const STRIDE = 1024; // by how much the numbers of documents of one piece of a shard stand apart from the next
const LISTS = 3; // lists that are read for the words that begin so

const letterOf = (word) => (/^[a-z0-9]/.test(word) ? word[0] : "other");

const sent = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer;
};

// What is packed in the file itself, for servers that send such files as they are.
const unpacked = async (answer) => {
  const data = new Uint8Array(await answer.arrayBuffer());
  if (data[0] !== 0x1f || data[1] !== 0x8b) return new Response(data);
  return new Response(new Response(data).body.pipeThrough(new DecompressionStream("gzip")));
};

// Reads bytes from the first to the last; numbers have seven bits a byte, the lowest first.
class Reading {
  constructor(data) {
    this.data = data;
    this.at = 0;
  }

  get isLeft() {
    return this.at < this.data.length;
  }

  number() {
    const { data } = this;
    let byte = data[this.at++], value = byte & 127;
    for (let weight = 128; byte > 127; weight *= 128) value += ((byte = data[this.at++]) & 127) * weight;
    return value;
  }

  bytes(size) {
    return this.data.subarray(this.at, (this.at += size));
  }
}

// The words of a list, each with its segments.
const wordsOf = (data) => {
  const text = new TextDecoder(), reading = new Reading(data), words = [];
  while (reading.isLeft) words.push([text.decode(reading.bytes(reading.number())), reading.bytes(reading.number())]);
  return words;
};

// Adds the places of a word, and notes in `again` which are in no order. A segment: the number of a piece, how
// many bytes follow, and of each document its number in the piece, how many places, and how far on each is.
const add = (found, again, segments) => {
  const reading = new Reading(segments);
  while (reading.isLeft) {
    const first = STRIDE * reading.number(), end = reading.number() + reading.at;
    while (reading.at < end) {
      const page = first + reading.number(), known = found.get(page), places = known ?? [];
      let place = 0;
      for (let left = reading.number(); left > 0; left--) places.push((place += reading.number()));
      if (known) again.add(known);
      else found.set(page, places);
    }
  }
};

class Shard {
  // `bounds` gives, for a letter, with which word each list begins.
  constructor(folder, { name, key, documents }, bounds) {
    this.folder = `${folder}${encodeURIComponent(name)}/`;
    this.key = key;
    this.documents = documents;
    this.bounds = async (letter) => (await bounds(letter))[name];
    this.kept = new Map();
  }

  // What `make` makes, once; what failed may come the next time.
  once(name, make) {
    if (!this.kept.has(name)) {
      const made = make();
      this.kept.set(name, made);
      made.catch(() => this.kept.delete(name));
    }
    return this.kept.get(name);
  }

  // A file of the shard; what a browser kept of another version is not taken.
  fetch(path) {
    return sent(`${this.folder}${path}?${this.key}`);
  }

  json(path) {
    return this.once(path, async () => (await this.fetch(path)).json());
  }

  // [word, segments] of one list.
  list(letter, number) {
    const path = `words/${letter}-${number}.words`;
    return this.once(path, async () => wordsOf(new Uint8Array(await (await unpacked(await this.fetch(path))).arrayBuffer())));
  }

  // Documents that hold a word, or words that begin so: page → places in ascending order.
  find(word, begins) {
    return this.once(`${begins ? "begins" : "is"} ${word}`, () => this.ask(word, begins));
  }

  async ask(asked, begins) {
    const letter = letterOf(asked), found = new Map(), again = new Set();
    const bounds = await this.bounds(letter);
    const first = Math.max(0, bounds.findLastIndex((bound) => bound <= asked));
    for (let number = first; number < bounds.length && number < first + LISTS; number++) {
      if (number > first && !(begins && bounds[number].startsWith(asked))) break;
      for (const [word, segments] of await this.list(letter, number)) {
        if (begins ? word.startsWith(asked) : word === asked) add(found, again, segments);
      }
    }
    for (const places of again) places.sort((one, other) => one - other);
    return found;
  }

  // What is shown of a document, from one piece of it: its title, passages, and where in the row of all
  // its words each begins.
  text(page, piece) {
    const path = `texts/${page}${piece ? `-${piece}` : ""}.text`;
    return this.once(path, async () => (await unpacked(await this.fetch(path))).json());
  }

  // How many words the title and each passage of a document of several pieces has.
  async sizes(page, piece) {
    return (await this.text(page, piece)).sizes ?? this.text(page, "sizes");
  }

  // By what documents can be narrowed: a map, page → {address: what `idOf` makes of it, facet: [values]}.
  facets() {
    return this.once(" facets", async () => {
      const { pages, facets } = await this.json("facets.json");
      const numbers = pages.flatMap((piece, number) => piece.map((_, at) => number * STRIDE + at));
      const described = pages.flat().map((address) => ({ address }));
      for (const [facet, values] of Object.entries(facets)) {
        for (const [value, places] of Object.entries(values)) {
          for (const place of places) (described[place][facet] ??= []).push(value);
        }
      }
      return new Map(described.map((one, place) => [numbers[place], one]));
    });
  }
}

export const shardsOf = (about, root) => {
  const folder = new URL(about.folder, root).href, kept = new Map();
  const bounds = (letter) => {
    if (!kept.has(letter)) {
      const told = sent(`${folder}${letter}.json?${about.key}`).then((answer) => answer.json());
      kept.set(letter, told);
      told.catch(() => kept.delete(letter)); // it may be there the next time
    }
    return kept.get(letter);
  };
  return about.shards.map((shard) => new Shard(folder, shard, bounds));
};

// By what a search is narrowed to a document (FNV-1a of its address), as the builder reckons it.
export const idOf = (address) => {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(address)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value.toString(16).padStart(8, "0");
};
