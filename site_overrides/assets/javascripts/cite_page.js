// The page's own button "Cite", where without a script a link leads to the citations on the page. The
// dialog is in cite_text.js, cite_dialog.js and .css, which come when it is first needed.
(() => {
  if (!globalThis.reader || reader.cite || !document.querySelector(".citations")) return;

  const SCRIPTS = ["cite_text", "cite_dialog"].map((name) => `assets/javascripts/${name}.js`);
  let styled = null;
  const style = () =>
    new Promise((resolve) => {
      const link = reader.element("link", { rel: "stylesheet", href: reader.address("assets/stylesheets/cite_dialog.css") });
      link.onload = link.onerror = resolve;
      document.head.append(link);
    });

  // `what` is what is cited, as cite_dialog.js tells; the page itself without it.
  reader.cite = async (what = {}) => {
    styled ??= style();
    await Promise.all([styled, ...SCRIPTS.map(reader.script)]);
    reader.showCitations(what);
  };

  for (const link of document.querySelectorAll('a.to-citations[href="#_cite"]')) {
    link.replaceWith(reader.button(link.textContent, () => reader.cite(), { class: "pill cite-page" }));
  }
})();
