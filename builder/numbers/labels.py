"""Reads the label before a figure's colon: "Deaths: 7,328", "Persons charged: about 45"."""

from __future__ import annotations

import re
from functools import cache

from builder.numbers.phrases import is_plural, is_stop, is_unit
from builder.strict_yaml import load_data

_WINDOW = 110  # characters before a figure in which its label stands

# A label opens a sentence or a cell, or follows the figure of the label before it.
_LABEL = re.compile(
    r"(?:^|[.;,|•)\]] |[0-9]%? |[0-9] ?[a-z]{1,12} |[mb]illion )[-•* ]{0,2}"
    r"(?P<label>[A-Z][A-Za-z0-9'/&-]{0,30}(?: [A-Za-z'/&-]{1,30}){0,7})"
    r"(?: \((?P<aside>[^()]{1,30})\))? ?: "
    r"(?:[a-z]{1,12} ){0,3}$"
)
_LINKING = frozenset("of in for by and per the to with on from under at or a an".split(" "))
# Participles that noun phrases never hold, but labels end on: "Crew held: 45".
_DONE = frozenset(
    "held killed died lost sold bought met paid found sent built made taken given known used"
    " reported received".split(" ")
)
_MEASURE = re.compile(r"^(?:The |An? )?(?:(?:[Tt]otal )?(?:[Nn]umber|[Aa]mount) of (?:the )?)?")


@cache
def _identifiers() -> frozenset[str]:
    return frozenset(load_data("phrases")["identifiers"])


def label_before(text: str, start: int, first: int) -> str | None:
    """Return the label that leads up to the figure at `start`, or None.

    `first` is where the figure's sentence begins.
    """
    if ": " not in text[max(first, start - 40) : start]:
        return None
    match = _LABEL.search(text[max(first, start - _WINDOW) : start])
    if not match:
        return None
    if match["aside"] and is_unit(match["aside"]):
        return None  # "Cocaine (kg): 45" is no count
    words = match["label"].lower().split(" ")
    if words[-1] in _identifiers() or (is_stop(words[-1]) and words[-1] not in _DONE):
        return None
    if match["label"].isupper() and not is_plural(words[-1]):
        return None  # "AUDIENCE: Four more years!"
    if any(is_stop(word) and word not in _LINKING for word in words[:-1]):
        return None  # "Here is the plan: 300 nurses"
    return _MEASURE.sub("", match["label"]) or None
