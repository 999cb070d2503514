// Once a page's heading is out of sight, the header shows its words in the place of the site's name.
(() => {
  const heading = document.querySelector("#__text h1");
  const name = document.querySelector(".site-name");
  if (!heading || !name || name.querySelector(".page-title")) return;
  const words = heading.cloneNode(true);
  // Linked words are words of the title; the number beside it is not.
  words.querySelectorAll("a.number, button, .only-heard, .further-id").forEach((one) => one.remove());
  // The link stays what it is, the way home; its name does not change for who listens.
  const title = document.createElement("span");
  title.className = "page-title";
  title.setAttribute("aria-hidden", "true");
  title.textContent = words.textContent.trim();
  name.append(title);
  new IntersectionObserver(([entry]) => {
    const above = !entry.isIntersecting && entry.boundingClientRect.top < 0;
    name.classList.toggle("scrolled", above);
  }).observe(heading);
})();
