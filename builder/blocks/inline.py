"""Writes the text of a block as a reader sees it, with the source offset of each character.

What was read as markup is left out, each run of white space is one space, and what stands for
another character shows that one. Offsets count in the joined ranges of the block until they are
placed in the source.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from builder.blocks.bare_addresses import bare_addresses
from builder.consecutive import consecutive
from builder.model import Mark, Span, Syntax

# White space as a reader sees it. Control characters that Python also counts as space are not
# here: they are shown as signs. A CR is space only before LF.
SPACE_CHARACTERS = frozenset(
    " \t\n\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
RARE_SPACE = re.compile(f"[{''.join(c for c in sorted(SPACE_CHARACTERS) if c > '~')}]")
GAP = re.compile("  +")
_DEEPEST = 4  # marks of one tag around a character


@dataclass(slots=True)
class Read:
    """What is read of a block: its source text, what in it is syntax, and what is marked.

    `instead` holds the characters shown in place of those that stand there.
    """

    text: str
    syntax: list[tuple[int, int, str]] = field(default_factory=list)
    instead: dict[int, str] = field(default_factory=dict)
    marks: list[tuple[int, int, str, str | None]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Inline:
    """The text of a block, the source offset of each character, its marks, and its syntax."""

    text: str
    offsets: array[int]
    marks: tuple[Mark, ...]
    syntax: tuple[Syntax, ...]


def in_source(ranges: Sequence[Span]) -> array[int]:
    """Return the source offset of each character of the joined ranges, and of their end."""
    offsets, last = array("I"), 0
    for span in ranges:
        offsets += consecutive(span.start, span.end)
        last = max(last, span.end)
    offsets.append(last)
    return offsets


def as_shown(read: Read, to_source: array[int]) -> Inline:
    """Return the text that is shown, placed in the source by `to_source`."""
    syntax = sorted(read.syntax)
    text: list[str] = []
    offsets = array("I")
    spaces: list[tuple[int, int, str]] = []
    gap = True  # white space has just been written, or nothing yet
    for at, stop, shown, is_space in _pieces(read, syntax):
        if gap and shown[0] == " ":
            spaces.append((at, stop if is_space else at + 1, _space(read, at)))
            at, shown = at + 1, shown[1:]
        elif is_space and stop > at + 1:
            spaces.append((at + 1, stop, "space"))
            stop = at + 1
        if shown:
            text.append(shown)
            offsets += to_source[at:stop]
            gap = shown[-1] == " "
    if text and gap:
        text[-1] = text[-1][:-1]
        last = bisect_left(to_source, offsets.pop())
        spaces.append((last, last + 1, _space(read, last)))
    whole = "".join(text)
    marks = _placed_marks(read, offsets, whole, to_source)
    return Inline(whole, offsets, marks, _placed_syntax([*syntax, *spaces], to_source))


def _space(read: Read, at: int) -> str:
    """Name a space that is not shown: white space, or what stands for it."""
    if at not in read.instead:
        return "space"
    return {"<": "tag", "|": "table mark"}.get(read.text[at], "reference")


def _pieces(
    read: Read, syntax: Sequence[tuple[int, int, str]]
) -> Iterator[tuple[int, int, str, bool]]:
    """Return what is shown piece by piece, with whether all of it is white space, shown as one."""
    text = _plainly_spaced(read.text)
    if syntax or read.instead:
        return _woven(text, read, syntax)
    return _parted(text, 0, len(text))  # as of most paragraphs


def _woven(
    text: str, read: Read, syntax: Sequence[tuple[int, int, str]]
) -> Iterator[tuple[int, int, str, bool]]:
    """Yield the pieces of a text without its syntax, and with what is shown instead."""
    replaced = sorted(read.instead)
    for start, end in _kept(text, syntax):
        position = start
        for at in replaced[bisect_left(replaced, start) : bisect_left(replaced, end)]:
            yield from _parted(text, position, at)
            is_space = read.instead[at] in " \u00a0"
            yield at, at + 1, " " if is_space else read.instead[at], is_space
            position = at + 1
        yield from _parted(text, position, end)


def _plainly_spaced(text: str) -> str:
    """Return a text at equal length with a plain space for each sign of white space."""
    text = text.replace("\r\n", "  ").replace("\n", " ").replace("\t", " ")
    # No white space but the plain space is printable.
    return text if text.isprintable() else RARE_SPACE.sub(" ", text)


def _kept(text: str, syntax: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int]]:
    position = 0
    for start, end, _ in syntax:
        if start > position:
            yield position, start
        position = max(position, end)
    if position < len(text):
        yield position, len(text)


def _parted(text: str, start: int, end: int) -> Iterator[tuple[int, int, str, bool]]:
    position = start
    for gap in GAP.finditer(text, start, end):
        if gap.start() > position:
            yield position, gap.start(), text[position : gap.start()], False
        position = gap.end()
        yield gap.start(), position, " ", True
    if position < end:
        yield position, end, text[position:end], False


def _placed_marks(
    read: Read, offsets: array[int], shown: str, to_source: array[int]
) -> tuple[Mark, ...]:
    placed = []
    for start, end, tag, href in read.marks:
        first, last = to_source[start], to_source[end]
        span = Span(bisect_left(offsets, first), bisect_left(offsets, last))
        mark = Mark(span if tag == "br" else trimmed(span, shown), tag, href)
        if mark.span.start < mark.span.end:
            placed.append(mark)
    placed.extend(bare_addresses(shown, placed))
    placed.sort(key=lambda mark: (mark.span.start, -mark.span.end))
    return tuple(_not_too_deep(placed))


def _not_too_deep(marks: Sequence[Mark]) -> Iterator[Mark]:
    """Leave out a mark within too many like it: it says no more, and browsers read so deep only."""
    around: dict[str, list[int]] = {}
    for mark in marks:
        ends = [end for end in around.get(mark.tag, ()) if end > mark.span.start]
        if len(ends) < _DEEPEST:
            yield mark
            ends.append(mark.span.end)
        around[mark.tag] = ends


def trimmed(span: Span, text: str) -> Span:
    """Return the span without the spaces at its ends."""
    piece = text[span.start : span.end]
    start = span.start + len(piece) - len(piece.lstrip(" "))
    return Span(start, max(start, span.start + len(piece.rstrip(" "))))


def _placed_syntax(syntax: list[tuple[int, int, str]], to_source: array[int]) -> tuple[Syntax, ...]:
    """Place syntax in the source; a stretch that leaps over a gap between ranges is parted."""
    placed = []
    for start, end, what in sorted(syntax):
        if start < end and to_source[end - 1] - to_source[start] == end - 1 - start:
            placed.append(Syntax(Span(to_source[start], to_source[end - 1] + 1), what))
            continue
        first = start
        for i in range(start + 1, end + 1):
            if i == end or to_source[i] != to_source[i - 1] + 1:
                placed.append(Syntax(Span(to_source[first], to_source[i - 1] + 1), what))
                first = i
    return tuple(placed)
