"""Writes, for reference managers, how a page of this site is cited: a work that somebody saw.

Only its reader knows on which day that was: U+E002 stands for it, and U+E001 for an address that
this site does not know. The page holds the records, and its script fills in the two.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from builder.citing.bibtex import bibtex, escaped
from builder.citing.csl_json import csl_json
from builder.citing.printable import printable
from builder.citing.reference import Reference
from builder.citing.ris import ris
from builder.citing.shape import ACCESSED_HERE, HERE
from builder.web_address import is_web_address


@dataclass(frozen=True, slots=True)
class PageRecord:
    """A page in one format; `accessed` tells how that writes the day: "{year}-{mm}-{dd}"."""

    format: str
    text: str
    accessed: str = ""


@dataclass(frozen=True, slots=True)
class _Page:
    key: str
    title: str
    address: str
    site: str


def page_records(folder: str, title: str, address: str, site: str) -> Iterator[PageRecord]:
    """Yield how a page is cited in each format; `folder` is relative to the root of the site."""
    page = _Page(
        "-".join(folder.strip("/").split("/")[-2:]) or "page",
        printable(title),
        address if is_web_address(address) else HERE,
        printable(site),
    )
    yield from (PageRecord(name, write(page), day) for name, write, day in _FORMATS)


def version_records(reference: Reference, page: str) -> Iterator[PageRecord]:
    """Yield how an earlier version of a document is cited in each format, by the document's `page`.

    There the script puts the version and its address, as it does with a passage and its own.
    """
    one = replace(reference, page=page)
    yield PageRecord("bibtex", bibtex(one))
    yield PageRecord("ris", ris(one).replace("\r\n", "\n"))
    yield PageRecord("csl", json.dumps([csl_json(one)], ensure_ascii=False, indent=2) + "\n")


def _bibtex(page: _Page) -> str:
    fields = {
        "title": f"{{{escaped(page.title)}}}",
        "howpublished": escaped(page.site),
        "url": page.address,
        "urldate": ACCESSED_HERE,
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{page.key},\n{lines}\n}}\n"


def _ris(page: _Page) -> str:
    fields = {
        "TY": "ELEC",
        "ID": page.key,
        "TI": page.title,
        "T2": page.site,
        "UR": page.address,
        "Y2": ACCESSED_HERE,
        "ER": "",
    }
    return "".join(f"{tag}  - {value}\n" for tag, value in fields.items())


def _csl(page: _Page) -> str:
    item = {
        "id": page.key,
        "type": "webpage",
        "title": page.title,
        "container-title": page.site,
        "URL": page.address,
        "accessed": {"date-parts": [ACCESSED_HERE]},
    }
    # The day is a list of numbers, and no text.
    text = json.dumps([item], ensure_ascii=False, indent=2)
    return text.replace(f'"{ACCESSED_HERE}"', ACCESSED_HERE) + "\n"


_FORMATS: tuple[tuple[str, Callable[[_Page], str], str], ...] = (
    ("bibtex", _bibtex, "{year}-{mm}-{dd}"),
    ("ris", _ris, "{year}/{mm}/{dd}/"),
    ("csl", _csl, "[{year}, {m}, {day}]"),
)
