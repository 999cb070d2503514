"""Compares records with passages, as far as they may be the same at all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from builder.aligning.matching import Likeness, Matching, Part, Passage
from builder.aligning.wording import CONTAINED_COUNTS, contains, similarity, size_within

HEADING_OR_NOT = 0.80
"""A heading that becomes a paragraph, or a paragraph a heading, keeps its words."""
OTHER_KIND = 0.01
"""Of equal texts the one of the same kind is nearer: a heading, and its line in the contents."""
WORTH_ASKING = 0.40
"""Below this, nobody would think that the passage is the same."""

LARGER_PART = 0.04
"""What a piece counts for by its share of the whole, so that the larger of two is nearer."""
_LEAST = 0.3  # what is less alike need not be told apart any further

# Up to so many pairs all are compared; beyond, those that share words which few others have.
_ALL_PAIRS = 1_600
_RARE = 12
_CANDIDATES = 6


def compare(matching: Matching, olds: Sequence[int], news: Sequence[int]) -> list[Likeness]:
    """Return the likeness of records and passages, as far as they may be the same."""
    found = []
    for pair in worth_comparing(matching.old, olds, matching.new, news):
        alike = matching.alike.get(pair)
        if alike is None:
            alike = matching.alike[pair] = _likeness(matching, *pair)
        if alike.similarity >= WORTH_ASKING:
            found.append(alike)
    return found


def _likeness(matching: Matching, old: int, new: int) -> Likeness:
    one, other = matching.old[old].wording, matching.new[new].wording
    alike = similarity(one, other, least=_LEAST)
    part: Part = ""
    if alike < CONTAINED_COUNTS + LARGER_PART:
        part = "new" if contains(one, other) else "old" if contains(other, one) else ""
    if part:
        # Of two pieces the larger one is nearer.
        share = size_within(one, other) / max(one.size, other.size)
        alike = max(alike, CONTAINED_COUNTS + LARGER_PART * share)
    if alike < HEADING_OR_NOT and one_is_heading(matching, old, new):
        alike = 0.0
    elif matching.old[old].kind != matching.new[new].kind:
        alike -= OTHER_KIND
    return Likeness(old, new, alike, part)


def one_is_heading(matching: Matching, old: int, new: int) -> bool:
    """Tell whether a heading faces something else: it takes over the text, or is another thing."""
    return (matching.old[old].kind == "heading") != (matching.new[new].kind == "heading")


def worth_comparing(
    ones: Sequence[Passage], left: Sequence[int], others: Sequence[Passage], news: Sequence[int]
) -> Iterable[tuple[int, int]]:
    """Yield pairs of numbers of both sides: all, or of very many those that share rare words."""
    if len(left) * len(news) <= _ALL_PAIRS:
        return ((old, new) for old in left for new in news)
    return _sharing_rare_words(ones, left, others, news)


def _sharing_rare_words(
    ones: Sequence[Passage], left: Sequence[int], others: Sequence[Passage], news: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Yield for each passage the few records that share most of its rare words, and its peer."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for old in left:
        for word in ones[old].wording.counted:
            holders[word].append(old)
    for position, new in enumerate(news):
        shared: Counter[int] = Counter()
        for word in others[new].wording.counted:
            if 0 < len(holders.get(word, ())) <= _RARE:
                shared.update(holders[word])
        chosen = {old for old, _ in shared.most_common(_CANDIDATES)}
        chosen.add(left[position * len(left) // len(news)])
        yield from ((old, new) for old in sorted(chosen))
