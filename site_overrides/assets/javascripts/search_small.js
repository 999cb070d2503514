// Searches a small collection in the page: every passage stands in search/search_index.json (from disk also
// in parts beside it), from which this makes an index of words, in slices, when the search is first used.
(() => {
  if (!globalThis.reader || reader.engines?.passages) return;
  const { bases, find, parse, places, read, weigh } = reader.words;
  const { passes, counted } = reader.facets;

  const SLICE = 25; // milliseconds of work before the page may breathe
  const PREFIXES = 60; // words that an unfinished word may become
  const TITLE = 0.35; // what a word in the document's title weighs beside one in the passage
  const MOST = 30; // passages of one document that are shown at first
  const FEW = 6; // words of a passage that is hardly more than a heading

  const plain = (text) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
  // A message comes at once, where a timer would wait for some milliseconds each time.
  const channel = new MessageChannel();
  const breathe = () =>
    new Promise((resolve) => {
      channel.port1.onmessage = resolve;
      channel.port2.postMessage(null);
    });

  const passage = (document, id, { text, also, figures }) => {
    return { document, id, text: plain(text), also, figures: figures.map(([figure, printed]) => [figure, plain(printed)]) };
  };

  // What the file holds: passages under their documents, and the pages that were written by hand.
  const take = (file) => {
    const documents = [], byAddress = new Map(), passages = [], pages = [];
    for (const { location, title, about, facets } of file.documents ?? []) {
      const document = { address: location, title, about, facets, title_words: read(title).words };
      byAddress.set(location, document);
      documents.push(document);
    }
    for (const { location, title, text, also = [], figures = [] } of file.docs) {
      const [address, id] = location.split("#");
      const document = byAddress.get(address);
      if (document && id) passages.push(passage(document, id, { text, also, figures }));
      else if (!document) pages.push(page(location, title, text));
    }
    return { documents, passages, pages };
  };
  // The renderer keeps the markup of hand-written pages; what is parsed so never runs. Where a block
  // or a cell begins or ends, a word does.
  const BLOCKS = /<\/?(?:p|li|t[dhr]|h\d|d[dt]|pre|div|br)\b/gi;
  const page = (address, title, text) => {
    const body = (html) => new DOMParser().parseFromString(html.replace(BLOCKS, " $&"), "text/html").body.textContent.replace(/\s+/g, " ").trim();
    return { address, title: body(title), text: body(text), also: [], document: { title_words: read(body(title)).words } };
  };

  // Where a word stands is one number, for there are many: passage, position, and how many words it spans.
  const LONGEST = 2 ** 16, WIDEST = 2 ** 6;
  const place = (number, at, length) => (number * LONGEST + Math.min(at, LONGEST - 1)) * WIDEST + Math.min(length, WIDEST - 1);
  const unfold = (code) => {
    const length = code % WIDEST, key = (code - length) / WIDEST, at = key % LONGEST;
    return [(key - at) / LONGEST, at, length];
  };

  // The words of passages, each with its places.
  class Index {
    constructor(entries) {
      this.entries = entries;
      this.places = new Map();
      this.forms = new Map(); // base → words that may be a form of it
    }

    async build() {
      let begun = performance.now();
      for (let number = 0; number < this.entries.length; number++) {
        this.add(number);
        if (performance.now() - begun > SLICE) {
          await breathe();
          begun = performance.now();
        }
      }
      for (const word of this.places.keys()) {
        for (const base of bases(word)) this.forms.set(base, [...(this.forms.get(base) ?? []), word]);
      }
      this.vocabulary = [...this.places.keys()].sort();
      return this;
    }

    add(number) {
      const entry = this.entries[number];
      const { words, more } = read(entry.text);
      entry.size = words.length;
      const put = (word, at, length) => {
        const listed = this.places.get(word);
        if (listed) listed.push(place(number, at, length));
        else this.places.set(word, [place(number, at, length)]);
      };
      const right = new Map(entry.also.map(([printed, reading]) => [read(printed).words[0], read(reading).words]));
      words.forEach((word, at) => {
        put(word, at, 1);
        for (const reading of right.get(word) ?? []) put(reading, at, 1);
      });
      for (const [at, length, term] of more) put(term, at, length);
    }

    // Each word with how often it stands there.
    *counts() {
      for (const [word, places] of this.places) yield [word, places.length];
    }

    beginning(prefix) {
      let low = 0, high = this.vocabulary.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (this.vocabulary[middle] < prefix) low = middle + 1;
        else high = middle;
      }
      const found = [];
      while (found.length < PREFIXES && this.vocabulary[low]?.startsWith(prefix)) found.push(this.vocabulary[low++]);
      return found;
    }

    // passage → the positions at which words stand one after the other there.
    sequence(words, begins) {
      const tails = begins ? this.beginning(words.at(-1)) : [words.at(-1)];
      let ends = null;
      for (const [step, word] of words.entries()) {
        const here = new Set();
        for (const one of step === words.length - 1 ? tails : [word]) {
          for (const code of this.places.get(one) ?? []) {
            const key = Math.floor(code / WIDEST);
            if (code % WIDEST === 1 && (!ends || ends.has(key - 1))) here.add(key);
          }
        }
        ends = here;
      }
      return [...(ends ?? [])].map((key) => [Math.floor(key / LONGEST), (key % LONGEST) - words.length + 1]);
    }
  }

  // Where the parts of a query stand: passage → matches; and which parts only began a word.
  class Answer {
    constructor(index, parts) {
      this.index = index;
      this.parts = parts;
      this.matches = new Map();
      this.held = parts.map(() => new Set());
      this.prefixed = new Set();
      for (const part of parts) this.answer(part);
    }

    put(part, number, at, length, quality) {
      this.held[part.term].add(number);
      const listed = this.matches.get(number);
      if (listed) listed.push([at, length, quality, part.term]);
      else this.matches.set(number, [[at, length, quality, part.term]]);
    }

    putWord(part, word, quality) {
      for (const code of this.index.places.get(word) ?? []) this.put(part, ...unfold(code), quality);
    }

    answer(part) {
      const { words, whole, term } = part;
      const [word] = words;
      if (words.length > 1) {
        if (!(part.number && whole)) {
          for (const [number, at] of this.index.sequence(words, part.begins)) this.put(part, number, at, words.length, 1);
        }
        if (whole) this.putWord(part, whole, 1);
      } else {
        this.putWord(part, whole ?? word, 1);
        if (whole && whole !== word) this.putWord(part, word, 1);
        if (!part.exact) this.answerForms(part, word);
      }
      if (!part.exact) this.answerJoined(part);
      if (part.begins && !this.held[term].size) this.answerBeginning(part, word);
    }

    answerForms(part, word) {
      const forms = new Set(bases(word).flatMap((base) => this.index.forms.get(base) ?? []));
      forms.delete(word);
      for (const form of forms) this.putWord(part, form, 0.8);
    }

    // "counter narcotics" asked, "counternarcotics" printed, and the other way round.
    answerJoined(part) {
      const own = part.words.join("");
      for (const [one, other] of [[part.term - 1, part.term], [part.term, part.term + 1]]) {
        if (!this.parts[one] || !this.parts[other] || this.parts[one].exact || this.parts[other].exact) continue;
        this.putWord(part, this.parts[one].words.join("") + this.parts[other].words.join(""), 0.95);
      }
      for (let cut = 3; cut <= own.length - 3; cut++) {
        const halves = [own.slice(0, cut), own.slice(cut)];
        if (!halves.every((half) => this.index.places.has(half))) continue;
        for (const [number, at] of this.index.sequence(halves)) this.put(part, number, at, 2, 0.9);
      }
    }

    answerBeginning(part, word) {
      if (part.words.length > 1 || word.length < 2) return;
      for (const one of this.index.beginning(word)) this.putWord(part, one, 0.6);
      if (this.held[part.term].size) this.prefixed.add(part.term);
    }

    weights() {
      const { length } = this.index.entries;
      return this.held.map((held) => Math.log(1 + length / (1 + held.size)));
    }
  }

  // The passages that answer, best first: those that hold every part (with the words of their document's
  // title), else those that hold most of them.
  const ranked = (answer, parts) => {
    const weights = answer.weights();
    const found = [];
    let most = 0;
    for (const [number, matches] of answer.matches) {
      const passage = answer.index.entries[number];
      const held = new Set(matches.map((match) => match[3]));
      const titled = parts.filter((part) => part.words.every((word) => passage.document?.title_words.includes(word)));
      const all = new Set([...held, ...titled.map((part) => part.term)]);
      matches.sort((one, other) => one[0] - other[0]);
      let score = weigh(parts, matches, weights);
      for (const { term } of titled) score += (held.has(term) ? TITLE / 3 : TITLE) * weights[term];
      if (passage.size <= FEW) score *= 0.85;
      most = Math.max(most, all.size);
      found.push({ passage, score, held: all });
    }
    return found.filter((one) => one.held.size === most).sort((one, other) => other.score - one.score);
  };

  // Documents whose title answers alone.
  const titled = (index, parts) =>
    index.documents.filter((document) =>
      parts.every((part) => part.words.every((word) => document.title_words.includes(word))),
    );

  // The query with the words that stand nowhere replaced by near ones.
  const nearQueries = (index, answer, query) => {
    const near = new Map();
    for (const word of answer.parts.flatMap((part) => (answer.held[part.term].size ? [] : part.words))) {
      if (!index.places.has(word) && word.length > 2 && !/\d/.test(word)) near.set(word, reader.near.nearest(index.counts(), word));
    }
    return reader.near.mended(query, near);
  };

  // Where the words stand is looked for when the passage is shown: most stay folded away.
  const shownPassage = ({ passage, score, held }, asked) => {
    const { id, text } = passage;
    let hits;
    return {
      id, text, score,
      lacks: asked.parts.filter((part) => !held.has(part.term)).map((part) => part.text),
      get hits() {
        const reading = hits ? null : read(text);
        return (hits ??= places(reading, find(asked, reading, passage.also)));
      },
      get figure() {
        return reader.figureOf(passage, this.hits, asked.parts);
      },
    };
  };

  const PAGES = 3; // of the hand-written pages, the best stand after the documents
  // Those that hold all words; beside documents that do too, only those with one of them in the title.
  const handWritten = (index, parts, asked, beside) => {
    const answer = new Answer(index, parts);
    const inTitle = ({ document }) => parts.some((part) => part.words.every((word) => document.title_words.includes(word)));
    return ranked(answer, parts)
      .filter((one) => one.held.size === parts.length && (!beside || inTitle(one.passage)))
      .slice(0, PAGES)
      .map((one) => ({ ...shownPassage(one, asked), address: one.passage.address, title: one.passage.title }));
  };

  const search = async (ready, query, { filters = {}, limit = 20, typing = false, beside = false } = {}) => {
    const { index, pages, facets } = await ready;
    const asked = parse(query, { typing });
    const { parts } = asked;
    if (!parts.length) {
      const all = index.documents.filter((document) => passes(document, filters));
      return { total: 0, documents: [], facets: counted(index.documents, filters, facets), near: [], missing: [], all: all.length };
    }
    const answer = new Answer(index, parts);
    const groups = new Map();
    for (const one of ranked(answer, parts)) {
      const listed = groups.get(one.passage.document);
      if (listed) listed.push(one);
      else groups.set(one.passage.document, [one]);
    }
    for (const document of titled(index, parts)) if (!groups.has(document)) groups.set(document, []);
    const found = [...groups.keys()];
    const kept = found.filter((document) => passes(document, filters));
    const nowhere = parts.filter((part) => !answer.held[part.term].size && !found.some((one) => titled({ documents: [one] }, [part]).length));
    const narrowed = Object.values(filters).some((values) => values.length);
    const shownOf = (document) => groups.get(document).map((one) => shownPassage(one, asked));
    const partly = found.length > 0 && !found.some((document) => groups.get(document).some((one) => one.held.size === parts.length) || !groups.get(document).length);
    const other = narrowed ? [] : handWritten(pages, parts, asked, beside || (kept.length > 0 && !partly));
    return {
      total: kept.length,
      passages: kept.reduce((sum, document) => sum + groups.get(document).length, 0),
      documents: kept.slice(0, limit).map((document) => ({
        address: document.address,
        title: document.title,
        about: document.about,
        passages: shownOf(document).slice(0, filters.document?.length ? Infinity : MOST),
        count: groups.get(document).length,
        every: async () => shownOf(document),
      })),
      facets: counted(found, filters, facets),
      near: (nowhere.length || !found.length) && !other.length ? nearQueries(index, answer, query) : [],
      missing: nowhere.map((part) => part.text),
      partly,
      prefixed: answer.prefixed.size > 0,
      other,
    };
  };

  reader.engines = reader.engines ?? {};
  reader.engines.passages = ({ parts = [] } = {}) => {
    const load = async () => {
      const files = await Promise.all(["search/search_index.json", ...parts].map(reader.data));
      const taken = files.map(take);
      const all = (name) => taken.flatMap((file) => file[name]);
      const index = await new Index(all("passages")).build();
      index.documents = all("documents");
      return { index, pages: await new Index(all("pages")).build(), facets: files[0].facets ?? [] };
    };
    const ready = load();
    return { ready, search: (query, options) => search(ready, query, options) };
  };
})();
