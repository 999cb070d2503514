"""Measures a site's search box: time from the last key to the first result, and the bytes sent.

    python benchmarks/search/speed.py SITE [WORDS …]

Each query is typed key by key in a page of its own, in a browser that has used the search before
(a warm cache), and once in one that has not (all bytes are sent). Medians of five.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path
from typing import Any

from serving import chromium, served

TRIALS = 5
WORDS = ("economy", "border security", "$1.2 billion", '"national security"', "Ukraine", "zzyzx")

# The time is taken in the page: from the last key to the frame in which the answer stands.
_WATCH = """words => {
  const field = document.querySelector('.search-box input');
  let last;
  field.addEventListener('input', () => (last = performance.now()), true);
  window.firstResult = new Promise(done => {
    new MutationObserver(() => {
      if (document.querySelector('.search-box .search-list')?.dataset.query !== words) return;
      requestAnimationFrame(() => done(performance.now() - last));
    }).observe(document.querySelector('.search-box'), {subtree: true, attributes: true});
  });
}"""


def measure(context: Any, address: str, words: str) -> tuple[float, int]:
    """Return milliseconds from the last key to the first result, and the bytes sent by then."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sent = []
    session.on("Network.loadingFinished", lambda event: sent.append(event["encodedDataLength"]))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.keyboard.press("/")
    field = page.locator(".search-box input")
    field.wait_for()
    page.evaluate(_WATCH, words)
    field.press_sequentially(words, delay=60)
    milliseconds = page.evaluate("window.firstResult")
    page.close()
    return milliseconds, int(sum(sent))


def main(site: Path, queries: list[str]) -> None:
    print("| query | ms, warm | ms, first time | kB sent, first time |\n|---|---|---|---|")
    with served(site) as address, chromium() as browser:
        for words in queries:
            context = browser.new_context()
            cold, sent = measure(context, address, words)
            warm = [measure(context, address, words)[0] for _ in range(TRIALS)]
            context.close()
            row = f"{statistics.median(warm):.0f} | {cold:.0f} | {sent / 1000:.0f}"
            print(f"| {words} | {row} |", flush=True)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2:] or list(WORDS))
