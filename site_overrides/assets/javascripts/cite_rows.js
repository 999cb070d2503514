// A way to cite what stands in a row of a list: it leads to the passage or figure, with the dialog open.
(() => {
  const page = document.querySelector(".of-index .page");
  if (!globalThis.reader || reader.citesRows || !page) return;
  reader.citesRows = true;

  const mark = (link) => {
    const row = link.closest("li > div, li, td");
    if (!row || row.querySelector(".cite-row") || link.closest(".concordance, .repeats")) return;
    const address = new URL(link.href);
    address.search = "?cite";
    const label = `Cite paragraph ${link.dataset.number}`;
    const cite = reader.element("a", { class: "cite-row", href: address.href, rel: "nofollow", "aria-label": label });
    const sentence = row.querySelector(".sentence");
    if (sentence) sentence.after(" ", cite);
    else row.append(" ", cite);
  };
  const markAll = (node) => node.querySelectorAll?.("a.passage-link[data-number]").forEach(mark);

  markAll(page);
  // Tables and lists that scripts make show other rows from time to time.
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) addedNodes.forEach(markAll);
  }).observe(page, { childList: true, subtree: true });
})();
