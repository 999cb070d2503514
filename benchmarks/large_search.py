"""Measures the search of a big collection in Chromium: what is sent, and how long an answer takes.

    python benchmarks/large_search.py SITE [QUERY…]

SITE is a built site with more documents than `pagefind_from`. Each query is asked in a fresh
browser (what is sent from opening the page to the first result, compressed as servers do, and how
many files of the search; beside it what comes after it, such as pages written by hand), then in one
whose cache is warm (milliseconds from the last keystroke to the first result on the page).
"""

from __future__ import annotations

import gzip
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

QUERIES = (
    "fentanyl",
    "fentanyl mexico border",
    "$1.2 billion",
    '"supply chain" resilience',
    "counternarcotics",
    "president biden ukraine aid",
    "extradition treaty",
    "semiconductor manufacturing jobs",
    "extradtion",
    "organ transplant",
    "president biden",
    "the united states",
    '"the united states and"',
    "counter narcotics",
    "healthcare for veterans",
    "phentanyl",
    "20,200",
    "19 million people",
    "what did the president say about climate change and jobs for american workers in 2023",
    '"executive order on"',
    "zambia",
    "presiden",
)
TEXTS = {".html", ".css", ".js", ".json", ".svg"}

# From the last keystroke to the first result; the box waits a moment before it asks.
TIMED = """query => new Promise(resolve => {
  const field = document.querySelector('#search-field');
  const seen = () => document.querySelector('.search-list :is(.found-passage, .found-near)');
  field.value = query;
  const begun = performance.now();
  field.dispatchEvent(new Event('input', { bubbles: true }));
  const look = () => (seen() ? resolve(performance.now() - begun) : requestAnimationFrame(look));
  look();
})"""


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder compressed and to be kept, and counts what it sends."""

    protocol_version = "HTTP/1.1"
    sent: ClassVar[list[tuple[str, int]]] = []

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        data = file.read_bytes() if file.is_file() else b""
        self.send_response(200 if file.is_file() else 404)
        if file.suffix in TEXTS:
            data = gzip.compress(data, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "max-age=3600")
        self.end_headers()
        self.sent.append((self.path, len(data)))
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        pass


def ask(page: Any, query: str) -> float:
    """Ask in the box of an open page; return the milliseconds to the first result."""
    return float(page.evaluate(TIMED, query))


def main(site: Path, queries: tuple[str, ...]) -> None:
    from playwright.sync_api import sync_playwright

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        print(
            f"{'query':32} {'kB sent':>8} {'of search':>9} {'files':>6} {'after':>6}"
            f" {'first ms':>9} {'warm ms':>8}"
        )
        for query in queries:
            context = chromium.new_context()
            page = context.new_page()
            Handler.sent.clear()
            page.goto(address)
            page.keyboard.press("/")
            page.locator("#search-field").wait_for()
            cold = ask(page, query)
            sent = sum(size for _, size in Handler.sent)
            of_search = [size for path, size in Handler.sent if "search" in path]
            page.wait_for_load_state("networkidle")
            later = sum(size for _, size in Handler.sent) - sent
            page.goto(address)
            page.keyboard.press("/")
            page.locator("#search-field").wait_for()
            page.evaluate("async () => (await reader.engine()).ready")
            warm = ask(page, query)
            print(
                f"{query[:32]:32} {sent / 1e3:8.0f} {sum(of_search) / 1e3:9.0f}"
                f" {len(of_search):6} {later / 1e3:6.0f}"
                f" {cold:9.0f} {warm:8.0f}"
            )
            context.close()
        chromium.close()
    server.shutdown()


if __name__ == "__main__":
    main(Path(sys.argv[1]), tuple(sys.argv[2:]) or QUERIES)
