// Material carries the words that were searched for in the address (`?h=…`) to highlight them. Once the
// page has read them they go, so that a link copied from here is the passage's own.
(() => {
  const clean = () => {
    const address = new URL(location.href);
    if (!address.searchParams.has("h")) return;
    address.searchParams.delete("h");
    history.replaceState(history.state, "", address);
  };
  clean();
})();
