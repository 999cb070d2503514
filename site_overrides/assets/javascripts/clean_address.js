// Material carries the words that were searched for in the address (`?h=…`) and marks them in the text.
// Once they are marked they go, so that a link copied from here is the passage's own.
(() => {
  const LONGEST_WAIT = 5000; // milliseconds; the search index may be slow to come

  const clean = () => {
    const address = new URL(location.href);
    if (!address.searchParams.has("h")) return;
    address.searchParams.delete("h");
    history.replaceState(history.state, "", address);
  };

  const text = document.querySelector(".md-content");
  if (!text || !new URL(location.href).searchParams.has("h")) return;
  const observer = new MutationObserver(() => {
    if (!text.querySelector("mark[data-md-highlight]")) return;
    observer.disconnect();
    clean();
  });
  observer.observe(text, { childList: true, subtree: true });
  setTimeout(clean, LONGEST_WAIT);
  document.addEventListener("copy", clean);
})();
