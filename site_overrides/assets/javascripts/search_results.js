// Shows what a search has found, as `reader.results`: documents with their best passages, each passage
// by the sentence that answers, and what to try where nothing does. The box and the search page use it.
(() => {
  if (!globalThis.reader || reader.results) return;
  const { element } = reader;

  const SHOWN = 3; // passages of a document before the others are folded away
  const LONGEST = 300; // characters of a sentence that are shown
  const SHORT = 120; // characters below which the next sentence is shown too
  const ABOUT_SITE = "About this site"; // what stands over the pages that explain it
  const INDEXES = ["Documents", "Programs", "Countries", "Figures", "People", "Organizations", "Substances"];

  const plural = (count, one) => `${count.toLocaleString("en")} ${one}${count === 1 ? "" : "s"}`;

  // A stretch of a text with its hits marked.
  const marked = (text, start, end, hits) => {
    const parts = [];
    let at = start;
    for (const [first, last] of hits) {
      if (last <= start || first >= end) continue;
      parts.push(text.slice(at, first), element("mark", {}, text.slice(first, last)));
      at = last;
    }
    return [...parts, text.slice(at, end)];
  };

  // The sentence that answers, cut where it is long, but not its hits.
  const sentence = ({ text, hits }) => {
    let [start, end] = reader.words.sentence(text, hits);
    if (end - start < SHORT) end = reader.words.sentence(text.slice(end), [])[1] + end; // hardly more than a heading
    const inside = hits.filter(([first, last]) => first >= start && last <= end);
    const [before, after] = [start > 0, end < text.trimEnd().length];
    let cutBefore = before, cutAfter = after;
    if (end - start > LONGEST) {
      const first = inside.length ? inside[0][0] : start;
      const from = Math.max(start, Math.min(first - 70, end - LONGEST));
      const to = Math.min(end, from + LONGEST);
      if (from > start) [start, cutBefore] = [text.indexOf(" ", from) + 1, true];
      if (to < end) [end, cutAfter] = [Math.max(text.lastIndexOf(" ", to), first), true];
    }
    return element(
      "span", { class: "found-sentence" },
      cutBefore ? "… " : null, ...marked(text, start, end, inside), cutAfter ? " …" : null,
    );
  };

  // What the page at the other end is to mark: the words as printed. It is read once (search_landing.js).
  const handOver = (link, { text, hits }) => {
    const words = [...new Set(hits.map(([start, end]) => text.slice(start, end)))];
    const note = () => reader.remember("search-landing", { to: link.href, words, at: Date.now() });
    for (const event of ["click", "auxclick", "contextmenu"]) link.addEventListener(event, note);
    return link;
  };

  const passageLink = (address, passage, attributes, ...children) =>
    handOver(
      element("a", { href: reader.address(`${address}#${passage.figure ?? passage.id}`), ...attributes }, ...children),
      passage,
    );

  const passageItem = ({ address, missing }, passage) =>
    element(
      "li", {},
      passageLink(
        address, passage, { class: "found-passage" },
        element("span", { class: "found-number", "data-number": passage.id.replace(/^p/, "") },
          element("span", { class: "only-heard" }, `Paragraph ${passage.id.replace(/^p/, "")}: `)),
        element("span", {}, sentence(passage),
          lacking(passage, missing)),
      ),
    );

  // Which words a passage lacks that stand elsewhere.
  const lacking = ({ lacks = [] }, missing = []) => {
    const words = lacks.filter((word) => !missing.includes(word));
    return words.length ? element("small", { class: "found-lacks" }, `without ${quoted(words)}`) : null;
  };

  const quoted = (words) => words.map((word) => `“${word}”`).join(", ");

  const documentItem = (found, narrow) => {
    const [best] = found.passages;
    const title = best
      ? passageLink(found.address, best, { class: "found-title", tabindex: "-1" }, found.title)
      : element("a", { class: "found-title found-passage", href: reader.address(found.address) }, found.title);
    const item = element(
      "li", { class: "found-document" },
      element("h2", {}, title),
      element("p", { class: "found-about" }, found.about, narrow ? narrow(found) : null),
    );
    const list = (passages) => element("ol", {}, ...passages.map((passage) => passageItem(found, passage)));
    if (best) item.append(list(found.passages.slice(0, SHOWN)));
    const shown = found.passages.slice(0, SHOWN);
    const count = (found.count ?? found.passages.length) - shown.length;
    if (best && count > 0) item.append(folded(found, count, shown, list));
    return item;
  };

  // The other passages of a document, read when they are unfolded.
  const folded = (found, count, shown, list) => {
    const more = element("details", {},
      element("summary", {}, `${found.roughly ? "about " : ""}${plural(count, "more passage")} in this document`));
    more.addEventListener("toggle", async () => {
      if (more.dataset.read) return;
      more.dataset.read = "yes";
      const isAll = found.passages.length - shown.length >= count;
      try {
        const all = isAll ? found.passages : await found.every();
        const known = new Set(shown.map((passage) => passage.id));
        more.append(list(all.filter((passage) => !known.has(passage.id))));
      } catch {
        delete more.dataset.read;
        more.open = false;
        reader.tell(reader.SEARCH_FAILED);
      }
    });
    return more;
  };

  const pageItem = (page) =>
    element(
      "li", { class: "found-document found-page" },
      element("h2", {}, handOver(element("a", { class: "found-title found-passage", href: reader.address(page.address) }, page.title), page)),
      element("p", {}, sentence(page)),
    );

  // What was found in one line, and what to know about it in others.
  const told = (answer, query) => {
    if (!answer.total && answer.named?.length) return "No passage found, but a name in the index.";
    if (!answer.total && !answer.other?.length) return `Nothing found for “${query.trim()}”.`;
    if (!answer.total) return "Nothing found in the documents.";
    const passages = answer.passages; // not told where not all documents were read
    const documents = `${answer.roughly ? "about " : ""}${plural(answer.total, "document")}`;
    return passages ? `${plural(passages, "passage")} in ${documents}` : documents;
  };
  const notes = (answer, query, search) => {
    const found = [];
    const say = (...words) => found.push(element("p", { class: "found-note" }, ...words));
    const near = (answer.near ?? []).map((words) => {
      const button = element("button", { type: "button", class: "found-near" }, words);
      button.addEventListener("click", () => search(words));
      return button;
    });
    const between = (at) => (!at ? [] : [at === near.length - 1 ? " or " : ", "]);
    if (near.length) say("Did you mean ", ...near.flatMap((button, at) => [...between(at), button]), "?");
    if (answer.total && answer.missing?.length) say(`${quoted(answer.missing)} ${answer.missing.length > 1 ? "are" : "is"} not in the documents.`);
    else if (answer.partly) say("No passage has all of the words; these have most of them.");
    if (answer.prefixed) say(`Words that begin with “${query.trim().split(/\s+/).at(-1)}”.`);
    if (/(?:^|\s)[-−](?:\p{L}|["“])/u.test(query)) say("A minus sign leaves nothing out: the word behind it was looked for as the others were.");
    if (!answer.total && !answer.named?.length && !answer.other?.length) {
      const links = INDEXES.map((name) => element("a", { href: reader.address(`${name.toLowerCase()}/`) }, name));
      say("Try fewer or other words, or look in the indexes: ", ...links.flatMap((link, at) => (at ? [", ", link] : [link])), ".");
    }
    return found;
  };

  // Fills a list with an answer. `narrow` makes what stands beside a document's line, `search` starts anew.
  const show = (list, answer, query, { narrow, search }) => {
    list.dataset.query = query;
    const documents = answer.documents.map((one) => documentItem({ ...one, missing: answer.missing }, narrow));
    const found = element("ol", { class: "found" }, ...documents);
    const pages = element("section", { class: "found-pages", "aria-label": ABOUT_SITE, hidden: true }, element("h2", {}, ABOUT_SITE));
    const showPages = (other = []) => {
      pages.hidden = !other.length;
      if (other.length) pages.append(element("ol", {}, ...other.map(pageItem)));
    };
    list.replaceChildren(reader.names.line(answer), ...notes(answer, query, search), found, pages);
    showPages(answer.other);
    if (answer.total) answer.later?.().then(showPages); // what comes after the first answer
  };

  reader.results = { show, told, plural };
})();
