// What the search box shows below its field. It stands in the page when this runs, perhaps with words in it
// (search_open.js); what it does while they are typed is in search_typing.js.
(() => {
  const box = globalThis.reader && document.querySelector(".search-box");
  if (!box || box.querySelector(".search-list")) return;
  const { element } = reader;
  const SHOWN = 6; // documents in the box; the search page shows all

  const form = box.querySelector("form"), field = form.q;
  const close = element("button", { type: "button", class: "search-close" }, "Close");
  const count = element("p", { class: "search-count", role: "status" });
  const list = element("div", { class: "search-list" });
  const all = element("a", { class: "search-all", hidden: true });
  const keys = element("p", { class: "search-keys", "aria-hidden": "true" });
  for (const [key, does] of [["↑ ↓", "move"], ["Enter", "open"], ["Esc", "close"]]) {
    keys.append(element("span", {}, element("kbd", {}, key), ` ${does}`));
  }
  form.append(close);
  box.append(
    element("p", { class: "search-help" }, reader.SEARCH_HELP), count, list, element("div", { class: "search-foot" }, all, keys),
  );

  const searching = reader.searching({
    ask: () => [field.value, { limit: SHOWN, typing: true }],
    shown: (answer, query) => {
      count.textContent = reader.results.told(answer, query);
      reader.results.show(list, answer, query, { search: searchFor });
      list.scrollTop = 0;
      const address = new URL(reader.address("search/"));
      address.searchParams.set("q", query.trim());
      all.href = address.href;
      all.hidden = !answer.total;
      all.textContent = answer.total > SHOWN ? `All ${reader.results.plural(answer.total, "document")}` : "Open in the search page";
    },
    count,
  });
  const update = () => {
    if (field.value.trim()) {
      if (!list.childElementCount) count.textContent = "Searching …";
      searching.soon();
    } else {
      searching.drop();
      delete list.dataset.query;
      list.replaceChildren();
      count.textContent = "";
      all.hidden = true;
    }
  };
  const searchFor = (words) => {
    field.value = words;
    field.focus();
    update();
  };

  reader.walk(box, field);
  field.addEventListener("input", update);
  form.addEventListener("submit", (event) => field.value.trim() || event.preventDefault());
  close.addEventListener("click", () => box.close());
  box.addEventListener("click", (event) => {
    if (event.target === box) box.close(); // beside the box
    // A hit in the page that is already open: the box stands in its way.
    const link = event.target.closest("a.found-passage, a.found-title, a.found-name");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) box.close();
  });
  update();
})();
