"""Takes a picture of each kind of page: desk and phone, light and dark, into screenshots/.

    python scripts/screenshots.py [PAGE …]

Needs a built site, Chromium and its driver, and pip install '.[test]'. A page is an address in
the site ("documents/", "figures/#p12"); without one, each kind of page is taken. Git ignores
the folder.
"""

from __future__ import annotations

import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

ROOT = Path(__file__).resolve().parent.parent
DEVICES = {"desk": (1280, 900, False), "phone": (390, 844, True)}
SCHEMES = ("light", "dark")
TALLEST = 6000  # pixels; a longer page is cut there
KINDS = ("documents", "programs", "countries", "people", "organizations", "substances")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        """Say nothing of each request."""


def pages_of(site: Path) -> list[str]:
    """Return one page of each kind: home, the indexes, the first entity of each, the rest."""
    pages = ["", "figures/", "timeline/", "about/", "about/cite/", "404.html"]
    measures = sorted(page.parent.name for page in (site / "figures").glob("[!0-9]*/index.html"))
    pages += [f"figures/{name}/" for name in measures[:1]]
    for kind in KINDS:
        entities = sorted(page.parent.name for page in (site / kind).glob("*/index.html"))
        pages += [f"{kind}/", *(f"{kind}/{name}/" for name in entities[:1])]
    first = next(
        (page for page in pages if page.startswith("documents/") and page.count("/") > 1), ""
    )
    return [page for page in [*pages, f"{first}#p3"] if page]


def browser() -> webdriver.Chrome:
    """Start a Chromium that asks nothing of any other host."""
    options = webdriver.ChromeOptions()
    for argument in (
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--hide-scrollbars",
    ):  # fmt: skip
        options.add_argument(argument)
    return webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))


def take(driver: webdriver.Chrome, address: str, device: str, scheme: str, target: Path) -> None:
    """Open a page as on a device in a color scheme and save it from top to bottom."""
    width, height, mobile = DEVICES[device]

    def resize(tall: int) -> None:
        driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": tall, "deviceScaleFactor": 1, "mobile": mobile},
        )

    resize(height)
    feature = {"name": "prefers-color-scheme", "value": scheme}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
    driver.get(address)
    # Fonts are there, and the header's title has changed over to the page's.
    settled = "document.fonts.ready.then(() => setTimeout(arguments[0], 400))"
    driver.execute_async_script(settled)
    if "#" not in address:
        resize(min(driver.execute_script("return document.documentElement.scrollHeight"), TALLEST))
    driver.save_screenshot(str(target))


def main() -> None:
    """Take the pictures and say where they are."""
    site, folder = ROOT / "site", ROOT / "screenshots"
    if not (site / "index.html").is_file():
        sys.exit("there is no site/ yet; run: builder build")
    folder.mkdir(exist_ok=True)
    handler = partial(_Quiet, directory=str(site))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    pages = sys.argv[1:] or ["", *pages_of(site)]
    for device, scheme in product(DEVICES, SCHEMES):
        driver = browser()  # a new one: the theme remembers the first scheme that it met
        try:
            for page in pages:
                name = page.strip("/").replace("/", "_").replace("#", "-") or "home"
                address = f"http://127.0.0.1:{server.server_port}/{page}"
                take(driver, address, device, scheme, folder / f"{name}_{device}_{scheme}.png")
        finally:
            driver.quit()
    server.shutdown()
    print(f"{len(pages) * len(DEVICES) * len(SCHEMES)} pictures in {folder.relative_to(ROOT)}/")


if __name__ == "__main__":
    main()
