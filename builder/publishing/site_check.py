"""Checks a built site as a reader's browser meets it; MkDocs does not look into raw HTML.

Every internal address resolves, page and fragment; no id stands twice on a page; every page has a
title and a description that no other page has; no page asks anything of another host, or holds
what the policy in its head forbids.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from builder.model import Place, Problem
from builder.publishing.exchange import files_of
from builder.publishing.html_steps import STEP, attributes_of
from builder.publishing.policy_check import PolicyCheck
from builder.web_address import join_address, read_address

# `url(../fonts/x.woff2)`, `@import "x.css"`
_CSS_ADDRESS = re.compile(
    r"url\(\s*(?P<quote>[\"']?)(?P<url>[^\"')]*)(?P=quote)\s*\)|@import\s+[\"'](?P<import>[^\"']+)[\"']"
)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_REFRESH = re.compile(r"\d+\s*;\s*url=(?P<url>.+)", re.IGNORECASE)

# Elements that load what their attribute names as soon as the page is read.
_LOADS = {
    "audio": ("src",), "embed": ("src",), "iframe": ("src",), "image": ("href", "xlink:href"),
    "img": ("src", "srcset"), "input": ("src",), "object": ("data",), "script": ("src",),
    "source": ("src", "srcset"), "track": ("src",), "use": ("href", "xlink:href"),
    "video": ("src", "poster"),
}  # fmt: skip
# Elements that lead the reader somewhere.
_LEADS = {"a": ("href", "xlink:href"), "area": ("href",), "form": ("action",)}
# What a <link> may be without anything being loaded.
_SAYS_ONLY = frozenset(
    {"alternate", "archives", "author", "canonical", "cite-as", "collection", "describedby"}
    | {"edit", "first", "help", "index", "item", "last", "latest-version", "license", "linkset"}
    | {"next", "predecessor-version", "prev", "related", "schema.dcterms", "search", "self"}
    | {"successor-version", "tag", "type", "up", "version-history"}
)
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_HARMLESS = re.compile(r"(?:https?:)?//|(?:mailto|tel):", re.IGNORECASE)
_PAGE = "index.html"


@dataclass(slots=True)
class _Page:
    """What one page says: its ids, its title, and where it points."""

    path: str
    title: str = ""
    description: str = ""
    ids: set[str] = field(default_factory=set)
    # (line, address): leads a reader on, or loads something
    leads: list[tuple[int, str]] = field(default_factory=list)
    loads: list[tuple[int, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    redirects: bool = False
    policy: PolicyCheck = field(default_factory=PolicyCheck)

    def tell(self, line: int, what: str, hint: str = "") -> None:
        """Note that something is wrong on a line."""
        self.problems.append(Problem(Place(self.path, line), what, hint))


def check_site(site: Path, *, site_url: str = "") -> list[Problem]:
    """Return everything that is wrong with a built site, by page and line.

    What is wrong on many pages alike (a part of the theme) is told for the first of them, with
    the number of the others. `site_url` is the address under which the site will stand; addresses
    from the host's root ("/x/") are read against it.
    """
    files = set(files_of(site))
    address = read_address(site_url)
    base = (address.path if address else "") or "/"
    pages: dict[str, _Page] = {}
    problems: list[Problem] = []
    for path in sorted(files):
        if path.endswith(".html"):
            pages[path] = read_page(
                (site / path).read_text(encoding="utf-8", errors="replace"), path
            )
        elif path.endswith(".css"):
            problems += _check_css(site / path, path, files)
    for page in pages.values():
        problems += page.problems
        problems += _check_addresses(page, pages, files, base)
    problems += _check_names(pages.values())
    return _told_once(problems, site.name)


def _told_once(problems: list[Problem], prefix: str) -> list[Problem]:
    """Fold what is wrong alike on many pages; "../x" and "../../x" are alike."""
    alike: dict[str, list[Problem]] = {}
    for problem in problems:
        alike.setdefault(problem.what.replace("../", ""), []).append(problem)
    told = []
    for first, *others in alike.values():
        place = Place(f"{prefix}/{first.place.path}", first.place.line)
        more = f"and {len(others)} more times" if others else ""
        told.append(Problem(place, first.what, "; ".join(filter(None, (first.hint, more)))))
    return told


def read_page(html: str, path: str) -> _Page:
    """Return what a page says of itself and where it points."""
    page = _Page(path)
    line, counted = 1, 0
    for step in STEP.finditer(html):
        line += html.count("\n", counted, step.start())
        counted = step.start()
        if step["title"] is not None:
            # An SVG has titles too; the page's own comes first.
            page.title = page.title or unescape(step["title"]).strip()
        elif step["raw"]:
            attributes = attributes_of(step["raw_attributes"])
            _take(page, step["raw"].lower(), attributes, line)
            if step["raw"].lower() == "style":
                page.loads += [(line, url) for url in _css_addresses(step["content"])]
        elif step["tag"]:
            _take(page, step["tag"].lower(), attributes_of(step["attributes"]), line)
    for what, hint in page.policy.at_the_end():
        page.tell(1, what, hint)
    return page


def _take(page: _Page, tag: str, attributes: dict[str, str], line: int) -> None:
    """Note what one tag says."""
    for what, hint in page.policy.faults(tag, attributes):
        page.tell(line, what, hint)
    for name in {attributes.get("id"), attributes.get("name") if tag == "a" else None}:
        if name is None:
            continue
        if name in page.ids:
            page.tell(line, f'the id "{name}" stands twice')
        page.ids.add(name)
    page.leads += [(line, attributes[name]) for name in _LEADS.get(tag, ()) if name in attributes]
    for name in _LOADS.get(tag, ()):
        values = _sources(attributes.get(name, ""), name)
        page.loads += [(line, value) for value in values]
    if "style" in attributes:
        page.loads += [(line, url) for url in _css_addresses(attributes["style"])]
    if tag == "link" and "href" in attributes:
        says_only = set(attributes.get("rel", "").lower().split()) <= _SAYS_ONLY
        if not says_only:
            page.loads.append((line, attributes["href"]))
        elif not _ELSEWHERE.match(attributes["href"]):
            page.leads.append((line, attributes["href"]))
    if tag == "meta":
        if attributes.get("name", "").lower() == "description":
            page.description = attributes.get("content", "").strip()
        refresh = _REFRESH.match(attributes.get("content", ""))
        if refresh and attributes.get("http-equiv", "").lower() == "refresh":
            page.redirects = True
            page.leads.append((line, refresh["url"].strip("'\" ")))
    if tag == "base":
        page.tell(line, "a <base> bends every address")


def _sources(value: str, name: str) -> Iterable[str]:
    if name == "srcset":
        return [part.split()[0] for part in value.split(",") if part.strip()]
    return [value] if value else []


def _css_addresses(css: str) -> Iterator[str]:
    for found in _CSS_ADDRESS.finditer(_CSS_COMMENT.sub("", css)):
        yield found["url"] or found["import"] or ""


def _check_css(file: Path, path: str, files: set[str]) -> Iterator[Problem]:
    for url in _css_addresses(file.read_text(encoding="utf-8", errors="replace")):
        yield from _check_load(path, 1, url, files, "/")


def _check_addresses(
    page: _Page, pages: dict[str, _Page], files: set[str], base: str
) -> Iterator[Problem]:
    for line, url in page.loads:
        yield from _check_load(page.path, line, url, files, base)
    for line, url in page.leads:
        place = Place(page.path, line)
        if _ELSEWHERE.match(url):
            if not _HARMLESS.match(url):
                yield Problem(place, f'a link to "{url[:80]}" may run something')
            continue
        target, fragment = _resolve(page.path, url, base)
        if target not in files and f"{target}/{_PAGE}" in files:
            yield Problem(place, f'the link "{url}" makes the server redirect', 'end it with "/"')
        elif target not in files:
            yield Problem(place, f'the link "{url}" leads nowhere')
        elif fragment and target in pages and fragment not in pages[target].ids:
            yield Problem(place, f'the link "{url}" leads to a passage that is not there')


def _check_load(path: str, line: int, url: str, files: set[str], base: str) -> Iterator[Problem]:
    """Yield what is wrong with something that a page or style loads by itself."""
    if not url or url.startswith(("data:", "#")):
        return
    if _ELSEWHERE.match(url):
        yield Problem(Place(path, line), f'asks another host for "{url[:80]}"', "keep it here")
    elif _resolve(path, url, base)[0] not in files:
        yield Problem(Place(path, line), f'"{url[:80]}" is not there')


def _resolve(path: str, url: str, base: str) -> tuple[str | None, str]:
    """Return the file that an address on the page `path` means, and the id on it."""
    page = base + path.removesuffix(_PAGE)
    address = join_address(page, url)
    if address is None:
        return "", ""  # where no file is
    parts = urlsplit(address)
    if not parts.path.startswith(base):
        return None, ""
    target = unquote(parts.path.removeprefix(base))
    if not target or target.endswith("/"):
        target += _PAGE
    return target, unquote(parts.fragment.partition(":~:")[0])


def _check_names(pages: Iterable[_Page]) -> Iterator[Problem]:
    """Yield pages without a title or description of their own."""
    titles: dict[str, str] = {}
    descriptions: dict[str, str] = {}
    for page in pages:
        if page.redirects or page.path == "404.html":
            continue
        for what, value, seen in (
            ("title", page.title, titles),
            ("description", page.description, descriptions),
        ):
            place = Place(page.path, 1)
            if not value:
                yield Problem(place, f"the page has no {what}")
            elif value in seen:
                yield Problem(place, f'its {what} "{value[:60]}" is also that of {seen[value]}')
            else:
                seen[value] = page.path
