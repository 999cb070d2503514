// The dialog in which a page, a passage or a figure is cited: its link, its citation in the style of the
// reader's choice, the words themselves with it. What it shows comes from cite_text.js.
(() => {
  if (!globalThis.reader?.citations || reader.showCitations) return;
  const { element, cited, copy } = reader;
  const { names, forms, records, words, quoted, isBeyond, stated, citation, quotation, record, file } = reader.citations;
  const COPIED = 2000; // milliseconds for which a button says that it copied
  const STYLE = "citation-style"; // what this browser remembers: the last choice
  const title = document.querySelector(".citations summary").textContent.trim();

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
    }, { class: "pill copier" });
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
  const save = reader.button("Save", () => reader.download(file(chosen()), "text/plain", work.field.textContent), { class: "pill saver", "aria-label": "Save as a file" });
  work.copier.before(save);
  const beyond = element("p", { class: "beyond" });
  quote.field.after(beyond);
  const isOnlyHere = reader.fromDisk && !document.querySelector('link[rel="canonical"]');
  if (isOnlyHere) link.rename("Link, on this computer only");
  const onDisk = (id = "") => location.href.replace(/[?#].*/s, "") + (id && `#${id}`);

  // The reader's choice of a style, and of the last one that is prose: that is what a quotation takes.
  const chosen = () => styles.querySelector(":checked").value;
  const prose = Object.keys(forms);
  const remembered = reader.remembered(STYLE, []);
  const [first, firstProse] = [0, 1].map((at) => (remembered[at] in names ? remembered[at] : prose[0]));
  const radio = (style) =>
    element("label", {}, element("input", { type: "radio", name: "_style", value: style, checked: style === first }), element("span", {}, names[style]));
  const styles = element("fieldset", { class: "styles" },
    element("legend", {}, "Style"), ...prose.map(radio), element("span", { class: "break" }), ...records.map(radio));
  let quoting = forms[firstProse] ? firstProse : prose[0];
  let current = {};
  styles.addEventListener("change", () => {
    if (forms[chosen()]) quoting = chosen();
    reader.remember(STYLE, [chosen(), quoting]);
    show();
  });

  const show = async () => {
    const what = current;
    const style = chosen();
    const isRecord = records.includes(style);
    work.field.classList.toggle("record", isRecord);
    save.hidden = !isRecord;
    const [note, inList] = isRecord ? [] : forms[style];
    entry.node.hidden = !inList;
    if (inList) {
      entry.rename(inList.dataset.form);
      entry.fill(...citation(inList, {})); // a list names the whole
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
    element("header", {}, heading, reader.button("×", () => dialog.close(), { class: "pill close", "aria-label": "Close" })),
    link.node, styles, work.node, entry.node, quote.node, further, said);

  // The figures of a passage, each with a way to cite it alone; and the way back.
  const figures = (what) => {
    const marks = [...what.block.querySelectorAll("mark.figure[id]")];
    const item = (mark) => element("li", {},
      element("span", {}, `“${words(mark)}” `, element("small", {}, reader.figureParts?.(mark).join(" · "))),
      reader.button("Cite", () => open({ ...what, id: mark.id }), { class: "pill", "aria-label": `Cite the figure “${words(mark)}”` }));
    return marks.length ? [element("h3", {}, "Figures in this paragraph"), element("ul", {}, ...marks.map(item))] : [];
  };
  const whole = (what) =>
    reader.button(`Cite the whole of paragraph ${what.number}`, () => open({ ...what, id: what.passage }), { class: "pill whole-passage" });

  // `what` is {} for the page itself; else {number, block, id}: id is a figure's or the passage's own;
  // `range` is what is selected.
  const open = async (what) => {
    const mark = what.block?.querySelector(`mark.figure#${CSS.escape(what.id)}`);
    current = { ...what, quotation: "" };
    const goesOn = what.block && !mark && isBeyond(what.block, what.range);
    beyond.textContent = goesOn ? `Your selection goes beyond this paragraph; only what stands in paragraph ${what.number} is quoted.` : "";
    if (what.block) current.quotation = mark ? await stated(what.block, what.id) : quoted(what.block, what.range);
    heading.textContent = mark ? `Cite “${words(mark)}” in paragraph ${what.number}` : what.number ? `Cite paragraph ${what.number}` : title;
    link.fill(isOnlyHere ? onDisk(what.id) : cited(what.id));
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
