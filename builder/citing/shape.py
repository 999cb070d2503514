"""The shape of a citation: which parts a reference has, whatever they say.

A style decides by what there is, not by what it says. So each shape is formatted once, with a
private-use character in the place of each part, and the parts of every document are filled in.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Precision = Literal["", "year", "month", "day"]

PARAGRAPH = "\ue000"
"""Stands in a passage's citation where its paragraph number belongs."""
HERE = "\ue001"
"""Stands in a passage's citation where its own address belongs."""

ACCESSED_HERE = "\ue002"
"""Stands in the citation of a page of this site for the day on which its reader saw it."""

TITLE, GENRE, SITE, URL = "\ue003", "\ue004", "\ue005", "\ue006"
LETTER = "g"
"""Stands before the slot of a genre; a style that wants it capitalized does that to it."""

# Of a date: the year, the month as a word and shortened, the day.
ISSUED = "\ue010\ue011\ue012\ue013"
ACCESSED = "\ue018\ue019\ue01a\ue01b"
_AUTHORS = 0xE100
MOST_AUTHORS = 60
"""More institutions than sign any statement; others are not named."""

DATE_PARTS = f"[{ISSUED}{ACCESSED}]"
ANY_SLOT = "[\ue000-\ue1ff]"


def author(number: int) -> str:
    """Return what stands in the place of an author, counted from 0."""
    return chr(_AUTHORS + number)


class Shape(NamedTuple):
    """Which parts a reference has in the eyes of one style.

    `authors` tells how many; `publisher` that the author stands as publisher instead; `site` that
    a site holds the work; `described` that the title is an editor's description in brackets.
    """

    style: str
    type: str
    authors: int
    publisher: bool = False
    genre: bool = False
    site: bool = False
    issued: Precision = ""
    accessed: bool = False
    described: bool = False


class Formats(NamedTuple):
    """A shape as a style formats it: HTML with a slot for each part.

    `note_at` is the note with the paragraph; `reference` is "" where the style has none. `months`
    are the months as the style shortens them.
    """

    note: str
    note_at: str
    reference: str
    months: tuple[str, ...]
