"""Makes one line of what others wrote, for formats in which a line is a value."""

from __future__ import annotations

import re

# Characters that act on the text around them in the program that reads it, or that nobody sees:
# control characters, bidi controls, soft hyphens, marks without width. Joiners stay: emoji and
# scripts are written with them.
_ACTING = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
# Half a pair of surrogates, what is no character, and what each program shows as it likes.
_UNWRITABLE = re.compile(
    "[\ud800-\uf8ff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 15))
    + "\U000f0000-\U0010ffff]"
)


def printable(text: str) -> str:
    """Return `text` on one line, as every program can write and show it."""
    return " ".join(_UNWRITABLE.sub("\ufffd", _ACTING.sub("", text)).split())
