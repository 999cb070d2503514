"""The characters that nobody sees, or that act on the text around them, by what they do.

Each is what stands between the brackets of a regular expression; who reads them adds up those that
matter there.
"""

from __future__ import annotations

import re

_PLANES = range(1, 17)

CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"
"""C0 but for tab and line feed, DEL, C1; those that are white space among them."""
BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""What turns the direction of the text, such as U+202E."""
SEPARATORS = "\u2028\u2029"
"""Line and paragraph separators."""
DEPRECATED = "\u206a-\u206f"
"""Format controls that Unicode advises against."""
ANNOTATIONS = "\ufff9-\ufffb"
"""The marks of interlinear annotation."""
NO_WIDTH = "\xad\u180e\u200b\u2060-\u2064\ufeff"
"""Soft hyphen, spaces and operators without width, such as U+2060."""
JOINERS = "\u200c\u200d"
"""No width either, but emoji and scripts are written with them."""
SURROGATES = "\ud800-\udfff"
"""Halves of a pair."""
PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010ffff"
"""What each program shows as it likes."""
NONCHARACTERS = "\ufdd0-\ufdef\ufffe\uffff" + "".join(
    f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in _PLANES
)
"""Code points that never are characters."""

_LINE_ENDS = re.compile(f"[\n\r\x0b\x0c\x1c-\x1e\x85{SEPARATORS}]")
# What a terminal may act on, or show nothing for; joiners stay, for scripts are written with them.
_ACTING = re.compile(
    f"[{CONTROLS}\n{BIDI}{SEPARATORS}{DEPRECATED}{ANNOTATIONS}{NO_WIDTH}{SURROGATES}"
    f"\U000e0000-\U000e0fff{NONCHARACTERS}]"
)


def visible(text: str) -> str:
    """Return text that a terminal cannot mistake for a command: `\\x1b` for an escape."""
    return _ACTING.sub(_named, text)


def on_one_line(text: str) -> str:
    """Return text without line ends: `\\x0a` for a line feed."""
    return _LINE_ENDS.sub(_named, text)


def _named(found: re.Match[str]) -> str:
    return f"\\x{ord(found[0]):02x}"
