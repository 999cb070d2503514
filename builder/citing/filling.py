"""Fills what a document says into a shape that a style has formatted, as HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from builder.citing.joining import ends_in_quotes, inner_quotes, joined
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
from builder.citing.written_dates import DATE, written

# A whole date, a title within quotation marks, a genre with the letter that tells its case, or any
# other slot; what stands between is the style's own.
_PIECE = re.compile(rf"({DATE.pattern}|(?<=“){TITLE}|[{LETTER}{LETTER.upper()}]{GENRE}|{ANY_SLOT})")
_QUOTED = f"“{TITLE}"
# What two texts of a style can differ by: a tag, a character that is escaped, any other.
_SIGN = re.compile(r"<[^>]*>|&\w+;|.", re.DOTALL)
# What is no text that could end in a full stop.
_UNREAD = frozenset((PARAGRAPH, ACCESSED_HERE, URL))


class Filler:
    """Fills what is said of one work into the formats of one style."""

    def __init__(self, work: Work, style: Style, months: Sequence[str]) -> None:
        self._style, self._months = style, tuple(months)
        self._dates = {True: (work.accessed, ""), False: (work.issued, work.date_sign)}
        self._quoted_end = ends_in_quotes(work.title)
        genre = work.genre_in(style)
        self._texts = {
            TITLE: work.title,
            _QUOTED: inner_quotes(work.title),
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
        return "".join(self.pieces(template))

    def pieces(self, template: str) -> list[str]:
        """Return the same in pieces: what fills a slot is one, the style's own words are many."""
        done: list[str] = []
        text = before = ""
        for own, slot in _pieces(template):
            if text and before not in _UNREAD:
                quoted_end = before == _QUOTED and self._quoted_end
                text, own = joined(text, own, self._style, quoted_end=quoted_end)
            done += [text, *_SIGN.findall(own)]
            text, before = (self._texts.get(slot) or self._date(slot)) if slot else "", slot
        return done

    def _date(self, slot: str) -> str:
        date, sign = self._dates[slot[0] in ACCESSED]
        text = written(slot, date, self._months) if date else ""
        if sign:
            text = self._style.not_stated(text, sign)
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
