// What the search box and the search page do alike while words are typed, as `reader.searching`,
// `reader.walk` and `reader.SEARCH_HELP`.
(() => {
  if (!globalThis.reader || reader.searching) return;

  const DELAY = 50; // milliseconds after a key before the search begins
  reader.SEARCH_HELP =
    "All words, in any order; “quotation marks” keep words together. $1.2bn, 1.2 billion and 1,200,000,000 are one number.";

  reader.SEARCH_FAILED = "The search could not be loaded. Try again in a moment.";

  // Searches as the words change; an answer that is no longer asked for is dropped. `ask` gives
  // [query, options], `shown` gets the answer, `count` tells where there is none.
  reader.searching = ({ ask, shown, count }) => {
    let number = 0, timer;
    const now = async () => {
      const mine = ++number;
      const [query, options] = ask();
      try {
        const answer = await (await reader.engine()).search(query, options);
        await reader.names.add(answer, query, options);
        if (mine === number) shown(answer, query);
      } catch {
        if (mine === number) count.textContent = reader.SEARCH_FAILED;
      }
    };
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(now, DELAY);
    };
    const drop = () => {
      clearTimeout(timer);
      number++;
    };
    return { now, soon, drop };
  };

  // The arrows walk from the field through what can be opened, and back.
  reader.walk = (place, field) =>
    place.addEventListener("keydown", (event) => {
      if (!["ArrowDown", "ArrowUp"].includes(event.key) || event.isComposing) return;
      const stops = [field, ...place.querySelectorAll(".found-name, .found-near, .found-passage, .search-list summary, .search-all, .search-more")].filter(
        (stop) => stop.checkVisibility(),
      );
      const at = stops.indexOf(document.activeElement);
      if (at < 0) return;
      const next = stops[(at + (event.key === "ArrowDown" ? 1 : -1) + stops.length) % stops.length];
      event.preventDefault();
      next.focus();
      next.scrollIntoView({ block: "nearest" });
    });
})();
