"""How much readers fetch: pages, styles and scripts."""

import gzip
import re
from urllib.parse import urlsplit

import pytest

from builder.site import Run, build
from page_kinds import one_of_each
from reading import Noted

KILO = 1000
# A source of 10 kB, as rich in names and figures as fact sheets are.
PARAGRAPH = (
    "In {year} the harbors of Mexico were given new lights, which their pilots had asked for in "
    "many letters over many winters. The Drug Enforcement Administration paid for {number} of "
    "them, and nobody was asked to pay it back. What they cost is told where the letters are told."
)
PARAGRAPHS = [PARAGRAPH.format(year=1985 + number, number=number) for number in range(36)]

DATA = '<script type="application/ld+json">'


def chrome_of(html: str) -> str:
    """Return a page without its article."""
    return html[: html.index("<article")] + html[html.index("</article>") :]


def test_a_page_of_ten_kilobytes_of_text(small):
    text = "FACT SHEET: Lights of the Harbors\n\n" + "\n\n".join(PARAGRAPHS)
    assert 9 * KILO < len(text) < 11 * KILO
    settings = small(lights=text)
    build(settings, Run())
    html = (settings.site / "documents/lights/index.html").read_bytes()
    assert len(html) < 52 * KILO  # 60 with what heads of pages are to say of their document


def test_pages_of_the_collection(built):
    sizes = {
        page.relative_to(built.site).as_posix(): len(page.read_bytes())
        for page in built.site.rglob("*.html")
    }
    assert {page: size for page, size in sizes.items() if size >= 300 * KILO} == {}


def test_what_stands_around_the_text_is_light(built):
    for page in built.site.glob("documents/*/index.html"):
        around = chrome_of(page.read_text("utf-8"))
        # A fourth of it tells programs what is cited: tags and links in the head.
        assert len(around) < 10 * KILO, page
        assert not re.search(r"<script(?![^>]*src=)(?!.*application/(ld\+)?json)", around), page
        assert not re.search(r"<style| style=| on\w+=", around), page


USES = ("countries/mx/?view=concordance", "figures/?sort=-value", "documents/?sort=title")
SEARCH = 50 * KILO  # what a page loads of ours in all, once its reader searches, too


@pytest.mark.browser
def test_styles_and_scripts_of_a_page(open_page, address, built, capsys):
    """What a page of any kind asks for on opening, and with a search that has found something."""
    kinds = one_of_each(built.site)
    opened, searched = {}, {}
    for path in (*kinds.values(), *USES):
        noted = Noted()
        page = open_page("about:blank", noted=noted)
        page.goto(address + path, wait_until="networkidle")
        opened[path] = weight(noted, built)
        if page.locator(".search-open").count() and path != kinds["search"]:
            page.keyboard.press("/")
            page.keyboard.type("fentanyl")
            page.locator(".search-list a").first.wait_for()
            searched[path] = weight(noted, built)
        page.context.close()
    heaviest = max(searched, key=searched.__getitem__)
    with capsys.disabled():
        print(f" {searched[heaviest]:,} bytes: {heaviest}")
    assert {path: size for path, size in opened.items() if size >= 36 * KILO} == {}
    assert {path: size for path, size in searched.items() if size >= SEARCH} == {}


def weight(noted, built):
    """Return how many bytes of our styles and scripts were asked for, compressed."""
    paths = {urlsplit(url).path for url in noted.requests}
    ours = [path for path in paths if path.endswith((".css", ".js")) and ".min." not in path]
    return sum(len(gzip.compress((built.site / one.lstrip("/")).read_bytes(), 9)) for one in ours)


def test_no_script_of_the_theme_is_asked_for(built):
    for page in built.site.rglob("*.html"):
        html = page.read_text("utf-8")
        scripts = set(re.findall(r"<script[^>]*>", html)) - {DATA}
        assert not any("bundle" in script for script in scripts), page
        if "redirect.js" not in html:
            assert all(re.search(r"\b(defer|async)\b", script) for script in scripts), page
