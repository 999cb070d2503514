"""Pairs figures that are not in equal surroundings: the best match, if it beats every rival."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from builder.aligning.figures.likeness import EQUAL, OTHER, PARTLY, SILENT, shared_words
from builder.aligning.figures.pairs import Pairs
from builder.aligning.figures.places import FigurePlace
from builder.aligning.figures.values import is_same_value, kind_of, meaning_of

BEATS_BY = 0.5
"""A rival nearer than this makes a pair doubtful; with 0 one of 1,000 is wrong."""
HALF = 0.5
"""Of the words around: less is another sentence. Where sentences are replaced by others that count
the same thing, 59 of 1,000 addresses are wrong without this, 21 with it."""
CROWD = 64
"""Pairs of one key; where more share it, it tells nothing, and would cost their square."""


@dataclass(frozen=True, slots=True)
class _Rated:
    score: float
    sure: bool
    old: str
    new: int


def pair_rated(pairs: Pairs) -> None:
    """Pair what beats every rival, by value, phrases and words around."""
    rated = [_rate(pairs, old, new) for old, new in _candidates(pairs)]
    rated.sort(key=lambda pair: (-pair.score, pair.new, pair.old))
    by_old: defaultdict[str, list[_Rated]] = defaultdict(list)
    by_new: defaultdict[int, list[_Rated]] = defaultdict(list)
    for pair in rated:
        by_old[pair.old].append(pair)
        by_new[pair.new].append(pair)

    def is_free(pair: _Rated) -> bool:
        return pair.old not in pairs.new_of and pair.new not in pairs.old_of

    for pair in rated:
        if pair.sure and is_free(pair):
            rivals = (*by_old[pair.old], *by_new[pair.new])
            if not any(
                rival is not pair and rival.score > pair.score - BEATS_BY and is_free(rival)
                for rival in rivals
            ):
                pairs.take(pair.old, pair.new)


def _candidates(pairs: Pairs) -> set[tuple[str, int]]:
    """Return pairs that share a value or a word of their phrases, unless too many share it."""
    waiting: defaultdict[Hashable, list[str]] = defaultdict(list)
    for name, old in pairs.left_of_old():
        for key in _keys(old):
            waiting[old.home, key].append(name)
    coming: defaultdict[Hashable, list[int]] = defaultdict(list)
    for i, new in pairs.left_of_new() if waiting else ():
        for key in _keys(new):
            for home in (new.home, *pairs.sources[new.home]):
                coming[home, key].append(i)
    return {
        (old, new)
        for key, news in coming.items()
        if len(olds := waiting.get(key, ())) * len(news) <= CROWD
        for old in olds
        for new in news
    }


def _keys(place: FigurePlace) -> Iterator[Hashable]:
    yield meaning_of(place.literal) or place.literal
    for name, side in (("before", place.before), ("after", place.after)):
        if side.phrase.words:
            yield name, side.phrase.words[0]
            yield name, side.phrase.words, place.column


def _rate(pairs: Pairs, old: str, new: int) -> _Rated:
    one, other = pairs.olds[old], pairs.news[new]
    before, after = pairs.compare(old, new)
    own, same = one.home == other.home, is_same_value(one.literal, other.literal)
    words = shared_words(one, other)
    agrees = after >= SILENT and before >= OTHER and max(before, after) > SILENT
    if same:
        sure = agrees and (words >= HALF or (own and before > PARTLY))
    else:
        in_place = before >= SILENT and after in (SILENT, EQUAL) and max(before, after) == EQUAL
        is_alike = kind_of(one.literal) == kind_of(other.literal) and words >= HALF
        sure = own and in_place and is_alike
    return _Rated(same + after + before + words, sure, old, new)
