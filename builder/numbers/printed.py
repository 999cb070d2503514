"""Gives a figure's words back as its text prints them: what is read has plain quotes and spaces."""

from __future__ import annotations

from dataclasses import replace

from builder.fold import fold
from builder.model import Figure


def as_printed(figure: Figure, text: str) -> Figure:
    """Return a figure whose `of` and `period` are words of `text`, typography and all.

    Words that stand in another block, which leads into a list, stay as they were read.
    """
    if figure.of is None and figure.period is None:
        return figure
    folded = fold(text)
    if folded == text:
        return figure
    return replace(
        figure,
        of=_printed(figure.of, text, folded),
        period=_printed(figure.period, text, folded),
    )


def _printed(words: str | None, text: str, folded: str) -> str | None:
    at = folded.find(words) if words else -1
    return words if words is None or at < 0 else text[at : at + len(words)]
