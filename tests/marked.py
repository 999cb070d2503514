"""Read test cases that mark what must be found as `[surface](entity)`."""

from __future__ import annotations

import re

from builder.model import Span

_MARKED = re.compile(r"\[(?P<surface>[^\]]+)\]\((?P<entity>[^)]+)\)")


def unmark(case: str) -> tuple[str, list[tuple[Span, str]]]:
    """Return the plain text of a case and what must be found in it, in order."""
    text, expected, read = "", [], 0
    for mark in _MARKED.finditer(case):
        text += case[read : mark.start()]
        start = len(text)
        text += mark["surface"]
        expected.append((Span(start, len(text)), mark["entity"]))
        read = mark.end()
    return text + case[read:], expected


def remark(text: str, found: list[tuple[Span, str]]) -> str:
    """Return `text` with what was found marked, so that a failure reads like the case."""
    out, read = "", 0
    for span, entity in found:
        out += f"{text[read : span.start]}[{text[span.start : span.end]}]({entity})"
        read = span.end
    return out + text[read:]
