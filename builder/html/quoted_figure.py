"""Quotes a figure in its sentence, in bold with the words of its bound: "more than 100"."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from builder.claiming.printed import printed_span
from builder.claims import Statement
from builder.html.quotation import quote_stretch, window
from builder.model import Span


@dataclass(frozen=True, slots=True)
class QuotedFigure:
    """Where a sentence, what of it is shown, and its figure stand in the block's text."""

    sentence: Span
    shown: Span
    hit: Span


def quoted_figure(statement: Statement) -> QuotedFigure:
    """Return the spans of a statement's sentence and figure; a long sentence is cut around it."""
    whole, printed = statement.sentence, printed_span(statement)
    hit = Span(max(printed.start, whole.start), printed.end)
    return QuotedFigure(whole, window(statement.block.text, whole, hit), hit)


def quote_figure(statement: Statement) -> Markup:
    """Return the sentence of a statement as HTML with its figure in bold."""
    quoted = quoted_figure(statement)
    return quote_stretch(statement.block.text, quoted.sentence, quoted.shown, [quoted.hit])
