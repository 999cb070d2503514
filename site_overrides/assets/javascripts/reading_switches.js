// The menu "Marks": a switch for each kind of mention, one for paragraph numbers and one for clean text.
// Each kind is shown as it is marked, so that the menu is the key to the marks too. The choice is
// remembered in this browser; without JavaScript everything is shown and there are no switches.
(() => {
  const KEY = "reading-switches";
  const head = document.querySelector(".of-document .document-head");
  if (!head || document.getElementById("_marks")) return;
  const { element } = reader;
  const root = document.documentElement;
  const kept = reader.remembered(KEY, []);
  const chosen = new Set(Array.isArray(kept) ? kept : []);
  const list = element("ul");

  // A checked box shows something; that of clean text is checked where marks are hidden.
  const add = (label, name, apply, checkedWhenChosen = false) => {
    const box = element("input", { type: "checkbox" });
    const update = () => {
      apply(chosen.has(name));
      box.checked = chosen.has(name) === checkedWhenChosen;
    };
    box.addEventListener("change", () => {
      if (!chosen.delete(name)) chosen.add(name);
      reader.remember(KEY, [...chosen]);
      update();
    });
    update();
    list.append(element("li", {}, element("label", {}, box, label)));
  };

  // The page names its kinds: "program:Programs;country:Countries".
  for (const entry of (head.dataset.kinds || "").split(";")) {
    const [kind, label] = entry.split(":");
    const marks = label ? document.querySelectorAll(`:is(.mention, mark).${CSS.escape(kind)}`) : [];
    if (!marks.length) continue;
    const isFigure = marks[0].matches("mark");
    const legend = element(isFigure ? "mark" : "span", { class: `${isFigure ? "" : "mention "}${kind} legend` });
    legend.append(label);
    add(legend, `hide-${kind}`, (hidden) => {
      for (const mark of marks) {
        mark.classList.toggle("unmarked", hidden);
        if (!mark.hasAttribute("tabindex")) continue;
        mark.tabIndex = hidden ? -1 : 0;
        mark.role = hidden ? null : "button"; // what shows no mark has no card
      }
    });
  }
  add("Paragraph numbers", "hide-numbers", (hidden) => root.classList.toggle("hide-numbers", hidden));
  if (list.childElementCount > 1) add("Clean text", "clean-text", (clean) => root.classList.toggle("clean-text", clean), true);

  const menu = element("div", { id: "_marks", class: "menu marks", popover: true }, list);
  const button = element("button", { class: "pill", type: "button", popovertarget: "_marks" }, "Marks");
  head.querySelector(".actions")?.append(button, menu);
})();
