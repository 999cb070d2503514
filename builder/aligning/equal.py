"""Pairs passages that read the same, first where they stand, then in ever looser context."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from builder.aligning.matching import Matching, Passage

_NEXT = 6  # passages on either side of a change that it may reach to
_A_WORD = 4  # letters: "Cuba" is one, "1." is none


def equal_ends(matching: Matching) -> None:
    """Pair what is equal from the first passage on, and from the last back: nearly everything."""
    old, new = matching.old, matching.new
    shorter = min(len(old), len(new))
    head = 0
    while head < shorter and old[head].wording.key == new[head].wording.key:
        matching.pair(head, head)
        head += 1
    tail = 0
    while tail < shorter - head and old[-tail - 1].wording.key == new[-tail - 1].wording.key:
        tail += 1
        matching.pair(len(old) - tail, len(new) - tail)
    if head + tail == len(old) == len(new):
        return
    # What stands next to a change may belong to it: the heading of a section that moved, "None."
    # and "See annex." at its end. Where it stands decides.
    for number in range(head - 1, max(-1, head - 1 - _NEXT), -1):
        if not _may_stand_elsewhere(old[number]):
            break
        matching.part(number)
    for number in range(len(old) - tail, min(len(old), len(old) - tail + _NEXT)):
        if not _may_stand_elsewhere(old[number]):
            break
        matching.part(number)


def _may_stand_elsewhere(passage: Passage) -> bool:
    return passage.is_short or passage.kind == "heading"


_Context = Callable[[Sequence[Passage], int], object]


def _key(passages: Sequence[Passage], number: int) -> str:
    return passages[number].wording.key if 0 <= number < len(passages) else ""


# From the closest context to none: a text that stands twice in a document ("Background") is told
# apart by where it stands.
_CONTEXTS: tuple[_Context, ...] = (
    lambda all_, i: (all_[i].section, _key(all_, i - 1), _key(all_, i + 1)),
    lambda all_, i: (_key(all_, i - 1), _key(all_, i + 1)),
    # A heading belongs to what follows it, everything else to its section.
    lambda all_, i: _key(all_, i + 1) if all_[i].kind == "heading" else all_[i].section,
    lambda all_, i: all_[i].section if all_[i].kind == "heading" else _key(all_, i + 1),
    lambda all_, i: _key(all_, i - 1),
)


def _of_kind(context: _Context) -> _Context:
    return lambda all_, i: (all_[i].kind, context(all_, i))


# First among passages of one kind: a heading is no line of the contents, though it reads the same.
_NEAR = (*map(_of_kind, _CONTEXTS), *_CONTEXTS)
_ANYWHERE: tuple[_Context, ...] = (lambda all_, i: all_[i].kind, lambda all_, i: None)


def equal_text(matching: Matching) -> None:
    """Pair what reads the same in ever looser context, where that is unique on both sides.

    Where the context says nothing of the place, a short text must stand only once on either side
    at all, whatever the steps before have paired.
    """
    for context in (*_NEAR, *_ANYWHERE):
        olds, news = matching.old_left(), matching.new_left()
        if not olds or not news:
            return
        if context in _ANYWHERE:
            once = _once(matching.old) & _once(matching.new)
            olds = [
                i
                for i, passage in ((i, matching.old[i]) for i in olds)
                if not passage.is_short or passage.wording.key in once
            ]
        found = _by_text(matching.new, news, context)
        for text, old in _by_text(matching.old, olds, context).items():
            new = found.get(text)
            if len(old) == 1 and new is not None and len(new) == 1:
                matching.pair(old[0], new[0])


def equal_text_nearby(matching: Matching) -> None:
    """Pair what reads the same in a gap, in whatever order it stands there, twins in turn."""
    for gap in list(matching.gaps()):
        waiting: defaultdict[str, list[int]] = defaultdict(list)
        for old in reversed(gap.olds):
            waiting[matching.old[old].wording.key].append(old)
        for new in gap.news:
            olds = waiting.get(matching.new[new].wording.key)
            if olds:
                matching.pair(olds.pop(), new)


def renumbered_headings(matching: Matching) -> None:
    """Pair headings that read the same but for the number before them, where that is unique."""
    found: list[dict[str, list[int]]] = []
    for passages in (matching.old, matching.new):
        by_words: defaultdict[str, list[int]] = defaultdict(list)
        for number, passage in enumerate(passages):
            if passage.kind == "heading":
                by_words[passage.wording.without_number].append(number)
        found.append(by_words)
    olds, news = found
    for words, old in olds.items():
        new = news.get(words, [])
        left = len(old) == len(new) == 1 and old[0] not in matching.new_of
        if left and new[0] not in matching.old_of and len(words) >= _A_WORD:
            matching.pair(old[0], new[0])


def _once(passages: Sequence[Passage]) -> set[str]:
    """Return the texts that stand once, and are long enough to be told from a list mark."""
    counted = Counter(passage.wording.key for passage in passages)
    return {key for key, times in counted.items() if times == 1 and len(key) >= _A_WORD}


def _by_text(
    passages: Sequence[Passage], numbers: Sequence[int], context: _Context
) -> dict[tuple[str, object], list[int]]:
    grouped: defaultdict[tuple[str, object], list[int]] = defaultdict(list)
    for number in numbers:
        grouped[passages[number].wording.key, context(passages, number)].append(number)
    return grouped
