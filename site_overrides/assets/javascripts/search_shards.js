// The index of a big collection, as the search's worker reads it: a part ("shard") for each year or some
// years, each with the words that Pagefind has listed and the texts of its documents. Of the words only
// those lists are fetched in which a word of the query stands; builder/searching/chunks.py writes them. A module.

const END = "_"; // ends every word of the index
const LISTS = 3; // lists that are read for the words that begin so

const letterOf = (word) => (/^[a-z0-9]/.test(word) ? word[0] : "other");

// What is packed in the file itself, for servers that send such files as they are.
const unpacked = async (answer) => {
  const data = new Uint8Array(await answer.arrayBuffer());
  if (data[0] !== 0x1f || data[1] !== 0x8b) return new Response(data);
  return new Response(new Response(data).body.pipeThrough(new DecompressionStream("gzip")));
};

// Reads as much of CBOR as the lists hold: numbers, texts, arrays.
const read = (data) => {
  const text = new TextDecoder();
  let at = 0;
  const value = () => {
    const first = data[at++];
    if (first < 24) return first; // most are small numbers
    let argument = first & 31;
    if (argument > 23) {
      const end = at + (1 << (argument - 24));
      for (argument = 0; at < end; at++) argument = argument * 256 + data[at];
    }
    if (first < 0x20) return argument;
    if (first < 0x40) return -1 - argument;
    if (first < 0x80) return text.decode(data.subarray(at, (at += argument)));
    const items = [];
    for (let item = 0; item < argument; item++) items.push(value());
    return items;
  };
  return value();
};

// Adds the places of a word: pages and places are told by what lies between them; a negative number tells
// how Pagefind would weigh the places after it.
const add = (found, pages) => {
  let page = 0;
  for (const [step, steps] of pages) {
    page += step;
    const places = found.get(page) ?? [];
    let place = 0;
    for (const one of steps) if (one >= 0) places.push((place += one));
    found.set(page, places);
  }
};

class Shard {
  constructor(folder, { name, key, documents }) {
    this.folder = `${folder}${encodeURIComponent(name)}/`;
    this.key = key;
    this.documents = documents;
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
  async fetch(path) {
    const answer = await fetch(`${this.folder}${path}?${this.key}`);
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer;
  }

  json(path) {
    return this.once(path, async () => (await this.fetch(path)).json());
  }

  // [word, pages] of one list.
  list(letter, number) {
    const path = `index/${letter}-${number}.pf_index`;
    return this.once(path, async () => read(new Uint8Array(await (await unpacked(await this.fetch(path))).arrayBuffer())));
  }

  // Documents that hold a word, or words that begin so: page → places in ascending order.
  find(word, begins) {
    const term = begins ? word : word + END;
    return this.once(` ${term}`, () => this.ask(term, begins));
  }

  async ask(term, begins) {
    const letter = letterOf(term), found = new Map();
    const bounds = await this.json(`index/${letter}.json`);
    const first = Math.max(0, bounds.findLastIndex((bound) => bound <= term));
    for (let number = first; number < bounds.length && number < first + LISTS; number++) {
      if (number > first && !(begins && bounds[number].startsWith(term))) break;
      for (const [word, pages] of await this.list(letter, number)) {
        if (begins ? word.startsWith(term) : word === term) add(found, pages);
      }
    }
    if (begins) for (const places of found.values()) places.sort((one, other) => one - other);
    return found;
  }

  // What is shown of a document, from one piece of it: its title, passages, and where in the row of all
  // its words each begins.
  text(page, piece) {
    const path = `fragment/${page}${piece ? `-${piece}` : ""}.pf_fragment`;
    return this.once(path, async () => (await unpacked(await this.fetch(path))).json());
  }

  // How many words the title and each passage of a document of several pieces has.
  async sizes(page, piece) {
    return (await this.text(page, piece)).sizes ?? this.text(page, "sizes");
  }

  // By what documents can be narrowed: page → {address: what `idOf` makes of it, facet: [values]}.
  facets() {
    return this.once(" facets", async () => {
      const { pages, facets } = await this.json("facets.json");
      const known = pages.map((address) => ({ address }));
      for (const [facet, values] of Object.entries(facets)) {
        for (const [value, numbers] of Object.entries(values)) {
          for (const number of numbers) (known[number][facet] ??= []).push(value);
        }
      }
      return known;
    });
  }
}

export const shardsOf = (about, root) => {
  const folder = new URL(about.folder, root).href;
  return about.shards.map((shard) => new Shard(folder, shard));
};

// By what a search is narrowed to a document (FNV-1a of its address), as the builder reckons it.
export const idOf = (address) => {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(address)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value.toString(16).padStart(8, "0");
};
