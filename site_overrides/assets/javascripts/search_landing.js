// Marks in a passage the words by which a search has led to it. The result leaves them in this browser
// (search_results.js) and they are read once: the address stays clean, and so does every copied link.
(() => {
  if (!globalThis.reader || reader.landing || !CSS.highlights) return;
  reader.landing = true;
  const KEY = "search-landing";
  const LATEST = 60_000; // milliseconds; who comes later does not come from the result

  const land = () => {
    const { to, words = [], at = 0 } = reader.remembered(KEY, {});
    if (to !== location.href || Date.now() - at > LATEST) return;
    localStorage.removeItem(KEY);
    const target = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : document.querySelector(".md-content");
    const printed = [words].flat().filter((word) => typeof word === "string");
    if (target) mark(target.closest(".block") ?? target, printed);
  };

  // Ranges of the words as printed, over the borders of links and marks.
  const mark = (passage, words) => {
    const nodes = [], walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
    let text = "";
    while (walker.nextNode()) {
      nodes.push([walker.currentNode, text.length]);
      text += walker.currentNode.data;
    }
    const place = (offset) => {
      const [node, start] = nodes.findLast(([, first]) => first <= offset);
      return [node, offset - start];
    };
    const ranges = [];
    for (const word of words) {
      const pattern = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+");
      for (const found of text.matchAll(new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, "gu"))) {
        const range = new Range();
        range.setStart(...place(found.index));
        const [node, offset] = place(found.index + found[0].length - 1);
        range.setEnd(node, offset + 1);
        ranges.push(range);
      }
    }
    CSS.highlights.set("found", new Highlight(...ranges));
  };

  addEventListener("hashchange", land); // a hit in the page that is already open
  land();
})();
