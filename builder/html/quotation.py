"""Quotes a mention in its sentence, as every index row shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from builder.html.escape import escape
from builder.html.rendering import html
from builder.model import Block, Mention, Span
from builder.quoted_sentences import sentence_at

# A sentence longer than this is cut around the mention; the passage is one click away.
LONGEST = 300
BEFORE = 120


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence as HTML with its mentions marked, and how many more the passage holds."""

    sentence: Markup
    more: int


def quote(block: Block, mentions: Sequence[Mention], sentence: Span | None = None) -> Quotation:
    """Return the sentence that holds the first of `mentions`, which are of `block`, in order."""
    first = mentions[0].at
    whole = sentence or sentence_at(block.text, first)
    shown = window(block.text, whole, first)
    inside = [mention.at for mention in mentions if shown.contains(mention.at)]
    pieces = ['<span class="cut"></span>' if shown.start > whole.start else ""]
    position = shown.start
    for at in inside:
        if at.start < position:
            continue
        pieces.append(escape(block.text[position : at.start]))
        pieces.append(f'<b class="hit">{escape(block.text[at.start : at.end])}</b>')
        position = at.end
    pieces.append(escape(block.text[position : shown.end]))
    pieces.append('<span class="cut"></span>' if shown.end < whole.end else "")
    return Quotation(html("".join(pieces)), len(mentions) - len(inside))


def window(text: str, sentence: Span, around: Span) -> Span:
    """Cut a long sentence at words around the mention."""
    if len(sentence) <= LONGEST:
        return sentence
    start = max(sentence.start, around.start - BEFORE)
    if start > sentence.start:
        start = text.rfind(" ", sentence.start, start) + 1 or start
    end = min(sentence.end, max(start + LONGEST, around.end))
    if end < sentence.end:
        space = text.find(" ", end, end + 40)
        end = space if space >= 0 else end
    return Span(start, end)
