// Cards: what a mention names and what a figure says, on hover, focus or tap; Esc closes. card_contents.js
// says what stands in them.
(() => {
  const page = document.querySelector(".of-document");
  if (!page || !HTMLElement.prototype.showPopover || document.getElementById("_card")) return;
  const OPENS = 250; // milliseconds that a pointer rests before a card opens
  const CLOSES = 250; // and that it may take on its way into the card
  const GAP = 6; // pixels between a mention and its card
  const EDGE = 8; // and between a card and the edge of the window
  const TRIGGERS = "a.mention, .mention[data-read], mark.figure";

  const card = reader.element("div", { id: "_card", class: "mention-card", popover: "manual", role: "dialog" });
  let shown = null; // whose card is open
  let pinned = false; // it stays when the pointer or the focus leaves
  let timer = 0;

  // The tooltips that serve without a script become the cards' words, so that nothing is said twice. What has a
  // card and no link becomes a button, but for what stands in a link or holds one: that opens the card.
  for (const marked of page.querySelectorAll("mark.figure[title], .mention[title]")) {
    marked.dataset.read = marked.title;
    marked.removeAttribute("title");
  }
  for (const marked of page.querySelectorAll("[data-read]:not(a, a *)")) {
    if (marked.querySelector("a, [data-read]") || (!marked.id && marked.matches("mark"))) continue;
    marked.tabIndex = 0;
    marked.setAttribute("role", "button");
    marked.setAttribute("aria-haspopup", "dialog");
  }

  // Below the words, or above them where there is more room; never beyond the window.
  let rest = { x: 0, y: 0 }; // where the pointer rests: words may stand in two lines
  const place = () => {
    const boxes = [...shown.getClientRects()];
    const holds = (box) => rest.y >= box.top && rest.y <= box.bottom && rest.x >= box.left && rest.x <= box.right;
    const box = boxes.find(holds) ?? boxes[0];
    if (!box) return;
    const { clientWidth, clientHeight } = document.documentElement;
    const { offsetWidth: width, offsetHeight: height } = card;
    const below = box.bottom + GAP + height <= clientHeight || box.top < clientHeight - box.bottom;
    const left = Math.max(EDGE, Math.min(box.left, clientWidth - width - EDGE));
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
    shown = marked;
    card.setAttribute("aria-label", reader.printed(marked));
    card.replaceChildren(...reader.cardContents(marked, () => shown === marked && place()));
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
  document.addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch";
    byTab = false;
    if (shown && !card.contains(event.target) && triggerAt(event.target) !== shown) close();
  }, true);
  page.addEventListener("click", (event) => {
    const marked = triggerAt(event.target);
    if (!marked || event.target.closest("a.out")) return;
    const link = marked.closest("a");
    if (link && (!touched || (shown === marked && pinned))) return;
    event.preventDefault();
    open(marked, true);
  });

  // The card stands at the end of the page; the way out of it leads back to where it belongs.
  const leave = (event) => {
    const stops = [...card.querySelectorAll("a, button")];
    if (event.target !== (event.shiftKey ? stops[0] : stops.at(-1))) return;
    event.preventDefault();
    byTab = false;
    close();
  };
  document.addEventListener("keydown", (event) => {
    byTab = event.key === "Tab";
    if (event.key === "Escape" && shown) {
      event.stopPropagation();
      close();
    } else if ((event.key === "Enter" || event.key === " ") && event.target.matches("[data-read][role=button]")) {
      event.preventDefault();
      open(event.target, true);
      card.querySelector("a, button")?.focus();
    } else if (byTab && card.contains(event.target)) leave(event);
  }, true);
  card.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !card.contains(event.relatedTarget)) close();
  });
  card.addEventListener("click", (event) => event.target.closest("a") && close());
  addEventListener("resize", close);
  document.body.append(card);
})();
