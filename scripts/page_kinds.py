"""One page of every kind that a built site has: for pictures of them, and for the tests."""

from __future__ import annotations

import re
from pathlib import Path

# A page after the first of a list: "2/", "from_2023-04-12/", "last_page/".
_FURTHER = r"(\d+|from_[^/]+|last_page)/"

# The name of a kind, what addresses of its pages look like, and words of their HTML.
KINDS: tuple[tuple[str, str, str], ...] = (
    ("home", r"", ""),
    ("documents", r"documents/", ""),
    ("document", r"documents/[^/]+/", 'class="reading of-document'),
    ("removed", r"documents/[^/]+/", 'content="noindex"'),
    ("redirect", r"documents/[^/]+/", 'class="new-address"'),
    ("versions", r"documents/[^/]+/versions/", ""),
    ("version", r"documents/[^/]+/versions/[0-9a-f]{12}/", 'class="reading'),
    ("pinned", r"documents/[^/]+/versions/[0-9a-f]{12}/", 'class="new-address"'),
    ("programs", r"programs/", ""),
    ("candidates", r"[a-z]+/candidates/", ""),
    ("program", r"programs/(?!candidates/)[^/]+/", ""),
    ("countries", r"countries/", ""),
    ("country", r"countries/[^/]+/", ""),
    ("further", rf"[a-z]+/[^/]+/{_FURTHER}", ""),
    ("people", r"people/", ""),
    ("person", r"people/(?!candidates/)[^/]+/", ""),
    ("organizations", r"organizations/", ""),
    ("organization", r"organizations/(?!candidates/)[^/]+/", ""),
    ("substances", r"substances/", ""),
    ("substance", r"substances/(?!candidates/)[^/]+/", ""),
    ("figures", r"figures/", ""),
    ("figures-2", rf"figures/{_FURTHER}", ""),
    ("measure", rf"figures/(?!{_FURTHER})[^/]+/", ""),
    ("timeline", r"timeline/", ""),
    ("search", r"search/", ""),
    ("about", r"about/", ""),
    ("about-cite", r"about/cite/", ""),
    ("about-figures", r"about/figures/", ""),
    ("about-addresses", r"about/addresses/", ""),
    ("about-search", r"about/search/", ""),
    ("about-links", r"about/links/", ""),
    ("about-reuse", r"about/reuse/", ""),
    ("data", r"data/", ""),
    ("404", r"404\.html", ""),
)


def one_of_each(site: Path) -> dict[str, str]:
    """Return the address of the richest page of each kind that a site has, by the kind's name."""
    pages = {
        file.relative_to(site).as_posix().removesuffix("index.html"): file.read_text("utf-8")
        for file in sorted(site.rglob("*.html"))
    }
    richest_first = sorted(pages, key=lambda page: _riches(pages[page]), reverse=True)
    found: dict[str, str] = {}
    for name, address, words in KINDS:
        for page in richest_first:
            if re.fullmatch(address, page) and words in pages[page]:
                found[name] = page
                break
    return found


def _riches(html: str) -> tuple[int, int]:
    """Return of how many sorts the elements of a page are, and its length."""
    return len(set(re.findall(r'class="([^"]*)"', html))), len(html)
