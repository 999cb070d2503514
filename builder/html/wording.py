"""Tells what changed between two wordings, word by word, as an editor would mark it.

The longest common run of words alone is confetti: every "of" and "the" that two sentences happen to
share would break a change in two. So short runs between two changes are swallowed, a change that
could stand at several places stands at the end of a sentence, an amount is one word ("$1.55
billion"), and texts that share little are shown whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from rapidfuzz.distance import LCSseq

# Ideographs and kana stand without spaces; each is a word.
_SINGLE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_SCALE = "hundred|thousand|million|billion|trillion|percent|per cent|percentage points?"
# " $1.55 billion,", " counter-narcotics", " alliance—"
_WORD = re.compile(
    r"(?P<space>\s*)(?P<word>"
    rf"(?:[^\s\d—]{{0,5}}\d[\d.,]*\s(?:{_SCALE})\b[^\s—{_SINGLE}]*"
    rf"|[{_SINGLE}]|[^\s—{_SINGLE}]*—|[^\s—{_SINGLE}]+)?)"
)
_SENTENCE_ENDS = re.compile(r"[.:;!?][”’\"')\]]*\Z")  # 'ends."'

# A run that two changes share is swallowed if it is one word of so few letters, or at most so many
# words and no longer than either change: what is left between would not help to read.
_SHORT_WORD = 3
_SHORT_RUN = 5
# Texts of which less than this is the same are two texts, not one that was changed.
_SAME_AT_LEAST = 0.2
# The table of the longest common run takes a bit for each pair of words; beyond this (50 MB) what
# stands between the equal ends is shown whole.
_MOST_PAIRS = 400_000_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that both wordings have, or that is gone from the old or new in the new."""

    kind: Literal["same", "gone", "new"]
    text: str


@dataclass(frozen=True, slots=True)
class _Word:
    space: str
    word: str


@dataclass(frozen=True, slots=True)
class _Run:
    """Words `old[a:b]` and `new[c:d]`: the same words, or what became of what."""

    same: bool
    a: int
    b: int
    c: int
    d: int


def word_diff(old: str, new: str) -> tuple[Piece, ...]:
    """Return the pieces of two wordings in reading order, none of them empty.

    The pieces that are the same or gone give `old`, those that are the same or new give `new`.
    """
    if old == new:
        return (Piece("same", old),) if old else ()
    olds, news = _words(old), _words(new)
    runs = _swallowed(_slid(_runs(olds, news), olds, news), olds, news)
    alike = sum(_length(olds[run.a : run.b]) for run in runs if run.same)
    if alike < _SAME_AT_LEAST * min(_length(olds), _length(news)):
        return tuple(piece for piece in (Piece("gone", old), Piece("new", new)) if piece.text)
    return _pieces(runs, olds, news)


def _words(text: str) -> list[_Word]:
    return [_Word(found["space"], found["word"]) for found in _WORD.finditer(text) if found[0]]


def _length(words: Sequence[_Word]) -> int:
    return sum(len(word.word) for word in words)


def _runs(olds: Sequence[_Word], news: Sequence[_Word]) -> list[_Run]:
    """Return equal and changed runs, alternating, by the longest common run of words."""
    numbers: dict[str, int] = {}
    old = [numbers.setdefault(word.word, len(numbers)) for word in olds]
    new = [numbers.setdefault(word.word, len(numbers)) for word in news]
    if len(old) * len(new) > _MOST_PAIRS:
        return _equal_ends(old, new)
    runs: list[_Run] = []
    for step in LCSseq.opcodes(old, new):
        same, b, d = step.tag == "equal", step.src_end, step.dest_end
        if runs and runs[-1].same == same:
            runs[-1] = replace(runs[-1], b=b, d=d)
        else:
            runs.append(_Run(same, step.src_start, b, step.dest_start, d))
    return runs


def _equal_ends(old: Sequence[int], new: Sequence[int]) -> list[_Run]:
    shorter = min(len(old), len(new))
    head = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    rest = shorter - head
    tail = next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)
    middle_old, middle_new = len(old) - tail, len(new) - tail
    runs = (
        _Run(True, 0, head, 0, head),
        _Run(False, head, middle_old, head, middle_new),
        _Run(True, middle_old, len(old), middle_new, len(new)),
    )
    return [run for run in runs if run.b > run.a or run.d > run.c]


