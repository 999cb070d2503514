// In the list of hits Material links a document to its top. Here the document's link takes the address
// of its best passage, so that every way into a document ends at the words that were looked for.
(() => {
  const list = document.querySelector(".md-search-result__list");
  if (!list) return;

  const score = (link) => Number(link.firstElementChild?.dataset.mdScore || 0);

  const update = () => {
    for (const item of list.children) {
      const links = [...item.querySelectorAll("a.md-search-result__link")];
      const [top, ...passages] = links;
      if (!top || top.hash || !passages.length) continue;
      const best = passages.reduce((one, other) => (score(other) > score(one) ? other : one));
      if (best.pathname === top.pathname) top.href = best.href;
    }
  };

  new MutationObserver(update).observe(list, { childList: true, subtree: true });
  update();
})();
