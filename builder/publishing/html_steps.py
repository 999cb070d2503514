"""Steps through the HTML of a rendered page, tag by tag, as far as a build looks into it."""

from __future__ import annotations

import re
from html import unescape

_ATTRIBUTES = r"(?:[^\"'>]|\"[^\"]*\"|'[^']*')*"
STEP = re.compile(
    r"<!--.*?-->"
    rf"|<(?P<raw>script|style)\b(?P<raw_attributes>{_ATTRIBUTES})>"
    r"(?P<content>.*?)</(?P=raw)\s*>"
    r"|<title>(?P<title>.*?)</title>"
    rf"|<(?P<tag>[A-Za-z][^\s/>]*)(?P<attributes>{_ATTRIBUTES})>",
    re.DOTALL | re.IGNORECASE,
)
"""One step: a comment, a script or style with its content, the title, or a tag that opens."""

_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s\"'>/=]+)(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+)))?"
)


def attributes_of(text: str) -> dict[str, str]:
    """Return the attributes of a tag; as in a browser, the first of doubles counts."""
    found: dict[str, str] = {}
    for one in _ATTRIBUTE.finditer(text):
        value = one["double"] or one["single"] or one["bare"] or ""
        found.setdefault(one["name"].lower(), unescape(value))
    return found
