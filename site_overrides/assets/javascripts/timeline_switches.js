// Makes what a timeline holds (documents, dates in texts, facts) switches that show or hide it.
// What is hidden stands in the address ("?without=mention"), and on the way to its other pages.
(() => {
  const list = document.querySelector(".event-kinds");
  if (!list || list.dataset.switches) return;
  list.dataset.switches = "made";
  const { element, state, setState, tell } = globalThis.reader;
  const events = [...document.querySelectorAll(".timeline .event")];
  const items = [...list.querySelectorAll("li:not(.none)")];
  const asked = (state().get("without") || "").split(",");
  const hidden = new Set(items.map((item) => item.classList[0]).filter((kind) => asked.includes(kind)));

  const show = () => {
    const without = [...hidden].sort().join(",");
    for (const event of events) event.hidden = [...hidden].some((kind) => event.classList.contains(kind));
    for (const section of document.querySelectorAll(".timeline-page :is(section, .ahead)")) {
      section.hidden = !section.querySelector(".event:not([hidden])");
    }
    for (const link of document.querySelectorAll(":is(.year-jumps, .pager) a")) {
      const url = new URL(link.href);
      if (without) url.searchParams.set("without", without);
      else url.searchParams.delete("without");
      link.href = url;
    }
    for (const year of document.querySelectorAll(".year-jumps [data-events]")) recount(year);
    setState({ without });
  };

  // A year counts what is shown of it ("document:2 mention:14"); one without any is left out.
  const recount = (year) => {
    const counts = year.dataset.events.trim().split(" ").map((one) => one.split(":"));
    const shown = counts.reduce((sum, [kind, count]) => sum + (hidden.has(kind) ? 0 : Number(count)), 0);
    year.querySelector("small").firstChild.data = shown.toLocaleString("en");
    year.querySelector("small span").textContent = shown === 1 ? " event" : " events";
    year.hidden = !shown;
  };

  for (const item of items) {
    const kind = item.classList[0];
    const box = element("input", { type: "checkbox" });
    box.checked = !hidden.has(kind);
    box.addEventListener("change", () => {
      if (box.checked) hidden.delete(kind);
      else hidden.add(kind);
      show();
      tell(`${events.filter((event) => !event.hidden).length} of ${events.length} events on this page are shown`);
    });
    item.replaceChildren(element("label", {}, box, item.textContent));
  }
  if (hidden.size) show();

  // A link to a year within what is folded opens it; not every browser does.
  const unfold = () => {
    const year = location.hash && document.getElementById(location.hash.slice(1));
    const folded = year && year.closest("details:not([open])");
    if (!folded) return;
    folded.open = true;
    year.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  unfold();
})();
