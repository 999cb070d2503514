"""Takes a picture of each kind of page: desk and phone, light and dark, into screenshots/.

    python scripts/screenshots.py [--site DIR] [--to DIR] [--only desk,dark] [PAGE …]

Needs a built site, Chromium, and pip install '.[test]'. A page is the name of a kind ("document",
"figures") or an address in the site ("documents/", "figures/#p12"); without one, each kind of page
is taken (page_kinds.py). Git ignores the folder.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from page_kinds import one_of_each

ROOT = Path(__file__).resolve().parent.parent
DEVICES: dict[str, dict[str, Any]] = {
    "desk": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
}
SCHEMES = ("light", "dark")
TALLEST = 6000  # pixels; a longer page is cut there
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--hide-scrollbars"]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        """Say nothing of each request."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a site on this machine; give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def pages_of(site: Path, asked: list[str]) -> dict[str, str]:
    """Return the addresses of the pages that are asked for, or of each kind, by a name each."""
    kinds = one_of_each(site)
    if not asked:
        return {**kinds, "passage": f"{kinds['document']}#p3"} if "document" in kinds else kinds
    return {page.strip("/").replace("/", "_") or "home": kinds.get(page, page) for page in asked}


def take(
    browser: Browser, home: str, pages: dict[str, str], look: tuple[str, str], folder: Path
) -> None:
    """Open pages as on a device in a color scheme and save each from top to bottom."""
    device, scheme = look
    options = {"color_scheme": scheme, "reduced_motion": "reduce", **DEVICES[device]}
    context = browser.new_context(**options)
    # A page that leads on is shown as it is.
    context.route("**/redirect.js", lambda route: route.abort())
    page = context.new_page()
    for name, address in pages.items():
        page.set_viewport_size(DEVICES[device]["viewport"])
        page.goto(home + address)
        page.evaluate("document.fonts.ready")
        if "#" not in address:
            tall = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
            page.set_viewport_size({**DEVICES[device]["viewport"], "height": tall})
        page.screenshot(path=folder / f"{name.replace('#', '-')}_{device}_{scheme}.png")
    context.close()


def main() -> None:
    """Take the pictures and say where they are."""
    parser = argparse.ArgumentParser(description="Takes a picture of each kind of page.")
    parser.add_argument("pages", nargs="*", help="kinds or addresses; without any, every kind")
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="the built site")
    parser.add_argument("--to", type=Path, default=ROOT / "screenshots", help="the folder")
    parser.add_argument("--only", default="", help='of "desk,phone,light,dark", those to take')
    options = parser.parse_args()
    if not (options.site / "index.html").is_file():
        sys.exit(f"there is no {options.site}/ yet; run: builder build")
    options.to.mkdir(parents=True, exist_ok=True)
    only = set(filter(None, options.only.split(",")))
    devices = [one for one in DEVICES if one in only or not only & DEVICES.keys()]
    schemes = [one for one in SCHEMES if one in only or not only & set(SCHEMES)]
    pages = pages_of(options.site, options.pages)
    with served(options.site) as home, sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        for look in product(devices, schemes):
            take(browser, home, pages, look, options.to)
        browser.close()
    print(f"{len(pages) * len(devices) * len(schemes)} pictures in {options.to}/")


if __name__ == "__main__":
    main()
