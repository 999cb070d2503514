// On the page of an entity: passages under their documents, as the page has them, or the concordance, which
// comes when it is first asked for. Which of the two is in the address (?view=concordance).
(() => {
  const section = document.querySelector("section.passages[data-concordance]");
  if (!globalThis.reader || !section || section.dataset.views) return;
  section.dataset.views = "yes";
  const { element } = reader;
  const passages = [...section.children].slice(1); // all but the heading
  let concordance = null, coming = null;

  const buttons = [["", "Passages"], ["concordance", "Concordance"]].map(([view, label]) => {
    const button = element("button", { type: "button", "aria-pressed": "false" }, label);
    button.addEventListener("click", () => {
      reader.setState({ view, ...(view ? {} : { find: "", sort: "", width: "" }) }, true);
      show();
    });
    return [view, button];
  });
  const group = element("div", { class: "view-switch", role: "group", "aria-label": "Show" },
    ...buttons.map(([, button]) => button));

  const load = async () => {
    await reader.script("assets/javascripts/concordance.js");
    return reader.concordance(section);
  };

  const show = async () => {
    const wanted = reader.state().get("view") === "concordance" ? "concordance" : "";
    try {
      if (wanted) concordance = await (coming ??= load());
    } catch {
      coming = null; // it may be there the next time
      reader.tell("The concordance could not be loaded. Try again in a moment.");
      return;
    }
    if (wanted) section.append(concordance.place);
    else concordance?.place.remove();
    passages.forEach((part) => (part.hidden = Boolean(wanted)));
    buttons.forEach(([view, button]) => button.setAttribute("aria-pressed", String(view === wanted)));
    if (wanted) concordance.show();
  };

  section.firstElementChild.after(group);
  addEventListener("popstate", show);
  show();
})();