def _slid(runs: Sequence[_Run], olds: Sequence[_Word], news: Sequence[_Word]) -> list[_Run]:
    """Move what was only put in or taken out to where a sentence ends, if it may stand there.

    Between "The A. The B." and "The A. The C. The B." the words "The C." are new, not "C. The".
    """
    result = _with_ends(runs, len(olds), len(news))
    for number in range(1, len(result), 2):
        before, run, after = result[number - 1 : number + 2]
        if run.b > run.a and run.d > run.c:
            continue
        # A neighbor keeps a word, unless it is an end of the text.
        left = before.b - before.a - (number > 1)
        right = after.b - after.a - (number + 2 < len(result))
        words, start, end = (news, run.c, run.d) if run.d > run.c else (olds, run.a, run.b)
        by = _best_shift(words, start, end, left, right)
        result[number - 1 : number + 2] = (
            replace(before, b=before.b + by, d=before.d + by),
            _Run(False, run.a + by, run.b + by, run.c + by, run.d + by),
            replace(after, a=after.a + by, c=after.c + by),
        )
    return [run for run in result if run.b > run.a or run.d > run.c]


def _with_ends(runs: Sequence[_Run], old: int, new: int) -> list[_Run]:
    """Return the runs with an equal one, if only an empty one, at the head and at the end."""
    head = [] if runs[0].same else [_Run(True, 0, 0, 0, 0)]
    end = [] if runs[-1].same else [_Run(True, old, old, new, new)]
    return [*head, *runs, *end]


def _best_shift(words: Sequence[_Word], start: int, end: int, left: int, right: int) -> int:
    """Return by how many words a change moves to begin after the end of a sentence, 0 for stay."""
    shifts = [0]
    while len(shifts) <= left and words[start - len(shifts)].word == words[end - len(shifts)].word:
        shifts.append(-len(shifts))
    by = 1
    while by <= right and words[start + by - 1].word == words[end + by - 1].word:
        shifts.append(by)
        by += 1
    return max(shifts, key=lambda shift: (_begins(words, start + shift), -abs(shift)))


def _begins(words: Sequence[_Word], at: int) -> bool:
    return at == 0 or _SENTENCE_ENDS.search(words[at - 1].word) is not None


def _swallowed(runs: Sequence[_Run], olds: Sequence[_Word], news: Sequence[_Word]) -> list[_Run]:
    """Join changes that only a short common run keeps apart."""
    joined: list[_Run] = []
    for run in runs:
        while not run.same and len(joined) > 1 and _is_crumb(joined[-2:], run, olds, news):
            joined.pop()
            before = joined.pop()
            run = _Run(False, before.a, run.b, before.c, run.d)
        joined.append(run)
    return joined


def _is_crumb(
    before: Sequence[_Run], after: _Run, olds: Sequence[_Word], news: Sequence[_Word]
) -> bool:
    change, same = before
    words = olds[same.a : same.b]
    if len(words) == 1 and len(words[0].word) <= _SHORT_WORD:
        return True
    least = min(_size(change, olds, news), _size(after, olds, news))
    return len(words) <= _SHORT_RUN and _length(words) <= least


def _size(run: _Run, olds: Sequence[_Word], news: Sequence[_Word]) -> int:
    return max(_length(olds[run.a : run.b]), _length(news[run.c : run.d]))


def _pieces(
    runs: Sequence[_Run], olds: Sequence[_Word], news: Sequence[_Word]
) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    gone = new = ""
    for run in runs:
        if not run.same:
            gone += _text(olds[run.a : run.b])
            new += _text(news[run.c : run.d])
            continue
        for one, other in zip(olds[run.a : run.b], news[run.c : run.d], strict=True):
            space = ""
            if one.space == other.space:
                space = one.space
            else:  # the same word in unlike white space
                gone, new = gone + one.space, new + other.space
            pieces += _change(gone, new)
            pieces.append(Piece("same", space + one.word))
            gone = new = ""
    pieces += _change(gone, new)
    return tuple(_merged(pieces))


def _text(words: Sequence[_Word]) -> str:
    return "".join(word.space + word.word for word in words)


def _change(gone: str, new: str) -> Iterator[Piece]:
    """Yield what stood and what stands in a place; the space before both is the same."""
    space = gone[: len(gone) - len(gone.lstrip())] if gone and new else ""
    if space and new.startswith(space):
        yield Piece("same", space)
        gone, new = gone.removeprefix(space), new.removeprefix(space)
    if gone:
        yield Piece("gone", gone)
    if new:
        yield Piece("new", new)


def _merged(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces that are not empty, neighbors of one kind made one."""
    full = (piece for piece in pieces if piece.text)
    for _, alike in groupby(full, key=lambda piece: piece.kind):
        first, *others = alike
        yield Piece(first.kind, first.text + "".join(piece.text for piece in others))
