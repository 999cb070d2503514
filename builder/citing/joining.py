"""Joins what a document says to a style's own punctuation: no two marks where one belongs.

citeproc-py drops the second of two equal marks, and knows nothing of quotation marks between them.
"""

from __future__ import annotations

import re
from functools import cache

from builder.citing.styles import Style
from builder.strict_yaml import load_data

_MARKED = re.compile(r"(?P<mark>[.?!])[”’\"')]*\Z")
_MAY_END = ".?!”’\"')"
# What a style puts behind a part: "</i>. ", ".”", ", "
_STOP = re.compile(r"(?P<before>(?:</\w+>|”)*)\.")
_COMMA = re.compile(r"(?P<before>(?:</\w+>|”)*),")
# The word before a full stop at the end: "Inc", "D.C", "Him"
_LAST_WORD = re.compile(r"(?P<word>[^\s(|]+)\.\Z")

# A straight quotation mark opens at the start, after a space, a bracket or a dash. One after a
# digit closes what another has opened, else it is a sign of inches: "Title 42", 12" pipes.
_OPENS = r"(?<![^\s(\[{—–-])"
_PAIR = re.compile(rf'{_OPENS}"([^"]*)"')
_OPENING = re.compile(rf'{_OPENS}["“]')
_CLOSING = re.compile(r'”|(?<!\d)"')
_CLOSED = "’"


def joined(text: str, own: str, style: Style, *, quoted_end: bool = False) -> tuple[str, str]:
    """Return a part and what the style puts behind it, without a mark too many.

    `quoted_end` tells that the part stands in quotation marks and ends in those of its own.
    """
    if text[-1:] not in _MAY_END:
        return text, own
    if found := _MARKED.search(text):
        text, own = _with_one_mark(text, own, found["mark"], style)
    if quoted_end and own[:2] in (".”", ",”"):
        # ‘Main Street,’” and not ‘Main Street’,”: CMOS 6.9.
        return text.removesuffix(_CLOSED) + own[0], _CLOSED + own[1:]
    return text, own


def _with_one_mark(text: str, own: str, mark: str, style: Style) -> tuple[str, str]:
    """Leave out one of two marks.

    No full stop follows ".", "?" or "!" in any style (CMOS 13.87-101: "Titles ending in question
    marks or exclamation points"); a comma follows the last two in some. Before a comma a
    sentence loses its full stop, an abbreviation does not.
    """
    if found := _STOP.match(own):
        return text, found["before"] + own[found.end() :]
    found = _COMMA.match(own)
    if found and mark != "." and not style.comma:
        return text, found["before"] + own[found.end() :]
    if found and (last := _LAST_WORD.search(text)) and not _is_short(last["word"]):
        return text[:-1], own
    return text, own


def _is_short(word: str) -> bool:
    return len(word) == 1 or "." in word or word in _abbreviations()


@cache
def _abbreviations() -> frozenset[str]:
    groups = load_data("abbreviations").values()
    return frozenset(word for group in groups if "words" in group for word in group["words"])


def inner_quotes(title: str) -> str:
    """Return a title whose quotation marks are single, as within quotation marks.

    CMOS (13.87-101) and MLA (5.23-30) want it; citeproc-py leaves them double.
    """
    if not any(mark in title for mark in '“”"'):
        return title
    paired = _PAIR.sub(rf"‘\1{_CLOSED}", title)
    return _CLOSING.sub(_CLOSED, _OPENING.sub("‘", paired)).replace("“", "‘")


def ends_in_quotes(title: str) -> bool:
    """Tell whether a title ends in quotation marks of its own: no apostrophe, no sign of inches."""
    return title.endswith(("”", '"')) and inner_quotes(title).endswith(_CLOSED)
