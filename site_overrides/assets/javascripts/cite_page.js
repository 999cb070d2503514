// The page's own button "Cite", where without a script a link leads to the citations on the page. The
// dialog is in cite_dialog.js, which comes when it is first needed.
(() => {
  if (!globalThis.reader || reader.cite || !document.querySelector(".citations")) return;

  // `what` is what is cited, as cite_dialog.js tells; the page itself without it.
  reader.cite = (what = {}) =>
    reader.script("assets/javascripts/cite_dialog.js").then(() => reader.showCitations(what));

  for (const link of document.querySelectorAll('a.to-citations[href="#_cite"]')) {
    link.replaceWith(reader.button(link.textContent, () => reader.cite(), { class: "cite-page" }));
  }
})();
