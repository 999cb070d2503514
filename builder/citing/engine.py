"""Has citeproc-py format a shape in its style, once; the parts of documents are filled in later."""

from __future__ import annotations

import re
import warnings
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
_ITEM = "item"


def formats(shape: Shape) -> Formats:
    """Return a shape as its style formats it, mended.

    Raises whatever citeproc-py raises, which is anything.
    """
    style = _parsed(shape.style)
    note, reference = _render(style, shape, at_paragraph=False)
    note_at, _ = _render(style, shape, at_paragraph=True)
    note, note_at, reference = (mend(_slotted(text), shape) for text in (note, note_at, reference))
    return Formats(note, note_at, reference, _short_months(style))


@cache
def _parsed(key: str) -> Any:
    # Loaded late: it takes 0.1 s, which a build without new shapes saves.
    citeproc = import_module("citeproc")
    text = next(style for style in styles() if style.key == key).text()
    return citeproc.CitationStylesStyle(BytesIO(text), validate=False, locale="en-US")


def _render(style: Any, shape: Shape, *, at_paragraph: bool) -> tuple[str, str]:
    """Return the note and the reference of a shape; the reference "" where the style has none."""
    citeproc = import_module("citeproc")
    read = import_module("citeproc.source.json").CiteProcJSON
    html = import_module("citeproc.formatter.html")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        bibliography = citeproc.CitationStylesBibliography(style, read([item_of(shape)]), html)
        locator = {"locator": citeproc.Locator("paragraph", PARAGRAPH)} if at_paragraph else {}
        citation = citeproc.Citation([citeproc.CitationItem(_ITEM, **locator)])
        bibliography.register(citation)
        note = str(bibliography.cite(citation, str))
        if at_paragraph or not style.has_bibliography():
            return note, ""
        return note, "".join(map(str, bibliography.bibliography()))


def item_of(shape: Shape) -> dict[str, Any]:
    """Return a shape as CSL-JSON, with slots for its parts."""
    names = [author(number) for number in range(shape.authors)]
    item: dict[str, Any] = {"id": _ITEM, "type": shape.type, "language": "en", "title": TITLE}
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
    if shape.url:
        item["URL"] = URL
    return item


def _slotted(text: str) -> str:
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
