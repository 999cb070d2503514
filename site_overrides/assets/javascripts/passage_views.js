// On the page of an entity: passages under their documents, as the page has them, or the concordance, which
// comes when it is first asked for. Which of the two is in the address (?view=concordance).
(() => {
  const section = document.querySelector("section.passages[data-concordance]");
  if (!globalThis.reader || !section || section.dataset.views) return;
  section.dataset.views = "yes";
  const { element } = reader;
  const passages = [...section.children].slice(1); // all but the heading
  let concordance = null;

  const buttons = [["", "Passages"], ["concordance", "Concordance"]].map(([view, label]) => {
    const choose = () => {
      reader.setState({ view, ...(view ? {} : { find: "", sort: "", width: "" }) }, true);
      show();
    };
    return [view, reader.button(label, choose, { "aria-pressed": "false" })];
  });
  const group = element("div", { class: "view-switch", role: "group", "aria-label": "Show" },
    ...buttons.map(([, button]) => button));

  const trouble = element("div");

  const asked = () => (reader.state().get("view") === "concordance" ? "concordance" : "");
  const shown = (view) => {
    trouble.replaceChildren();
    passages.forEach((part) => (part.hidden = Boolean(view)));
    buttons.forEach(([own, button]) => button.setAttribute("aria-pressed", String(own === view)));
    if (view) section.append(concordance.place);
    else concordance?.place.remove();
  };

  const show = async () => {
    if (!asked()) return shown("");
    try {
      await Promise.all(["fold", "concordance_lines", "concordance"].map((name) => reader.script(`assets/javascripts/${name}.js`)));
    } catch (error) {
      return reader.fields.failed(trouble, "The concordance")(error);
    }
    if (!asked()) return undefined; // the reader has changed his mind
    concordance ??= reader.concordance(section);
    shown("concordance");
    return concordance.show();
  };

  section.firstElementChild.after(group, trouble);
  addEventListener("popstate", show);
  show();
})();
