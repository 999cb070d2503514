"""Pairs the `*` and `_` of a text as CommonMark does, in linear time.

The rules are those of the CommonMark specification, section 6.2 and its appendix "A parsing
strategy": left- and right-flanking runs, the rule of three, and a floor below which no opener is
looked for again; and one rule of our own for what converters leave behind.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from builder.model import Span

LOOSE_REACH = 160  # characters between two loose `*`


@dataclass(slots=True)
class _Run:
    start: int
    count: int
    character: str
    opens: bool
    closes: bool
    length: int
    taken_left: int = 0  # characters already used at the run's left end (as a closer)
    taken_right: int = 0  # characters already used at its right end (as an opener)
    active: bool = True


@dataclass(frozen=True, slots=True)
class Emphasis:
    """One pair of delimiters: where it opens, where it closes, and `em` or `strong`."""

    opening: Span
    closing: Span
    tag: str


def is_space(character: str) -> bool:
    """Tell whether CommonMark sees white space here; the text's edge counts as such."""
    return not character or character.isspace()


def _is_punctuation(character: str) -> bool:
    return bool(character) and unicodedata.category(character)[0] in "PS"


def delimiter_run(text: str, start: int, end: int) -> _Run:
    """Return the run of delimiters at `start`, with whether it may open and close emphasis."""
    before = text[start - 1 : start]
    after = text[end : end + 1]
    left = not is_space(after) and (
        not _is_punctuation(after) or is_space(before) or _is_punctuation(before)
    )
    right = not is_space(before) and (
        not _is_punctuation(before) or is_space(after) or _is_punctuation(after)
    )
    character = text[start]
    opens, closes = left, right
    if character == "*" and end - start == 1 and before.isalnum() and after.isalnum():
        opens = closes = False  # "5*3*2": CommonMark sees emphasis here, a reader of prose does not
    elif character == "_":
        opens = left and (not right or _is_punctuation(before))
        closes = right and (not left or _is_punctuation(after))
    return _Run(start, end - start, character, opens, closes, end - start)


def pair(runs: list[_Run]) -> list[Emphasis]:
    """Return the pairs among `runs`, which stand in text order; the rest is plain text."""
    pairs: list[Emphasis] = []
    stack: list[_Run] = []
    floors: dict[tuple[str, bool, int], int] = {}
    for run in runs:
        while run.closes and run.count:
            key = (run.character, run.opens, run.length % 3)
            found = _opener(stack, run, floors.get(key, 0))
            if found < 0:
                floors[key] = len(stack)
                break
            opener = stack[found]
            del stack[found + 1 :]
            floors = {k: min(floor, len(stack)) for k, floor in floors.items()}
            pairs.append(_use(opener, run))
            if not opener.count:
                stack.pop()
        if run.opens and run.count:
            stack.append(run)
    return [*pairs, *_pair_loose(runs)]


def _pair_loose(runs: list[_Run]) -> list[Emphasis]:
    """Pair what stays of `**` where a converter has left a space inside: "**Ports: ** The".

    CommonMark reads no emphasis there. A reader does: no prose has a bare `**` on purpose, and a
    bare `*` only as the mark of a footnote, which has no second one soon behind it.
    """
    pairs = []
    for width, reach in ((2, None), (1, LOOSE_REACH)):
        left = [run for run in runs if run.character == "*" and run.count == width]
        at = 0
        while at + 1 < len(left):
            opener, closer = left[at], left[at + 1]
            near = reach is None or closer.start - opener.start <= reach
            if opener.opens and near:
                pairs.append(_use(opener, closer))
                at += 2
            else:
                at += 1
    return pairs


def left_at_edges(runs: list[_Run], text: str) -> list[Emphasis]:
    """Return the `**` left alone at the edges of a block: its other half is in another block.

    Called after `pair`, which has taken what pairs. They mark nothing here, and are no text.
    """
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    alone = []
    for run in runs:
        end = run.start + run.length
        untouched = run.character == "*" and run.count == run.length in (2, 3)
        if untouched and (
            (run.start == first and run.opens) or (end == last and run.start > first)
        ):
            alone.append(Emphasis(Span(run.start, end), Span(end, end), "strong"))
    return alone


def _opener(stack: list[_Run], closer: _Run, floor: int) -> int:
    for index in range(len(stack) - 1, floor - 1, -1):
        opener = stack[index]
        if opener.character != closer.character:
            continue
        # The rule of three: "a run that can both open and close" must not pair up oddly.
        odd = (opener.closes or closer.opens) and (opener.length + closer.length) % 3 == 0
        if odd and (opener.length % 3 or closer.length % 3):
            continue
        return index
    return -1


def _use(opener: _Run, closer: _Run) -> Emphasis:
    width = 2 if opener.count >= 2 and closer.count >= 2 else 1
    open_end = opener.start + opener.length - opener.taken_right
    close_start = closer.start + closer.taken_left
    opener.taken_right += width
    closer.taken_left += width
    opener.count -= width
    closer.count -= width
    return Emphasis(
        Span(open_end - width, open_end),
        Span(close_start, close_start + width),
        "strong" if width == 2 else "em",
    )
