// What the dialog "Cite" shows, as `reader.citations`: a page, a passage or a figure in each style, and as
// reference managers read it, and its own words. The citations stand in the page (`.citations`), with the
// words that differ for a passage (`data-at`); records stand beside a document, and within an index page.
(() => {
  const section = document.querySelector(".citations");
  if (!globalThis.reader || reader.citations || !section) return;
  const { cited, element } = reader;
  const NUMBER = "{number}"; // stands in `data-at` for the passage's number
  const ADDRESS = "{address}"; // and this for its address
  const SIGNS = ["\ue000", "\ue001"]; // before and after a figure, while its sentence is looked for
  const FORMATS = { bibtex: ["BibTeX", "bib"], ris: ["RIS", "ris"], csl: ["CSL-JSON", "json"] };
  // Style → its name, and its forms: first what stands in a text or note, then the entry in a list.
  const names = {};
  const forms = {};
  for (const one of section.querySelectorAll("[data-style]")) {
    forms[one.dataset.style] = [...one.querySelectorAll("dd")];
    names[one.dataset.style] = one.querySelector("dt").textContent;
  }
  // A document that is gone has no records.
  const inPage = (format) => section.querySelector(`[data-record="${format}"]`);
  const inFile = (format) => section.querySelector(`[href$="citation.${FORMATS[format][1]}"]`);
  const records = Object.keys(FORMATS).filter((one) => inPage(one) || inFile(one));
  for (const one of records) names[one] = FORMATS[one][0];

  const squeezed = (text) => text.replace(/\s+/g, " ").trim();
  const plain = (node) => {
    const clone = node.cloneNode(true);
    clone.querySelectorAll("a.number, button, .further-id").forEach((one) => one.remove());
    return clone;
  };
  const words = (node) => squeezed(plain(node).textContent);

  // The words that are selected within a passage; else all of it.
  const quoted = (block, selected) => {
    if (!selected?.intersectsNode(block)) return words(block);
    const range = selected.cloneRange();
    if (!block.contains(range.startContainer)) range.setStart(block, 0);
    if (!block.contains(range.endContainer)) range.setEnd(block, block.childNodes.length);
    return words(range.cloneContents()) || words(block);
  };

  // Whether more is selected than stands in a passage; a browser may end a selection where the next begins.
  const isBeyond = (block, range) => {
    if (!range?.intersectsNode(block)) return false;
    const [before, after] = [range.cloneRange(), range.cloneRange()];
    if (block.contains(range.startContainer)) before.collapse(true);
    else before.setEndBefore(block);
    if (block.contains(range.endContainer)) after.collapse(false);
    else after.setStartAfter(block);
    return [before, after].some((one) => words(one.cloneContents()));
  };

  // The sentence that states a figure; in a table, its row.
  const stated = async (block, id) => {
    await reader.script("assets/javascripts/search_sentence.js");
    const clone = plain(block.querySelector(`#${CSS.escape(id)}`).closest("tr") ?? block);
    const mark = clone.querySelector(`#${CSS.escape(id)}`);
    mark.before(SIGNS[0]);
    mark.after(SIGNS[1]);
    const [before, within, after, more] = squeezed(clone.textContent).split(/[\ue000\ue001]/);
    if (more != null) return words(block); // the text has such signs of its own
    const [start, end] = reader.words.around(before + within + after, before.length, before.length + within.length);
    return (before + within + after).slice(start, end).trim();
  };

  // What stands within a pair of quotation marks has single ones of its own.
  const inner = (text) =>
    text
      .replace(/(^|[\s([{\u2013\u2014-])"([^"]*)"/g, "$1‘$2’")
      .replace(/(^|[\s([{\u2013\u2014-])["“]/g, "$1‘")
      .replace(/”|(?<!\d)"/g, "’")
      .replaceAll("“", "‘");

  // The page's address as the files beside it tell it: without the site's own where that is not known.
  const folder = location.pathname.slice(reader.root.pathname.length).replace(/(versions\/[0-9a-f]{12}\/)?[^/]*$/, "");
  const page = document.querySelector('link[rel="canonical"]')?.href ?? folder;

  // The day of the reader's visit, as a style or a format writes it: "{month} {day}, {year}".
  const today = (written, months = "") => {
    const now = new Date();
    const [year, m, day] = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
    const month = months.split(" ")[m - 1];
    const [mm, dd] = [m, day].map((number) => String(number).padStart(2, "0"));
    const parts = { year, m, mm, month, mon: month, day, dd };
    return written.replace(/\{(\w+)\}/g, (_, name) => parts[name]);
  };
  // `what` is {} for the page itself; else it has the passage's number, and its own id or a figure's.
  const citation = (form, { number, id }) => {
    const made = form.cloneNode(true);
    const { months } = form.closest("[data-months]")?.dataset ?? {};
    for (const one of made.querySelectorAll(".accessed")) one.replaceWith(today(one.dataset.written, months));
    for (const one of made.querySelectorAll(".here")) one.replaceWith(cited(id));
    for (const one of made.querySelectorAll("[data-at]")) {
      if (number) one.replaceWith(one.dataset.at.replaceAll(NUMBER, number).replaceAll(ADDRESS, cited(id)));
      else one.replaceWith(...one.childNodes);
    }
    made.normalize();
    return [...made.childNodes];
  };
  // The words, then the citation; one in brackets stands before the full stop, and its entry follows: it says
  // too little alone. "U.S." keeps its stop.
  const quotation = (style, what) => {
    const [note, entry] = forms[style];
    const isBrief = note.textContent.startsWith("(");
    const end = isBrief ? /(?<!\.|\b[A-Za-z])\.(?=["”’]*$)|[,;:](?=["”’]*$)/ : /[,;:](?=["”’]*$)/;
    const parts = [`“${inner(what.quotation.replace(end, ""))}” `, ...citation(note, what), isBrief ? "." : ""];
    return isBrief && entry ? [element("p", {}, ...parts), element("p", {}, ...citation(entry, {}))] : parts;
  };

  // "Via ADDRESS" of the document becomes "Para. 7, via ADDRESS#p7"; TeX wants its "#" escaped, outside \url.
  const version = document.querySelector("[data-version]")?.dataset.version;
  const VIA = new RegExp(`\\b(v)(ia (\\\\url\\{)?)${page.replace(/[^\w/]/g, "\\$&")}`, "gi");
  const located = (text, style, { number, id }) =>
    text.replace(VIA, (_, v, ia, within) => {
      const address = cited(id);
      const before = [number && `para. ${number}, `, version && `version ${version}, `, "v"].filter(Boolean).join("");
      const first = v === "V" ? before[0].toUpperCase() : before[0];
      return first + before.slice(1) + ia + (style === "bibtex" && !within ? address.replace("#", "\\#") : address);
    });
  const record = async (format, what) => {
    if (inFile(format)) return located(await reader.text(`${folder}citation.${FORMATS[format][1]}`), format, what);
    const text = located(citation(inPage(format), what).map((one) => one.textContent).join(""), format, what);
    return format === "ris" ? text.replaceAll("\n", "\r\n") : text;
  };

  const file = (format) => `${folder.split("/").at(-2) || "page"}.${FORMATS[format][1]}`;

  reader.citations = { names, forms, records, words, quoted, isBeyond, stated, citation, quotation, record, file };
})();
