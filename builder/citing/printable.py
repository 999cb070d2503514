"""Makes one line of what others wrote, for formats in which a line is a value."""

from __future__ import annotations

import re
from functools import lru_cache

from builder.unseen import (
    ANNOTATIONS,
    BIDI,
    CONTROLS,
    DEPRECATED,
    NO_WIDTH,
    NONCHARACTERS,
    PRIVATE,
    SURROGATES,
)

# What acts on the text around it in the program that reads it, or is not seen. Joiners stay.
_ACTING = re.compile(f"[{CONTROLS}{BIDI}{DEPRECATED}{ANNOTATIONS}{NO_WIDTH}]")
_UNWRITABLE = re.compile(f"[{SURROGATES}{PRIVATE}{NONCHARACTERS}]")


@lru_cache(maxsize=4096)
def printable(text: str) -> str:
    """Return `text` on one line, as every program can write and show it."""
    quiet = _ACTING.sub(lambda found: " " if found[0].isspace() else "", text)
    return " ".join(_UNWRITABLE.sub("\ufffd", quiet).split())
