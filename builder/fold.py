"""Equal-length folding: what the annotators read, so that one pattern meets every typography."""

from __future__ import annotations

import re
from functools import lru_cache

_FOLD = {
    **dict.fromkeys(
        "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000\t\n\r", " "
    ),
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u2032", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
    **dict.fromkeys("\u2010\u2011\u2212", "-"),
}
# Few of them stand in a text, and to replace those is faster than to translate each character.
_FOLDED = re.compile(f"[{''.join(_FOLD)}]")


@lru_cache(maxsize=512)  # as many as a document has blocks
def fold(text: str) -> str:
    """Return `text` with plain spaces, straight quotes and plain hyphens.

    The result has the same length, so offsets hold in both. Dashes (– and —) stay: they part
    clauses and join ranges.
    """
    if text.isascii() and not ("\t" in text or "\n" in text or "\r" in text):
        return text  # else of ASCII nothing is folded
    for character in set(_FOLDED.findall(text)):
        text = text.replace(character, _FOLD[character])
    return text
