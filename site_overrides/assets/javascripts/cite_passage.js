// A button "Cite" beside each paragraph number; `?cite` in the address opens the dialog for the passage
// or figure that it leads to. On paper, the page's address.
(() => {
  const page = document.querySelector(".of-document");
  const head = page?.querySelector(".document-head");
  if (!head || !reader.cite || page.querySelector("button.cite")) return;

  // What is selected within a passage is what is quoted. A click may take the selection away, so it
  // is read when the pointer comes down.
  let selected = null;
  const selection = () => {
    const now = getSelection();
    return now.isCollapsed || !now.rangeCount ? null : now.getRangeAt(0).cloneRange();
  };

  // `id` is a figure's where that is cited, else the passage's own.
  const passage = (number, id = number.hash.slice(1)) => ({
    number: number.dataset.number,
    block: number.closest(".block, h1, h2, h3, h4, h5, h6"),
    id,
  });
  for (const number of page.querySelectorAll("a.number")) {
    const act = () => {
      const range = selected ?? selection();
      selected = null;
      reader.cite({ ...passage(number), range });
    };
    const label = `Cite paragraph ${number.dataset.number}`;
    const button = reader.button("", act, { class: "cite", "aria-label": label });
    button.addEventListener("pointerdown", () => (selected = selection()));
    number.after(button);
  }

  // Cites what has this id: a passage, or a figure in one; else the document.
  reader.citeAt = (id) => {
    const at = id && document.getElementById(id);
    const block = at?.closest(".block, h1, h2, h3, h4, h5, h6");
    const number = block?.querySelector("a.number");
    return reader.cite(number ? passage(number, at.matches("mark.figure") ? id : undefined) : {});
  };

  head.append(reader.element("p", { class: "print-address" }, reader.cited()));
  if (reader.state().has("cite")) {
    reader.setState({ cite: "" });
    reader.citeAt(location.hash.slice(1));
  }
})();
