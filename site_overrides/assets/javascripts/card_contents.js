// What a card says, of an entity or of a figure (cards.js opens and closes it). What is told of an entity is
// a data file beside its page; what is told of a figure stands in the page.
(() => {
  if (!globalThis.reader || reader.cardContents) return;
  const { element, counted } = reader;

  const printed = (marked) => marked.textContent.replace(/\s+/g, " ").trim();
  const kindLine = (kind) => element("p", { class: `card-kind ${kind}` }, kind);

  const dataOf = (link) => {
    const path = new URL(link.href).pathname.slice(reader.root.pathname.length);
    return reader.data(`${path.replace(/index\.html$/, "")}card.json`);
  };

  // `changed` is called when something has come that makes the card larger.
  const ofEntity = (mention, changed) => {
    const kind = mention.classList[1] || "";
    const name = element("p", { class: "card-name" }, printed(mention));
    const parts = [kindLine(kind), name];
    if (mention.dataset.read) return [...parts, element("p", {}, mention.dataset.read)];
    const more = element("p", { class: "card-more" });
    const go = (words) => more.replaceChildren(element("a", { href: mention.href }, words));
    if (mention.classList.contains("unreviewed")) {
      go("Where it is named");
      return [...parts, element("p", {}, "Not yet reviewed by an editor."), more];
    }
    const line = element("p");
    go("All mentions");
    dataOf(mention).then(
      (told) => {
        name.textContent = told.name;
        line.textContent = told.line;
        const places = `${counted(told.passages, "passage")} of ${counted(told.documents, "document")}`;
        go(`${counted(told.mentions, "mention")} in ${places}`);
        changed();
      },
      () => {}, // the card is as good as the page alone makes it
    );
    return [...parts, line, more];
  };

  // "$1.2 billion · of scanners": a value, then facts, each with its name before it.
  const figureParts = (mark) => (mark.dataset.read || "").split(" · ");

  const ofFigure = (mark) => {
    const [value, ...rest] = figureParts(mark);
    const facts = rest.map((line) => {
      const at = line.indexOf(" ");
      return element("div", {}, element("dt", {}, line.slice(0, at)), element("dd", {}, line.slice(at + 1)));
    });
    const parts = [kindLine("figure"), element("p", { class: "card-name" }, value)];
    parts.push(element("p", { class: "card-printed" }, `“${printed(mark)}”`));
    if (facts.length) parts.push(element("dl", {}, ...facts));
    if (mark.id) {
      const link = element("a", { href: `#${mark.id}` }, "Link to this figure");
      const act = () => {
        mark.focus({ preventScroll: true }); // this is where the dialog leads back to; the card closes
        reader.citeAt(mark.id);
      };
      const cite = reader.citeAt && reader.button("Cite", act, { class: "pill copier", "aria-label": `Cite “${printed(mark)}”` });
      parts.push(element("p", { class: "card-more" }, link, cite || null));
    }
    return parts;
  };

  // A mention within a figure is told with it.
  reader.cardContents = (marked, changed) => {
    const figure = marked.closest("mark.figure");
    return [...(marked === figure ? [] : ofEntity(marked, changed)), ...(figure ? ofFigure(figure) : [])];
  };
  reader.figureParts = figureParts;
  reader.printed = printed;
})();
