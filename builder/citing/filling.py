"""Fills what a document says into a shape that a style has formatted, as HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from builder.citing.shape import (
    ACCESSED,
    ACCESSED_HERE,
    ANY_SLOT,
    GENRE,
    LETTER,
    PARAGRAPH,
    SITE,
    TITLE,
    URL,
    author,
)
from builder.citing.styles import Style
from builder.citing.work import Work
from builder.citing.written_dates import DATE, When, written

# A whole date, a title within quotation marks, a genre with the letter that tells its case, or any
# other slot; what stands between is the style's own.
_PIECE = re.compile(rf"({DATE.pattern}|(?<=“){TITLE}|[{LETTER}{LETTER.upper()}]{GENRE}|{ANY_SLOT})")
_QUOTED = f"“{TITLE}"
# What is no text that could end in a full stop.
_UNREAD = frozenset((PARAGRAPH, ACCESSED_HERE, URL))

_ENDS = re.compile(r"(?P<mark>[.?!])[”’\"')]*\Z")
_ENDING = ".?!”’\"')"
# What a style puts behind a part: "</i>. ", ".”", ", "
_STOP = re.compile(r"(?P<before>(?:</\w+>|”)*)\.")
_COMMA = re.compile(r"(?P<before>(?:</\w+>|”)*),")
# A straight quotation mark that opens: at the start, after a space, a bracket or a dash.
_OPENING = re.compile(r"(?<![^\s(\[—–-])\"")


class Filler:
    """Fills what is said of one work into the formats of one style."""

    def __init__(self, work: Work, style: Style, months: Sequence[str]) -> None:
        self._style, self._months = style, tuple(months)
        self._dates = {True: work.accessed, False: work.issued}
        genre = work.genre_in(style)
        self._texts = {
            TITLE: work.title,
            _QUOTED: _inner_quotes(work.title),
            LETTER + GENRE: genre,
            LETTER.upper() + GENRE: genre[:1].upper() + genre[1:],
            SITE: work.site,
            # These stay: they are filled in later.
            URL: URL,
            PARAGRAPH: PARAGRAPH,
            ACCESSED_HERE: ACCESSED_HERE,
        }
        self._texts.update((author(at), name) for at, name in enumerate(work.authors))

    def fill(self, template: str) -> str:
        """Return a formatted shape with the words of the work in it; the address has its slot."""
        done: list[str] = []
        mark = ""
        for own, slot in _pieces(template):
            done.append(_without_double(own, mark, self._style) if mark else own)
            if not slot:
                break
            text = self._texts.get(slot) or self._date(slot)
            done.append(text)
            mark = "" if slot in _UNREAD else _ending(text)
        return "".join(done)

    def _date(self, slot: str) -> str:
        date = self._dates[slot[0] in ACCESSED]
        text = _written(slot, date, self._months, self._style) if date else ""
        self._texts[slot] = text
        return text


@lru_cache(maxsize=4096)
def _pieces(template: str) -> tuple[tuple[str, str], ...]:
    """Return the style's own words, each with the slot that follows it, "" at the end."""
    pieces = [*_PIECE.split(template), ""]
    pairs = zip(pieces[::2], pieces[1::2], strict=True)
    return tuple(
        (own, _QUOTED if slot == TITLE and own.endswith("“") else slot) for own, slot in pairs
    )


def _written(slot: str, date: When, months: tuple[str, ...], style: Style) -> str:
    return written(slot, date, months, style.dates)


def _ending(text: str) -> str:
    if text[-1:] not in _ENDING or not (found := _ENDS.search(text)):
        return ""
    return found["mark"]


def _without_double(after: str, mark: str, style: Style) -> str:
    """Return what follows a part that ends in a mark, without a second mark beside it.

    No full stop follows ".", "?" or "!" in any style (CMOS, 17th edition, 14.96: "Titles ending in
    question marks or exclamation points"); a comma follows the last two in some.
    """
    if found := _STOP.match(after):
        return found["before"] + after[found.end() :]
    if mark != "." and not style.comma and (found := _COMMA.match(after)):
        return found["before"] + after[found.end() :]
    return after


def _inner_quotes(title: str) -> str:
    """Return a title whose quotation marks are single, as within quotation marks.

    CMOS (13.87-101) and MLA (5.23-30) want it; citeproc-py leaves them double.
    """
    if not any(mark in title for mark in '“”"'):
        return title
    return _OPENING.sub("‘", title).replace('"', "’").replace("“", "‘").replace("”", "’")
