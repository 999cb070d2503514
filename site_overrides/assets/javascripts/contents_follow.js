// The list of contents marks the heading under which the reader is.
(() => {
  const contents = document.getElementById("__contents");
  if (!contents || contents.dataset.follows) return;
  contents.dataset.follows = "";
  const links = [...contents.querySelectorAll("a[href^='#']")];
  const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  const LINE = 0.25; // of the window's height: what is above it has been reached

  let marked;
  const mark = () => {
    const reached = headings.findLastIndex(
      (heading) => heading && heading.getBoundingClientRect().top < innerHeight * LINE,
    );
    const link = links[reached];
    if (link === marked) return;
    marked?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "location");
    marked = link;
  };

  let asked = false;
  const soon = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      mark();
    });
  };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon, { passive: true });
  mark();
})();
