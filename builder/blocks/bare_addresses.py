"""Finds web addresses that stand in a text as they are, which lead where they say.

"See https://www.example.gov/reports." leads to the reports: what ends a sentence or closes a
parenthesis is no part of an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from builder.model import Mark, Span
from builder.web_address import is_web_address

# https://www.example.gov/a?b=c#d up to white space or what never stands in one; not that of a link
# which is shown as text, "[more](https://…"
_ADDRESS = re.compile(r"(?<!\]\()\bhttps?://[^\s<>\"“”«»|\\^`{}]+", re.IGNORECASE)
_ENDS = ".,;:!?'’‘*_…"
_PAIRS = {")": "(", "]": "["}


def bare_addresses(text: str, marks: Sequence[Mark]) -> Iterator[Mark]:
    """Yield a link for each address in a block's text that is in no link already."""
    if "://" not in text:
        return
    linked = [mark.span for mark in marks if mark.tag == "link"]
    for found in _ADDRESS.finditer(text):
        address = _without_ends(found[0])
        at = Span(found.start(), found.start() + len(address))
        if is_web_address(address) and not any(at.overlaps(one) for one in linked):
            yield Mark(at, "link", address)


def _without_ends(address: str) -> str:
    """Return an address without the sentence's signs behind it, "(https://a.example/b)." too."""
    while address:
        last = address[-1]
        opening = _PAIRS.get(last)
        unpaired = opening and address.count(last) > address.count(opening)
        if last not in _ENDS and not unpaired:
            break
        address = address[:-1]
    return address
