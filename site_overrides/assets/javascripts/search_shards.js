// The index of a big collection, as the search's worker reads it: a part ("shard") for each year or some
// years, each an index of Pagefind whose words end in "_" and are asked for exactly. A module.

const END = "_";
const SIGNATURE = "pagefind_dcd"; // with which each of Pagefind's files begins

const unpacked = async (response) => {
  const data = await response.arrayBuffer();
  const packed = new Uint8Array(data, 0, Math.min(2, data.byteLength));
  if (packed[0] !== 0x1f || packed[1] !== 0x8b) return new Response(data);
  return new Response(new Response(data).body.pipeThrough(new DecompressionStream("gzip")));
};

const read = async (response) => JSON.parse((await response.text()).slice(SIGNATURE.length));

// Pagefind fetches its program for each index anew, and unpacks in JavaScript. Here the program comes
// once, from where it stands once, and the browser unpacks.
const fetchForPagefind = (folder, keys) => {
  const { fetch } = globalThis;
  let program;
  globalThis.fetch = async (address, ...rest) => {
    const url = new URL(address);
    if (!url.href.startsWith(folder)) return fetch(address, ...rest);
    if (/\/wasm\.[^/]*$/.test(url.pathname)) {
      if (program) return new Response(`${SIGNATURE} there already`);
      program = fetch(new URL(url.pathname.split("/").at(-1), folder));
      return unpacked(await program);
    }
    const shard = decodeURIComponent(url.href.slice(folder.length).split("/")[0]);
    url.search = keys.get(shard); // what a browser kept of another version is not taken
    const answer = await fetch(url, ...rest);
    if (!answer.ok) throw new Error(`${url.pathname}: ${answer.status}`);
    return /\.pf_\w+$/.test(url.pathname) ? unpacked(answer) : answer;
  };
};

class Shard {
  constructor(pagefind, folder, { name, key, documents }) {
    this.folder = `${folder}${encodeURIComponent(name)}/`;
    this.documents = documents;
    this.pagefind = pagefind.createInstance({ basePath: this.folder, noWorker: true, metaCacheTag: key });
    this.found = new Map();
    this.texts = new Map();
  }

  // Pagefind answers nothing before it has its table of contents; filters it has none.
  ready() {
    return this.pagefind.filters();
  }

  // Documents that hold a word, or words that begin so: id → positions in ascending order.
  find(word, begins) {
    const term = begins ? word : word + END;
    if (!this.found.has(term)) this.found.set(term, this.ask(term));
    return this.found.get(term);
  }

  async ask(term) {
    const { results } = await this.pagefind.search(term);
    return new Map(results.map((result) => [result.id, result.words]));
  }

  // What is shown of a document, from one piece of it: its title, passages, and where in the row of all
  // its words each begins.
  text(id, piece) {
    const path = `fragment/${id}${piece ? `-${piece}` : ""}.pf_fragment`;
    if (!this.texts.has(path)) this.texts.set(path, fetch(this.folder + path).then(read));
    return this.texts.get(path);
  }

  // By what documents can be narrowed: id → {address: what `idOf` makes of it, facet: [values]}.
  facets() {
    this.narrowed ??= this.readFacets();
    return this.narrowed;
  }

  async readFacets() {
    const { pages, facets } = await (await fetch(`${this.folder}facets.json`)).json();
    const byPage = new Map(pages.map((address, number) => [String(number), { address }]));
    for (const [facet, values] of Object.entries(facets)) {
      for (const [value, numbers] of Object.entries(values)) {
        for (const number of numbers) {
          const own = byPage.get(String(number));
          (own[facet] ??= []).push(value);
        }
      }
    }
    return byPage;
  }
}

// Opens all shards; the first brings the program, which the others use.
export const openShards = async (about, root) => {
  const folder = new URL(about.folder, root).href;
  fetchForPagefind(folder, new Map(about.shards.map(({ name, key }) => [name, key])));
  const pagefind = await import(`${folder}pagefind.js`);
  const [first, ...others] = about.shards;
  const opened = [new Shard(pagefind, folder, first)];
  await opened[0].ready();
  opened.push(...others.map((shard) => new Shard(pagefind, folder, shard)));
  await Promise.all(opened.map((shard) => shard.ready()));
  return opened;
};

// By what a search is narrowed to a document (FNV-1a of its address), as the builder reckons it.
export const idOf = (address) => {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(address)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value.toString(16).padStart(8, "0");
};
