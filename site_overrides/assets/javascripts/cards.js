// Cards: what a mention names and what a figure says, on hover, focus or tap; Esc closes. What is told
// of an entity is a data file beside its page; what is told of a figure stands in the page.
(() => {
  const page = document.querySelector(".of-document");
  if (!page || !HTMLElement.prototype.showPopover || document.getElementById("_card")) return;
  const { element, cited, copy, data } = reader;
  const OPENS = 250; // milliseconds that a pointer rests before a card opens
  const CLOSES = 250; // and that it may take on its way into the card
  const GAP = 6; // pixels between a mention and its card
  const TRIGGERS = "a.mention, .mention[data-read], mark.figure";

  const card = element("div", { id: "_card", class: "mention-card", popover: "manual", role: "dialog" });
  let shown = null; // whose card is open
  let pinned = false; // it stays when the pointer or the focus leaves
  let timer = 0;

  // The tooltips that serve without a script become the cards' words, so that nothing is said twice.
  for (const marked of page.querySelectorAll("mark.figure[title], .mention[title]")) {
    marked.dataset.read = marked.title;
    marked.removeAttribute("title");
    if (marked.id || !marked.matches("mark")) marked.tabIndex = 0;
  }
  const figureParts = (marked) => (marked.dataset.read || "").split(" · ");
  reader.figureParts = figureParts;

  const kindOf = (mention) => mention.classList[1] || "";
  const printed = (marked) => marked.textContent.replace(/\s+/g, " ").trim();
  const counted = (number, one) => `${number.toLocaleString("en")} ${one}${number === 1 ? "" : "s"}`;
  const kindLine = (kind) => element("p", { class: `card-kind ${kind}` }, kind);

  const dataOf = (link) => {
    const path = new URL(link.href).pathname.slice(reader.root.pathname.length);
    return data(`${path.replace(/index\.html$/, "")}card.json`);
  };

  const entityPart = (mention) => {
    const kind = kindOf(mention);
    const name = element("p", { class: "card-name" }, printed(mention));
    const parts = [kindLine(kind), name];
    if (mention.dataset.read) return [...parts, element("p", {}, mention.dataset.read)];
    const more = element("p", { class: "card-more" });
    const go = (words) => more.replaceChildren(element("a", { href: mention.href }, words));
    if (mention.classList.contains("unreviewed")) {
      go("Where it is named");
      return [...parts, element("p", {}, "Not yet reviewed by an editor."), more];
    }
    const line = element("p");
    go("All mentions");
    dataOf(mention).then(
      (told) => {
        name.textContent = told.name;
        line.textContent = told.line;
        const places = `${counted(told.passages, "passage")} of ${counted(told.documents, "document")}`;
        go(`${counted(told.mentions, "mention")} in ${places}`);
        if (shown) place();
      },
      () => {}, // the card is as good as the page alone makes it
    );
    return [...parts, line, more];
  };

  const copyLink = (id) => {
    const button = element("button", { type: "button", class: "copier" }, "Copy link");
    button.addEventListener("click", () =>
      copy(cited(id)).then(
        () => {
          button.textContent = "Copied";
          reader.tell("Link copied");
        },
        () => (button.textContent = "Not copied"),
      ),
    );
    return button;
  };

  const figurePart = (mark) => {
    const [value, ...rest] = figureParts(mark);
    const facts = rest.map((line) => {
      const at = line.indexOf(" ");
      return element("div", {}, element("dt", {}, line.slice(0, at)), element("dd", {}, line.slice(at + 1)));
    });
    const parts = [kindLine("figure"), element("p", { class: "card-name" }, value)];
    parts.push(element("p", { class: "card-printed" }, `“${printed(mark)}”`));
    if (facts.length) parts.push(element("dl", {}, ...facts));
    if (mark.id) {
      const link = element("a", { href: `#${mark.id}` }, "Link to this figure");
      parts.push(element("p", { class: "card-more" }, link, copyLink(mark.id)));
    }
    return parts;
  };

  // Below the words, or above them where there is more room; never beyond the window.
  let rest = { x: 0, y: 0 };
  const place = () => {
    const boxes = [...shown.getClientRects()];
    const box =
      boxes.find((one) => rest.y >= one.top && rest.y <= one.bottom && rest.x >= one.left && rest.x <= one.right) ??
      boxes[0];
    if (!box) return;
    const { clientWidth, clientHeight } = document.documentElement;
    const { offsetWidth: width, offsetHeight: height } = card;
    const below = box.bottom + GAP + height <= clientHeight || box.top < clientHeight - box.bottom;
    const left = Math.max(8, Math.min(box.left, clientWidth - width - 8));
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${(below ? box.bottom + GAP : box.top - GAP - height) + scrollY}px`;
  };

  const close = () => {
    clearTimeout(timer);
    if (!shown) return;
    const within = card.contains(document.activeElement);
    const back = shown;
    shown = null;
    pinned = false;
    card.hidePopover();
    if (within) back.focus({ preventScroll: true });
  };

  const open = (marked, stays = false) => {
    clearTimeout(timer);
    pinned = stays;
    if (shown === marked) return;
    const figure = marked.closest("mark.figure");
    const parts = marked === figure ? [] : entityPart(marked);
    shown = marked;
    card.setAttribute("aria-label", printed(marked));
    card.replaceChildren(...parts, ...(figure ? figurePart(figure) : []));
    card.showPopover();
    place();
  };

  const triggerAt = (target) => {
    const marked = target.closest?.(TRIGGERS);
    const hidden = document.documentElement.classList.contains("clean-text");
    return hidden || !marked || marked.matches(".unmarked, .legend") ? null : marked;
  };
  const later = (act, wait) => {
    clearTimeout(timer);
    timer = setTimeout(act, wait);
  };

  page.addEventListener("pointerover", (event) => {
    const marked = event.pointerType === "touch" ? null : triggerAt(event.target);
    if (!marked || pinned) return;
    rest = { x: event.clientX, y: event.clientY };
    later(() => open(marked), OPENS);
  });
  page.addEventListener("pointerout", (event) => {
    if (event.pointerType !== "touch" && !pinned) later(close, CLOSES);
  });
  card.addEventListener("pointerenter", () => clearTimeout(timer));
  card.addEventListener("pointerleave", () => pinned || later(close, CLOSES));

  // A focus that comes by the Tab key; one that an address brings (#p12-f1) opens nothing.
  let byTab = false;
  page.addEventListener("focusin", (event) => {
    const marked = triggerAt(event.target);
    if (marked && byTab) open(marked);
  });
  page.addEventListener("focusout", (event) => {
    if (!card.contains(event.relatedTarget) && !pinned) close();
  });

  // A tap opens the card, whose link leads on; a second tap on the mention does so too.
  let touched = false;
  document.addEventListener(
    "pointerdown",
    (event) => {
      touched = event.pointerType === "touch";
      byTab = false;
      if (shown && !card.contains(event.target) && triggerAt(event.target) !== shown) close();
    },
    true,
  );
  page.addEventListener("click", (event) => {
    const marked = triggerAt(event.target);
    if (!marked || event.target.closest("a.out")) return;
    const link = marked.closest("a");
    if (link && (!touched || (shown === marked && pinned))) return;
    event.preventDefault();
    open(marked, true);
  });

  document.addEventListener("keydown", (event) => {
    byTab = event.key === "Tab";
    if (event.key === "Escape" && shown) {
      event.stopPropagation();
      close();
    } else if (event.key === "Enter" && event.target.matches("mark.figure, span.mention")) {
      open(event.target, true);
      card.querySelector("a, button")?.focus();
    } else if (byTab && card.contains(event.target)) {
      // The card stands at the end of the page; the way out of it leads back to where it belongs.
      const stops = [...card.querySelectorAll("a, button")];
      if (event.target !== (event.shiftKey ? stops[0] : stops.at(-1))) return;
      event.preventDefault();
      byTab = false;
      close();
    }
  }, true);
  card.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !card.contains(event.relatedTarget)) close();
  });
  card.addEventListener("click", (event) => event.target.closest("a") && close());
  addEventListener("resize", close);
  document.body.append(card);
})();
