"""Pairs figures that are not in equal surroundings: the best match, if it beats every rival."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from builder.aligning.figure_likeness import (
    HALF,
    OTHER_NAME,
    is_changed_value,
    is_same_claim,
    shared_words,
)
from builder.aligning.figure_sites import Pairing, Site
from builder.aligning.figure_values import is_same_value, meaning_of

SAME, AFTER, OWN, PRINTED = 1.0, 2.0, 0.6, 0.3
"""What counts beside the words before and around: the value, the words after (a number stands
before what it counts), the own passage, the printed form."""
BEATS_BY = 0.5
"""A rival nearer than this makes a pair doubtful."""
CROWD = 64
"""Pairs of one key; where more share it, it tells nothing."""
_ROUNDS = 3  # each pair that is made may settle a doubt


@dataclass(frozen=True, slots=True)
class _Rated:
    score: float
    sure: bool
    old: int
    new: int


def pair_rated(pairing: Pairing) -> None:
    """Pair what beats every rival, by value, phrases and words around."""
    rated = sorted(_ratings(pairing), key=lambda pair: (-pair.score, pair.old, pair.new))
    by_old: defaultdict[int, list[_Rated]] = defaultdict(list)
    by_new: defaultdict[int, list[_Rated]] = defaultdict(list)
    for pair in rated:
        by_old[pair.old].append(pair)
        by_new[pair.new].append(pair)

    def is_free(pair: _Rated) -> bool:
        return pair.old not in pairing.new_of and pair.new not in pairing.old_of

    def beats_its_rivals(pair: _Rated) -> bool:
        rivals = (*by_old[pair.old], *by_new[pair.new])
        return not any(
            rival is not pair and rival.score > pair.score - BEATS_BY and is_free(rival)
            for rival in rivals
        )

    for _ in range(_ROUNDS):
        for pair in rated:
            if pair.sure and is_free(pair) and beats_its_rivals(pair):
                pairing.take(pair.old, pair.new)


def _ratings(pairing: Pairing) -> Iterator[_Rated]:
    """Yield the pairs that something speaks for and no name in their phrases against."""
    for old, new in _candidates(pairing):
        rated = _rate(pairing, old, new)
        if rated is not None:
            yield rated


def _candidates(pairing: Pairing) -> set[tuple[int, int]]:
    """Return pairs that share a value or a word of their phrases, unless too many share it."""
    waiting: defaultdict[Hashable, list[int]] = defaultdict(list)
    for i, old in pairing.left_of_old():
        if old.standing:
            for key in _keys(old):
                waiting[old.home, key].append(i)
    coming: defaultdict[Hashable, list[int]] = defaultdict(list)
    for i, new in pairing.left_of_new() if waiting else ():
        for key in _keys(new):
            for home in pairing.homes_of(new):
                coming[home, key].append(i)
    return {
        (old, new)
        for key, news in coming.items()
        if (olds := waiting.get(key)) and len(olds) * len(news) <= CROWD
        for old in olds
        for new in news
    }


def _keys(site: Site) -> Iterator[Hashable]:
    place = site.place
    yield "literal", place.plain
    if (meaning := meaning_of(place.plain)) is not None:
        yield "value", meaning
    for name, side in (("before", place.before), ("after", place.after)):
        if side.phrase.words:
            yield name, place.plain, side.phrase.words[0]
            yield name, side.phrase.words[0]
            yield name, side.phrase.words, place.column


def _rate(pairing: Pairing, old: int, new: int) -> _Rated | None:
    one, other = pairing.olds[old], pairing.news[new]
    before, after = pairing.compare(old, new)
    if after == OTHER_NAME:
        return None
    own, same = one.home == other.home, is_same_value(one.place.plain, other.place.plain)
    words = shared_words(one.place, other.place)
    sure = (
        is_same_claim(one.place, other.place, before, after, words) and (own or words >= HALF)
        if same
        else own and is_changed_value(one.place, other.place, before, after) and words >= HALF
    )
    printed = one.place.plain == other.place.plain
    score = SAME * same + AFTER * after + before + words + OWN * own + PRINTED * printed
    return _Rated(score, sure, old, new)
