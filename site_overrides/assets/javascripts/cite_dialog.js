// The dialog in which a page, a passage or a figure is cited: its link, its citation in the style of the
// reader's choice, the words themselves with it. The citations stand in the page (`.citations`), with
// the words that differ for a passage (`data-at`); what reference managers read, beside the page.
(() => {
  const section = document.querySelector(".citations");
  if (!globalThis.reader || reader.showCitations || !section) return;
  const { element, cited, copy } = reader;
  const COPIED = 2000; // milliseconds for which a button says that it copied
  const NUMBER = "{number}"; // stands in `data-at` for the passage's number
  const ADDRESS = "{address}"; // and this for its address
  const SIGNS = ["\ue000", "\ue001"]; // before and after a figure, while its sentence is looked for
  const STYLE = "citation-style"; // what this browser remembers: the last choice
  const FILES = { bibtex: ["BibTeX", "bib"], ris: ["RIS", "ris"], csl: ["CSL-JSON", "json"] };
  // Style → its forms, first what stands in a text or note, then the entry in a list.
  const written = {};
  const names = {};
  for (const one of section.querySelectorAll("[data-style]")) {
    written[one.dataset.style] = [...one.querySelectorAll("dd")];
    names[one.dataset.style] = one.querySelector("dt").textContent;
  }
  // An index page has records that a script makes; a document that is gone has none.
  const fileOf = (style) => section.querySelector(`[href$="citation.${FILES[style][1]}"]`);
  const has = (style) => section.matches(".of-index *") || fileOf(style);
  const records = Object.keys(FILES).filter(has);
  for (const style of records) names[style] = FILES[style][0];

  const squeezed = (text) => text.replace(/\s+/g, " ").trim();
  const plain = (node) => {
    const clone = node.cloneNode(true);
    clone.querySelectorAll("a.number, button, .further-id").forEach((one) => one.remove());
    return clone;
  };
  const words = (node) => squeezed(plain(node).textContent);

  // The words that are selected within a passage; else all of it.
  const quoted = (block, range) => {
    if (!range?.intersectsNode(block)) return words(block);
    if (!block.contains(range.startContainer)) range.setStart(block, 0);
    if (!block.contains(range.endContainer)) range.setEnd(block, block.childNodes.length);
    return words(range.cloneContents()) || words(block);
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
  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
  const SHORT = ["Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."];
  const today = (written) => {
    const now = new Date();
    const [month, mon] = [MONTHS, SHORT].map((list) => list[now.getMonth()]);
    const parts = { month, mon, day: now.getDate(), year: now.getFullYear() };
    return written.replace(/\{(\w+)\}/g, (_, name) => parts[name]);
  };
  const citation = (form, { number, id }) => {
    const made = form.cloneNode(true);
    for (const one of made.querySelectorAll(".accessed")) one.replaceWith(today(one.dataset.written));
    for (const one of made.querySelectorAll(".here")) one.replaceWith(cited(id));
    for (const one of made.querySelectorAll("[data-at]")) {
      if (number) one.replaceWith(one.dataset.at.replaceAll(NUMBER, number).replaceAll(ADDRESS, cited(id)));
      else one.replaceWith(...one.childNodes);
    }
    made.normalize();
    return [...made.childNodes];
  };
  // The words, then the citation; one in brackets says too little alone, so its entry follows.
  const quotation = (style, what) => {
    const [note, entry] = written[style];
    const cites = citation(note, what);
    const isBrief = note.textContent.startsWith("(");
    const parts = [`“${inner(what.quotation)}” `, ...cites, isBrief ? "." : ""];
    return isBrief && entry ? [element("p", {}, ...parts), element("p", {}, ...citation(entry, what))] : parts;
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
  const record = async (style, what) => {
    if (fileOf(style)) return located(await reader.text(`${folder}citation.${FILES[style][1]}`), style, what);
    await reader.script("assets/javascripts/cite_records.js");
    return reader.citationRecord[style]();
  };

  // Where something stands that can be copied: a name, its words, and a button.
  const said = element("p", { class: "only-heard", role: "status" });
  const asHtml = (field) => {
    const clone = field.cloneNode(true);
    // Other programs know no styles of ours.
    for (const one of clone.querySelectorAll("[class]")) {
      if (one.matches(".small-caps")) one.style.fontVariant = "small-caps";
      one.removeAttribute("class");
    }
    return clone.innerHTML;
  };
  const row = (name, key) => {
    const field = element("div", { class: "field", tabindex: "0", role: "textbox", "aria-readonly": "true", "aria-multiline": "true", "aria-labelledby": `_citing-${key}` });
    const label = element("span", { class: "citation-name", id: `_citing-${key}` }, name);
    const copier = reader.button("Copy", async () => {
      const show = (state) => {
        copier.textContent = said.textContent = state;
        setTimeout(() => (copier.textContent = "Copy"), COPIED);
      };
      try {
        await copy(field.innerText, field.matches(".record, .link") ? "" : asHtml(field));
        show("Copied");
      } catch {
        getSelection().selectAllChildren(field);
        show("Press Ctrl+C");
      }
    }, { class: "copier" });
    const node = element("div", { class: `citation ${key}` }, label, copier, field);
    const fill = (...content) => {
      field.replaceChildren(...content);
      copier.disabled = !content.length;
    };
    const rename = (words) => {
      label.textContent = words;
      copier.setAttribute("aria-label", `Copy: ${words}`);
    };
    rename(name);
    return { node, field, fill, rename, copier };
  };

  const link = row("Link", "link");
  const [work, entry, quote] = ["work", "entry", "quotation"].map((key) => row("Citation", key));
  const save = reader.button("Save", () => {
    const name = folder.split("/").at(-2) || "page";
    reader.download(`${name}.${FILES[chosen()][1]}`, "text/plain", work.field.textContent);
  }, { class: "saver", "aria-label": "Save as a file" });
  work.copier.before(save);

  // The reader's choice of a style, and of the last one that is prose: that is what a quotation takes.
  const chosen = () => styles.querySelector(":checked").value;
  const prose = Object.keys(written);
  const remembered = reader.remembered(STYLE, []);
  const [first, firstProse] = [0, 1].map((at) => (remembered[at] in names ? remembered[at] : prose[0]));
  const radio = (style) =>
    element("label", {}, element("input", { type: "radio", name: "_style", value: style, checked: style === first }), element("span", {}, names[style]));
  const styles = element("fieldset", { class: "styles" },
    element("legend", {}, "Style"), ...prose.map(radio), element("span", { class: "break" }), ...records.map(radio));
  let quoting = written[firstProse] ? firstProse : prose[0];
  let current = {};
  styles.addEventListener("change", () => {
    if (written[chosen()]) quoting = chosen();
    reader.remember(STYLE, [chosen(), quoting]);
    show();
  });

  const show = async () => {
    const what = current;
    const style = chosen();
    const isRecord = style in FILES;
    work.field.classList.toggle("record", isRecord);
    save.hidden = !isRecord;
    const [note, inList] = isRecord ? [] : written[style];
    entry.node.hidden = !inList;
    if (inList) {
      entry.rename(inList.dataset.form);
      entry.fill(...citation(inList, what));
    }
    quote.node.hidden = !what.quotation;
    if (what.quotation) {
      quote.rename(`Quotation with citation, ${names[quoting]}`);
      quote.fill(...quotation(quoting, what));
    }
    work.rename(isRecord ? names[style] : note.dataset.form);
    if (!isRecord) return work.fill(...citation(note, what));
    work.fill();
    const text = await record(style, what).catch(() => "");
    if (what !== current || style !== chosen()) return;
    if (text) work.fill(text.replace(/\r?\n$/, ""));
    else work.field.textContent = "The file is not there.";
  };

  const heading = element("h2", { id: "_citing" });
  const further = element("div", { class: "further" });
  const dialog = element("dialog", { class: "citing md-typeset", "aria-labelledby": "_citing" },
    element("header", {}, heading, reader.button("×", () => dialog.close(), { class: "close", "aria-label": "Close" })),
    link.node, styles, work.node, entry.node, quote.node, further, said);

  // The figures of a passage, each with a way to cite it alone; and the way back.
  const figures = (what) => {
    const marks = [...what.block.querySelectorAll("mark.figure[id]")];
    const item = (mark) => element("li", {},
      element("span", {}, `“${words(mark)}” `, element("small", {}, reader.figureParts?.(mark).join(" · "))),
      reader.button("Cite", () => open({ ...what, id: mark.id }), { "aria-label": `Cite the figure “${words(mark)}”` }));
    return marks.length ? [element("h3", {}, "Figures in this paragraph"), element("ul", {}, ...marks.map(item))] : [];
  };
  const whole = (what) =>
    reader.button(`Cite the whole of paragraph ${what.number}`, () => open({ ...what, id: what.passage }), { class: "whole-passage" });

  // `what` is {} for the page itself; else {number, block, id}: id is a figure's or the passage's own;
  // `range` is what is selected.
  const open = async (what) => {
    const mark = what.block?.querySelector(`mark.figure#${CSS.escape(what.id)}`);
    current = { ...what, quotation: "" };
    if (what.block) current.quotation = mark ? await stated(what.block, what.id) : quoted(what.block, what.range);
    const name = section.querySelector("summary").textContent.trim();
    heading.textContent = mark ? `Cite “${words(mark)}” in paragraph ${what.number}` : what.number ? `Cite paragraph ${what.number}` : name;
    link.fill(cited(what.id));
    further.replaceChildren(...(mark ? [whole(what)] : what.block ? figures(what) : []));
    said.textContent = "";
    show();
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
    link.copier.focus();
  };
  // A click beside the dialog closes it.
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.querySelector("#__text").append(dialog);

  reader.showCitations = (what) => open({ ...what, passage: what.block?.querySelector("a.number")?.hash.slice(1) });
})();
