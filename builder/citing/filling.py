"""Fills what a document says into a shape that a style has formatted, escaped for HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape

from builder.citing.engine import LETTER
from builder.citing.shape import (
    ACCESSED,
    ACCESSED_HERE,
    ANY_SLOT,
    GENRE,
    PARAGRAPH,
    SITE,
    TITLE,
    URL,
    author_number,
)
from builder.citing.styles import Style
from builder.citing.written_dates import DATE, When, written

# What stands between the style's own words: a whole date, a genre, or a slot of another part.
_PIECE = re.compile(rf"({DATE.pattern}|[{LETTER}{LETTER.upper()}]{GENRE}|{ANY_SLOT})")

# What is filled in at the page.
KEPT = (PARAGRAPH, ACCESSED_HERE)
_ENDS = re.compile(r"(?P<mark>[.?!])[”’\"')]*\Z")
# What a style puts behind a part: "</i>. ", ".”", ", "
_STOP = re.compile(r"(?P<before>(?:</\w+>|”)*)\.")
_COMMA = re.compile(r"(?P<before>(?:</\w+>|”)*),")
_OPENING = re.compile(r"(?:(?<=\A)|(?<=[\s(\[—–-]))\"")


@dataclass(frozen=True, slots=True)
class Parts:
    """What a document says, as plain text; `url` is HTML already, `here` the same for a passage."""

    title: str
    authors: Sequence[str] = ()
    genre: str = ""
    site: str = ""
    issued: When | None = None
    accessed: When | None = None
    url: str = ""
    months: Sequence[str] = field(default=())


@lru_cache(maxsize=1024)
def _pieces(template: str) -> tuple[str, ...]:
    return tuple(_PIECE.split(template))


def fill(template: str, parts: Parts, style: Style) -> str:
    """Return a formatted shape with the parts of a document in it, as HTML."""
    done: list[str] = []
    ending = ""
    for at, piece in enumerate(_pieces(template)):
        if at % 2 == 0:
            done.append(_without_double(piece, ending, style) if ending else piece)
            continue
        text = _part(piece, parts, style, quoted=done[-1].endswith("“"))
        found = _ENDS.search(text)
        ending = found["mark"] if found and piece != URL else ""
        done.append(text if piece in (URL, *KEPT) else escape(text, quote=False))
    return "".join(done)


def _without_double(after: str, mark: str, style: Style) -> str:
    """Return what follows a part that ends in a mark, without a second mark beside it.

    No full stop follows ".", "?" or "!" (CMOS 6.132, 13.101; MLA 2.??; APA 6.??), a comma follows
    "?" and "!" in some styles.
    """
    if found := _STOP.match(after):
        return found["before"] + after[found.end() :]
    if mark != "." and not style.comma and (found := _COMMA.match(after)):
        return found["before"] + after[found.end() :]
    return after


def _part(slot: str, parts: Parts, style: Style, *, quoted: bool) -> str:
    if slot == TITLE:
        return _inner_quotes(parts.title) if quoted else parts.title
    if slot == URL:
        return parts.url
    if slot in KEPT:
        return slot
    if slot == SITE:
        return parts.site
    if slot[-1] == GENRE:
        return parts.genre[:1].upper() + parts.genre[1:] if slot[0].isupper() else parts.genre
    if (number := author_number(slot[0])) >= 0:
        return parts.authors[number]
    return _date(slot, parts, style.dates)


def _date(slot: str, parts: Parts, signs: Mapping[str, str]) -> str:
    date = parts.accessed if slot[0] in ACCESSED else parts.issued
    return written(slot, date, parts.months, signs) if date else ""


def _inner_quotes(title: str) -> str:
    """Return a title whose quotation marks are single, as within quotation marks.

    CMOS 6.11 and 13.?, MLA 5.?.
    """
    if not any(mark in title for mark in '“”"'):
        return title
    return _OPENING.sub("‘", title).replace('"', "’").replace("“", "‘").replace("”", "’")
