// Sections and contents open as drawers on a phone without any script. With one they also close when a
// link in them is followed on the same page, and when the keyboard leaves them for the page behind.
(() => {
  for (const drawer of document.querySelectorAll(".site-menu[popover], .contents[popover]")) {
    if (drawer.dataset.closes) continue;
    drawer.dataset.closes = "yes";
    const close = () => drawer.matches(":popover-open") && drawer.hidePopover();
    drawer.addEventListener("click", (event) => event.target.closest("a") && close());
    drawer.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !drawer.contains(relatedTarget)) close();
    });
  }
})();
