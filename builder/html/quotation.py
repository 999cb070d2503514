"""Quotes mentions in their sentences, as every index row shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from builder.html.escape import escape
from builder.html.rendering import html
from builder.model import Block, Mention, Span
from builder.quoted_sentences import sentence_at

# A sentence longer than this is cut around the mention; the passage is one click away.
LONGEST = 300
BEFORE = 120
# A cut that would leave out less than this saves nothing.
_WORTH_A_CUT = 40
# So many stretches of one passage stand in its row, further ones are folded.
_OPEN = 2


@dataclass(frozen=True, slots=True)
class Quoted:
    """Every mention of a passage in its sentence, as HTML; `folded` holds `more` of them."""

    sentence: Markup
    folded: Markup
    more: int


def quote(block: Block, mentions: Sequence[Mention]) -> Markup:
    """Return the sentence that holds the first of `mentions`, which are of `block`, in order."""
    whole = sentence_at(block.text, mentions[0].at)
    shown = window(block.text, whole, mentions[0].at)
    return quote_stretch(block.text, whole, shown, [mention.at for mention in mentions])


def quote_stretch(text: str, sentence: Span, shown: Span, places: Iterable[Span]) -> Markup:
    """Return what is shown of a sentence as HTML, with the places in it marked."""
    stretch = _Stretch(
        shown, cut_before=shown.start > sentence.start, cut_after=shown.end < sentence.end
    )
    return html(_marked(text, stretch, places))


def quote_all(block: Block, mentions: Sequence[Mention]) -> Quoted:
    """Return the sentences of all `mentions`, which are of `block`, in order."""
    places = [mention.at for mention in mentions]
    stretches = list(_stretches(block.text, places))
    open_, folded = stretches[:_OPEN], stretches[_OPEN:]
    more = sum(1 for at in places if folded and at.start >= folded[0].shown.start)
    return Quoted(
        html(_joined(block.text, open_, places)), html(_joined(block.text, folded, places)), more
    )


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of a text that is quoted, and whether it is cut from a sentence's head or end."""

    shown: Span
    cut_before: bool
    cut_after: bool


def _stretches(text: str, places: Iterable[Span]) -> Iterator[_Stretch]:
    """Yield what is quoted around each mention; what touches is one."""
    last: _Stretch | None = None
    for at in places:
        whole = sentence_at(text, at)
        shown = window(text, whole, at)
        if last is not None and shown.start <= last.shown.end + 1:
            if shown.end > last.shown.end:
                shown = Span(last.shown.start, shown.end)
                last = _Stretch(shown, last.cut_before, cut_after=shown.end < whole.end)
            continue
        if last is not None:
            yield last
        last = _Stretch(shown, shown.start > whole.start, shown.end < whole.end)
    if last is not None:
        yield last


def _joined(text: str, stretches: Sequence[_Stretch], places: Sequence[Span]) -> str:
    """Return stretches as HTML, with one sign where something is left out between two."""
    pieces = []
    for position, stretch in enumerate(stretches):
        if position:
            stretch = _Stretch(stretch.shown, cut_before=True, cut_after=stretch.cut_after)
            pieces.append(" ")
        cut_after = stretch.cut_after and position + 1 == len(stretches)
        pieces.append(_marked(text, _Stretch(stretch.shown, stretch.cut_before, cut_after), places))
    return "".join(pieces)


def _marked(text: str, stretch: _Stretch, places: Iterable[Span]) -> str:
    """Return a stretch of a text as HTML with the mentions in it marked."""
    shown = stretch.shown
    pieces = [_CUT if stretch.cut_before else ""]
    position = shown.start
    for at in places:
        if at.start < position or not shown.contains(at):
            continue
        pieces.append(escape(text[position : at.start]))
        pieces.append(f'<b class="hit">{escape(text[at.start : at.end])}</b>')
        position = at.end
    pieces.append(escape(text[position : shown.end]))
    pieces.append(_CUT if stretch.cut_after else "")
    return "".join(pieces)


_CUT = '<span class="cut"></span>'


def window(text: str, sentence: Span, around: Span) -> Span:
    """Cut a long sentence at words around the mention."""
    if len(sentence) <= LONGEST:
        return sentence
    start = max(sentence.start, around.start - BEFORE)
    if start - sentence.start < _WORTH_A_CUT:
        start = sentence.start
    if start > sentence.start:
        start = text.rfind(" ", sentence.start, start) + 1 or start
    end = min(sentence.end, max(start + LONGEST, around.end))
    if sentence.end - end < _WORTH_A_CUT:
        end = sentence.end
    if end < sentence.end:
        space = text.find(" ", end, end + 40)
        end = space if space >= 0 else end
    return Span(start, end)
