// A document with a new address: its former page sends the reader on, to the same passage. The
// former address leaves no entry in the browser's history, so that "back" does not lead here again.
(() => {
  const link = document.querySelector("a.new-address");
  if (link) location.replace(link.href + location.search + location.hash);
})();
