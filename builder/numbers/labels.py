"""Reads the label before a figure's colon: "Deaths: 7,328", "Persons charged: about 45"."""

from __future__ import annotations

import re

from builder.numbers.phrases import Said, is_listed, is_unit
from builder.numbers.words import class_of, is_plural

_WINDOW = 110  # characters before a figure in which its label stands

# A label opens a sentence or a cell, or follows the figure of the label before it.
_LABEL = re.compile(
    r"(?:^|[.;,|•)\]] |[0-9]%? |[0-9] ?[a-z]{1,12} |[mb]illion )[-•* ]{0,2}"
    r"(?P<label>[A-Z][A-Za-z0-9'/&-]{0,30}(?: [A-Za-z'/&-]{1,30}){0,7})"
    r"(?: \((?P<aside>[^()]{1,30})\))? ?: "
    r"(?:[a-z]{1,12} ){0,3}$"
)
_LINKING = frozenset("of in for by and per the to with on from under at or a an".split())
_MEASURE = re.compile(r"^(?:The |An? )?(?:(?:[Tt]otal )?(?:[Nn]umber|[Aa]mount) of (?:the )?)?")


def label_before(text: str, start: int, first: int) -> Said | None:
    """Return the label that leads up to the figure at `start`, or None.

    `first` is where the figure's sentence begins.
    """
    if ": " not in text[max(first, start - 40) : start]:
        return None
    window = max(first, start - _WINDOW)
    match = _LABEL.search(text[window:start])
    if not match or not _is_label(match["label"], match["aside"]):
        return None
    words = _MEASURE.sub("", match["label"])
    return Said(words, "label before a colon") if words else None


def _is_label(label: str, aside: str | None) -> bool:
    if aside and is_unit(aside):
        return False  # "Cocaine (kg): 45" is no count
    words = label.lower().split(" ")
    if is_listed(words[-1], "identifiers") or class_of(words[-1]) in "dacwuxpotrv":
        return False
    if label.isupper() and not is_plural(words[-1]):
        return False  # "AUDIENCE: Four more years!"
    # "Here is the plan: 300 nurses"
    return not any(class_of(word) in "wuxv" and word not in _LINKING for word in words[:-1])
