"""Has citeproc-py format a shape in its style, once; the parts of documents are filled in later."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from io import BytesIO
from typing import Any

from builder.citing.mending import mend
from builder.citing.shape import (
    ACCESSED,
    GENRE,
    ISSUED,
    LETTER,
    PARAGRAPH,
    SITE,
    TITLE,
    URL,
    Formats,
    Precision,
    Shape,
    author,
)
from builder.citing.styles import styles

# Days that stand for all others. Their digits and words stand nowhere else in a shape.
_ISSUED_ON, _ACCESSED_ON = (2222, 11, 22), (2333, 10, 23)
_MONTHS = {11: ("November", "Nov."), 10: ("October", "Oct.")}
_PARTS: dict[Precision, int] = {"": 0, "year": 1, "month": 2, "day": 3}


def formats(shape: Shape) -> Formats:
    """Return a shape as its style formats it, mended.

    Raises whatever citeproc-py raises, which is anything.
    """
    item = item_of(shape)
    note, reference = rendered(shape.style, item)
    note_at, _ = rendered(shape.style, item, at_paragraph=PARAGRAPH)
    note, note_at, reference = (mend(slotted(text), shape) for text in (note, note_at, reference))
    return Formats(note, note_at, reference, _short_months(_parsed(shape.style)))


@cache
def _parsed(key: str) -> Any:
    # Loaded late: it takes 0.1 s, which a build without new shapes saves.
    citeproc = import_module("citeproc")
    text = next(style for style in styles() if style.key == key).text()
    return citeproc.CitationStylesStyle(BytesIO(text), validate=False, locale="en-US")


def rendered(key: str, item: Mapping[str, Any], *, at_paragraph: str = "") -> tuple[str, str]:
    """Return what citeproc-py makes of CSL-JSON: the note, and the reference if the style has one.

    `at_paragraph` is cited in the note.
    """
    citeproc = import_module("citeproc")
    read = import_module("citeproc.source.json").CiteProcJSON
    html = import_module("citeproc.formatter.html")
    style = _parsed(key)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        bibliography = citeproc.CitationStylesBibliography(style, read([item]), html)
        locator = {"locator": citeproc.Locator("paragraph", at_paragraph)} if at_paragraph else {}
        citation = citeproc.Citation([citeproc.CitationItem(item["id"], **locator)])
        bibliography.register(citation)
        note = str(bibliography.cite(citation, str))
        # With a locator some styles would print that in the reference, too.
        if at_paragraph or not style.has_bibliography():
            return note, ""
        return note, "".join(map(str, bibliography.bibliography()))


def item_of(shape: Shape) -> dict[str, Any]:
    """Return a shape as CSL-JSON, with slots for its parts."""
    names = [author(number) for number in range(shape.authors)]
    item: dict[str, Any] = {
        "id": "item",
        "type": shape.type,
        "language": "en",
        "title": TITLE,
        "URL": URL,
    }
    if shape.publisher:
        item["publisher"] = names[0]
    elif names:
        item["author"] = [{"literal": name} for name in names]
    if shape.genre:
        item["genre"] = LETTER + GENRE
    if shape.site:
        item["container-title"] = SITE
    if shape.issued:
        item["issued"] = {"date-parts": [list(_ISSUED_ON[: _PARTS[shape.issued]])]}
    if shape.accessed:
        item["accessed"] = {"date-parts": [list(_ACCESSED_ON)]}
    return item


def slotted(text: str) -> str:
    """Return formatted text with slots in the place of the days that stand for others."""
    for slots, (year, month, day) in ((ISSUED, _ISSUED_ON), (ACCESSED, _ACCESSED_ON)):
        words = (str(year), *_MONTHS[month], str(day))
        for slot, word in zip(slots, words, strict=True):
            text = text.replace(word, slot)
    return text


def _short_months(style: Any) -> tuple[str, ...]:
    terms = (
        style.root.get_single_term(f"month-{month:02}", form="short") for month in range(1, 13)
    )
    return tuple(re.sub(r"\s", "", str(term)) for term in terms)
