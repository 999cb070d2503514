"""What the ids of passages and figures say to a reader: "p12a" is ¶ 12a."""

from __future__ import annotations

import re

# "p12", "p12a", "p12a-f1"
_OWN = re.compile(r"p(?P<number>\d+[a-z]*)(?:-f(?P<figure>\d+))?")


def number_in(name: str) -> str:
    """Return the number that readers cite: "12a" for p12a and p12a-f1, "" for a heading's slug."""
    match = _OWN.fullmatch(name)
    return match["number"] if match else ""


def is_figure(name: str) -> bool:
    """Tell whether an id is that of a figure: p12-f1."""
    match = _OWN.fullmatch(name)
    return match is not None and match["figure"] is not None


def id_in_words(name: str) -> str:
    """Return what an id is called: "¶ 12", "¶ 12, figure 1"; a heading's slug is its own name."""
    match = _OWN.fullmatch(name)
    if match is None:
        return name
    figure = f", figure {match['figure']}" if match["figure"] else ""
    return f"¶ {match['number']}{figure}"
