// Searches a small collection in the page: every passage stands in search/search_index.json (from disk also
// in parts beside it), whose words are put into an index when the search is first used.
(() => {
  if (!globalThis.reader || reader.engines?.passages) return;

  const DIGITS = /^\d+$/; // numbers are not joined from pieces
  const PAGES = 3; // of the hand-written pages, the best stand after the documents

  const plain = (text) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
  // The renderer keeps the markup of hand-written pages; what is parsed so never runs. Where a block or a
  // cell begins or ends, a word does.
  const BLOCKS = /<\/?(?:p|li|t[dhr]|h\d|d[dt]|pre|div|br)\b/gi;
  const bare = (html) =>
    new DOMParser().parseFromString(html.replace(BLOCKS, " $&"), "text/html").body.textContent.replace(/\s+/g, " ").trim();
  const wordsOf = (title) => reader.words.read(title).words;

  // What the files hold: passages under their documents, and the pages that were written by hand.
  const take = (files) => {
    const documents = new Map(), passages = [], pages = [];
    for (const { location: address, title, about, facets } of files.flatMap((file) => file.documents ?? [])) {
      documents.set(address, { address, title, about, facets, words: wordsOf(title) });
    }
    for (const { location, title, text, also = [], figures = [] } of files.flatMap((file) => file.docs)) {
      const [address, id] = location.split("#");
      const document = documents.get(address);
      const printed = figures.map(([figure, words]) => [figure, plain(words)]);
      if (document && id) passages.push({ document, id, text: plain(text), also, figures: printed });
      else if (!document) pages.push({ address: location, title: bare(title), text: bare(text), also, document: { words: wordsOf(bare(title)) } });
    }
    return { documents: [...documents.values()], passages, pages };
  };

  // Where the parts of a query stand: passage → matches; and which parts only began a word.
  class Answer {
    constructor(index, parts) {
      this.index = index;
      this.parts = parts;
      this.matches = new Map();
      this.held = parts.map(() => new Set());
      this.prefixed = false;
      for (const part of parts) this.answer(part);
    }

    put({ term }, places, quality, words) {
      for (const [number, at, length = words] of places) {
        this.held[term].add(number);
        const match = [at, length, quality, term], listed = this.matches.get(number);
        if (listed) listed.push(match);
        else this.matches.set(number, [match]);
      }
    }

    answer(part) {
      const { index } = this, { form, begun } = reader.words.QUALITY;
      const { words, whole, begins } = part, [word] = words, single = words.length === 1;
      if (single || !(part.number && whole)) this.put(part, single ? index.of(word) : index.sequence(words, begins), 1, words.length);
      if (whole && whole !== word) this.put(part, index.of(whole), 1);
      if (!part.exact) {
        if (single) for (const other of index.formsOf(word)) this.put(part, index.of(other), form);
        this.answerJoined(part);
      }
      if (begins && single && word.length > 1 && !this.held[part.term].size) {
        for (const one of index.beginning(word)) this.put(part, index.of(one), begun);
        this.prefixed ||= this.held[part.term].size > 0;
      }
    }

    // "counter narcotics" asked, "counternarcotics" printed, and the other way round.
    answerJoined(part) {
      const { index, parts } = this, { joined, parted } = reader.words.QUALITY;
      const own = part.words.join("");
      for (const [one, other] of [[parts[part.term - 1], part], [part, parts[part.term + 1]]]) {
        const both = [...(one?.words ?? []), ...(other?.words ?? [])].join("");
        if (one && other && !one.exact && !other.exact && !DIGITS.test(both)) this.put(part, index.of(both), joined);
      }
      for (let cut = DIGITS.test(own) ? own.length : 3; cut <= own.length - 3; cut++) {
        const halves = [own.slice(0, cut), own.slice(cut)];
        if (halves.every((half) => index.places.has(half))) this.put(part, index.sequence(halves), parted, 2);
      }
    }

    // The passages that answer, best first: those that hold every part (with the words of their document's
    // title), else those that hold most of them.
    ranked(asked) {
      const { titled, judge } = reader.words, { entries } = this.index;
      const weights = this.held.map((held) => Math.log(1 + entries.length / (1 + held.size)));
      const found = [];
      for (const [number, matches] of this.matches) {
        const passage = entries[number];
        matches.sort((one, other) => one[0] - other[0]);
        const inTitle = titled(this.parts, passage.document.words);
        found.push({ passage, matches, inTitle, ...judge(asked, matches, weights, inTitle, passage) });
      }
      const most = found.reduce((most, one) => Math.max(most, one.held.size), 0);
      return found.filter((one) => one.held.size === most).sort((one, other) => other.score - one.score);
    }
  }

  // Where the words stand is looked up when the passage is shown: most stay folded away.
  const shownPassage = ({ passage, matches, score, lacks }, { parts }) => {
    const { id, text } = passage;
    let hits;
    return {
      id, text, score, lacks,
      get hits() {
        return (hits ??= reader.words.places(reader.words.read(text), matches));
      },
      get figure() {
        return reader.figureOf(passage, this.hits, parts);
      },
    };
  };

  // The query with the words that stand nowhere replaced by near ones.
  const nearQueries = async (index, nowhere, query) => {
    await reader.script("assets/javascripts/search_near.js");
    const near = new Map();
    for (const word of nowhere.flatMap((part) => part.words)) {
      if (!index.places.has(word) && word.length > 2 && !/\d/.test(word)) near.set(word, reader.near.nearest(index.counts(), word));
    }
    return reader.near.mended(query, near);
  };

  // Those that hold all words; beside documents that do too, only those with one of them in the title.
  const handWritten = (pages, asked, beside) =>
    new Answer(pages, asked.parts)
      .ranked(asked)
      .filter(({ lacks, inTitle }) => !lacks.length && (!beside || inTitle.length))
      .slice(0, PAGES)
      .map((one) => ({ ...shownPassage(one, asked), address: one.passage.address, title: one.passage.title }));

  // Passages under their documents; a document whose title answers alone has none.
  const grouped = (ranked, documents, parts) => {
    const groups = new Map();
    for (const one of ranked) {
      const listed = groups.get(one.passage.document);
      if (listed) listed.push(one);
      else groups.set(one.passage.document, [one]);
    }
    for (const document of documents) {
      if (!groups.has(document) && reader.words.titled(parts, document.words, true).length === parts.length) groups.set(document, []);
    }
    return groups;
  };

  // Those of the documents found that pass, and what each facet would leave.
  const narrowed = async (found, filters, names) => {
    await reader.script("assets/javascripts/search_facets.js");
    const { passes, counted } = reader.facets;
    return { kept: found.filter((document) => passes(document, filters)), facets: counted(found, filters, names) };
  };

  const search = async (ready, query, { filters = {}, limit = 20, typing = false, facets = false, beside = false } = {}) => {
    const { index, documents, pages, names } = await ready;
    const asked = reader.words.parse(query, { typing }), { parts } = asked;
    if (!parts.length) return { total: 0, documents: [], near: [], missing: [] };
    const answer = new Answer(index, parts);
    const groups = grouped(answer.ranked(asked), documents, parts), found = [...groups.keys()];
    const narrows = Object.values(filters).some((values) => values.length);
    const { kept, ...counts } = facets || narrows ? await narrowed(found, filters, names) : { kept: found };
    const nowhere = parts.filter((part) => !answer.held[part.term].size && !found.some(({ words }) => reader.words.titled([part], words, true).length));
    const partly = found.length > 0 && ![...groups.values()].some(([best]) => !best || best.held.size === parts.length);
    const other = narrows ? [] : handWritten(pages, asked, beside || (kept.length > 0 && !partly));
    const isNear = (nowhere.length || !found.length) && !other.length;
    return {
      ...counts,
      total: kept.length,
      passages: kept.reduce((sum, document) => sum + groups.get(document).length, 0),
      documents: kept.slice(0, limit).map((document) => ({
        ...document,
        passages: groups.get(document).map((one) => shownPassage(one, asked)),
        count: groups.get(document).length,
      })),
      near: isNear ? await nearQueries(index, nowhere, query) : [],
      missing: nowhere.map((part) => part.text),
      partly,
      prefixed: answer.prefixed,
      other,
    };
  };

  reader.engines ??= {};
  reader.engines.passages = ({ parts = [], facets } = {}) => {
    const load = async () => {
      const files = await Promise.all(["search/search_index.json", ...parts].map(reader.data));
      const { documents, passages, pages } = take(files);
      const index = await new reader.WordIndex(passages).build();
      return { index, documents, pages: await new reader.WordIndex(pages).build(), names: facets ?? files[0].facets ?? [] };
    };
    const ready = load();
    return { ready, search: (query, options) => search(ready, query, options) };
  };
})();
