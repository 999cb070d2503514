// What stands around the text: the header names the page, drawers close, the contents say where the reader is.
(() => {
  const root = document.documentElement;
  if (root.dataset.framed) return;
  root.dataset.framed = "yes";

  // Once a page's heading is out of sight, the header shows its words in the place of the site's name. The link
  // stays what it is, the way home; its name does not change for who listens.
  const nameThePage = (heading, name) => {
    const words = heading.cloneNode(true);
    // Linked words are words of the title; the number beside it is not.
    words.querySelectorAll("a.number, button, .only-heard, .further-id").forEach((one) => one.remove());
    const title = document.createElement("span");
    title.className = "page-title";
    title.setAttribute("aria-hidden", "true");
    title.textContent = words.textContent.trim();
    name.append(title);
    new IntersectionObserver(([entry]) => {
      const above = !entry.isIntersecting && entry.boundingClientRect.top < 0;
      name.classList.toggle("scrolled", above);
    }).observe(heading);
  };

  // Sections and contents open as drawers on a phone without any script. With one they also close when a
  // link in them is followed on the same page, and when the keyboard leaves them for the page behind.
  const closeByItself = (drawer) => {
    const close = () => drawer.matches(":popover-open") && drawer.hidePopover();
    drawer.addEventListener("click", (event) => event.target.closest("a") && close());
    drawer.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !drawer.contains(relatedTarget)) close();
    });
  };

  // The list of contents marks the heading under which the reader is.
  const follow = (contents) => {
    const LINE = 0.25; // of the window's height: what is above it has been reached
    const links = [...contents.querySelectorAll("a[href^='#']")];
    const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    let marked, asked = 0;
    const mark = () => {
      asked = 0;
      const reached = headings.findLastIndex((one) => one && one.getBoundingClientRect().top < innerHeight * LINE);
      const link = links[reached];
      if (link === marked) return;
      marked?.removeAttribute("aria-current");
      link?.setAttribute("aria-current", "location");
      marked = link;
    };
    const soon = () => (asked ||= requestAnimationFrame(mark));
    addEventListener("scroll", soon, { passive: true });
    addEventListener("resize", soon, { passive: true });
    mark();
  };

  const heading = document.querySelector("#__text h1");
  const name = document.querySelector(".site-name");
  const contents = document.getElementById("__contents");
  if (heading && name) nameThePage(heading, name);
  document.querySelectorAll(".site-menu[popover], .contents[popover]").forEach(closeByItself);
  if (contents) follow(contents);
})();
