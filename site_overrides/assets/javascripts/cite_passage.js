// A button "Cite" beside each paragraph number, and one for the document: a dialog with what can be
// copied. `reader.citations` lists its rows; other scripts may add to it. On paper, the page's address.
(() => {
  const page = document.querySelector(".of-document");
  const head = page?.querySelector(".document-head");
  if (!head || page.querySelector("button.cite")) return;
  const { element, cited, copy } = reader;
  const COPIED = 2000; // milliseconds for which a button says that it copied

  // What is cited without a paragraph: the document, or a version of it.
  const words = (node) => {
    const clone = node.cloneNode(true);
    clone.querySelectorAll("a.number, button, .further-id").forEach((one) => one.remove());
    return clone.textContent.replace(/\s+/g, " ").trim();
  };
  const fact = (name) => {
    const known = head.querySelector(`.strip .${name}`)?.firstChild?.textContent.trim();
    return known && known !== "not known" ? known : "";
  };
  const title = words(page.querySelector("h1"));
  const source = {
    title,
    issuer: fact("issuer"),
    date: fact("date"),
    kind: fact("kind").replace(/\p{L}/u, (first) => first.toUpperCase()),
    original: head.querySelector(".strip .original a")?.getAttribute("href") || fact("original"),
    version: head.dataset.version ? `version ${head.dataset.version}` : "",
  };

  // The work is the issuer's: its own address stands first, then where it was read.
  const reference = ({ number, address }) => {
    const about = [source.kind, source.date, source.version].filter(Boolean).join(", ");
    const parts = [source.issuer, `“${inner(title).replace(/[^.?!…]$/, "$&.")}”`, about, source.original];
    const read = [number && `Para. ${number}`, source.original ? `via ${address}` : address];
    const work = parts.filter(Boolean).map((part) => (/[.?!…]”?$/.test(part) ? part : `${part}.`));
    return [...work, read.filter(Boolean).join(", ").replace(/^v/, "V")].join(" ");
  };

  // What stands within a pair of quotation marks has single ones of its own.
  const inner = (text) =>
    text
      .replace(/(^|[\s([{\u2013\u2014-])"([^"]*)"/g, "$1‘$2’")
      .replace(/(^|[\s([{\u2013\u2014-])["“]/g, "$1‘")
      .replace(/”|(?<!\d)"/g, "’")
      .replaceAll("“", "‘");

  // Each row: its name, and the text for what is cited: {number, address, quotation, source}. A row
  // without a text is left out.
  reader.citations ??= [];
  reader.citations.unshift(
    { name: "Link", text: (what) => what.address },
    { name: "Quotation", text: (what) => what.quotation && `“${inner(what.quotation)}” ${reference(what)}` },
    { name: "Reference", text: reference },
  );

  const said = element("p", { class: "only-heard", role: "status" });
  const copier = (text, label, field) => {
    const show = (state) => {
      button.textContent = said.textContent = state;
      setTimeout(() => (button.textContent = "Copy"), COPIED);
    };
    const selectInstead = () => {
      field?.select();
      show("Press Ctrl+C");
    };
    const act = () => copy(text).then(() => show("Copied"), selectInstead);
    const button = reader.button("Copy", act, { class: "copier", "aria-label": label });
    return button;
  };

  const row = (name, text) => {
    const field = element("textarea", { readonly: true, rows: Math.min(6, Math.ceil(text.length / 60)) });
    field.value = text;
    return element(
      "div",
      { class: "citation" },
      element("label", {}, element("span", {}, name), field),
      copier(text, `Copy: ${name}`, field),
    );
  };

  const figureRow = (mark) =>
    element(
      "li",
      {},
      element("span", {}, `“${words(mark)}” `, element("small", {}, reader.figureParts?.(mark).join(" · "))),
      copier(cited(mark.id), `Copy the link to “${words(mark)}”`),
    );

  const dialog = element("dialog", { class: "citing", "aria-labelledby": "_citing" });
  const open = (what, figures) => {
    const close = reader.button("×", () => dialog.close(), { class: "close", "aria-label": "Close" });
    const rows = reader.citations
      .map(({ name, text }) => [name, text({ ...what, source })])
      .filter(([, text]) => text)
      .map(([name, text]) => row(name, text));
    const heading = what.number ? `Cite paragraph ${what.number}` : "Cite this document";
    const list = figures.length && [
      element("h3", {}, "Figures in this paragraph"),
      element("ul", {}, ...figures.map(figureRow)),
    ];
    dialog.replaceChildren(
      element("header", {}, element("h2", { id: "_citing" }, heading), close),
      ...rows,
      ...(list || []),
      said,
    );
    said.textContent = "";
    dialog.querySelector(".copier").autofocus = true;
    dialog.showModal();
  };
  // A click beside the dialog closes it.
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());

  // What is selected within a passage is what is quoted. A click may take the selection away, so it
  // is read when the pointer comes down.
  let selected = null;
  const selection = () => {
    const now = getSelection();
    return now.isCollapsed || !now.rangeCount ? null : now.getRangeAt(0).cloneRange();
  };
  const quoted = (block) => {
    const range = selected ?? selection();
    selected = null;
    if (!range?.intersectsNode(block)) return words(block);
    if (!block.contains(range.startContainer)) range.setStart(block, 0);
    if (!block.contains(range.endContainer)) range.setEnd(block, block.childNodes.length);
    return words(range.cloneContents()) || words(block);
  };

  for (const number of page.querySelectorAll("a.number")) {
    const block = number.closest(".block, h1, h2, h3, h4, h5, h6");
    const label = `Cite paragraph ${number.dataset.number}`;
    const what = () => ({ number: number.dataset.number, address: cited(number.hash.slice(1)), quotation: quoted(block) });
    const act = () => open(what(), [...block.querySelectorAll("mark.figure[id]")]);
    const button = reader.button("", act, { class: "cite", "aria-label": label });
    button.addEventListener("pointerdown", () => (selected = selection()));
    number.after(button);
  }

  const whole = reader.button("Cite", () => open({ number: "", address: cited(), quotation: "" }, []));
  let actions = head.querySelector(".actions");
  if (!actions) head.append((actions = element("div", { class: "actions" })));
  actions.prepend(whole);
  head.append(element("p", { class: "print-address" }, cited()));
  page.append(dialog);
})();
