"""Pairs the figures of before with those of today, each step only on what is left.

Equal figures in equal surroundings come first, as they stand in most changed passages. What is left
is rated: figures of one value, or of one kind where the value changed, by the phrases that they
belong to; a pair holds only if it beats every rival, and never against its own phrase: "5 kg of
cocaine" does not become "5 kg of opium". Then comes what stands between the same neighbors, and
last what was gone and is back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise

from builder.aligning.figures.addresses import home_of
from builder.aligning.figures.contexts import stands_in
from builder.aligning.figures.likeness import SILENT, shared_words
from builder.aligning.figures.pairs import Pairs
from builder.aligning.figures.places import FIGURE
from builder.aligning.figures.rating import CROWD, HALF, pair_rated
from builder.aligning.figures.values import is_same_value, kind_of, plain


def pair_figures(pairs: Pairs) -> None:
    """Pair what is certain.

    Of 1,000 addresses in real sentences with one or three edits are lost 3; without one of the
    steps 4 (equal), 27 (rated), 6 (between), and each that is gone would be gone for good.
    """
    _pair_equal(pairs)
    pair_rated(pairs)
    _pair_between(pairs)
    _pair_returned(pairs)


def _pair_equal(pairs: Pairs) -> None:
    """Pair equal figures of one passage in equal contexts, in order where equally many do so."""
    waiting: defaultdict[Hashable, list[str]] = defaultdict(list)
    for name, old in pairs.olds.items():
        waiting[old.home, old.literal, old.frame, old.column, old.around].append(name)
    coming: defaultdict[Hashable, list[int]] = defaultdict(list)
    for i, new in enumerate(pairs.news):
        coming[new.home, new.literal, new.frame, new.column, new.around].append(i)
    for key, news in coming.items():
        if len(olds := waiting.get(key, [])) == len(news):
            for pair in zip(olds, news, strict=True):
                pairs.take(*pair)


def _pair_between(pairs: Pairs) -> None:
    """Pair figures where nothing around them has changed but numbers: "from 5 to 6", "from 6 to 7".

    Between two paired neighbors all must be so, else one may be gone from a list of equal items.
    """
    for gap in list(_even_gaps(pairs)):
        if all(_is_unmoved(pairs, old, new) for old, new in gap):
            for old, new in gap:
                pairs.take(old, new)


def _is_unmoved(pairs: Pairs, old: str, new: int) -> bool:
    one, other = pairs.olds[old], pairs.news[new]
    words = shared_words(one, other)
    if words < HALF or min(pairs.compare(old, new)) < SILENT:
        return False
    is_bare = {*one.before.words, *one.after.words} <= {FIGURE}
    is_changed = words == 1 and kind_of(one.literal) == kind_of(other.literal) and not is_bare
    return is_changed or is_same_value(one.literal, other.literal)


def _even_gaps(pairs: Pairs) -> Iterator[list[tuple[str, int]]]:
    """Yield what is left between paired neighbors, in pairs, where it is equally many."""
    olds_of: defaultdict[str, list[str]] = defaultdict(list)
    for name, old in pairs.olds.items():
        olds_of[old.home].append(name)
    news_of: defaultdict[str, list[int]] = defaultdict(list)
    for i, new in enumerate(pairs.news):
        news_of[new.home].append(i)
    for home, olds in olds_of.items():
        for old_gap, new_gap in _gaps(pairs, olds, news_of[home]):
            if len(old_gap) == len(new_gap):
                yield list(zip(old_gap, new_gap, strict=True))


def _gaps(
    pairs: Pairs, olds: Sequence[str], news: Sequence[int]
) -> Iterator[tuple[Sequence[str], Sequence[int]]]:
    """Yield what stands on both sides between neighbors that are paired in order."""
    position = {new: i for i, new in enumerate(news)}
    fixed = [(-1, -1)]
    for i, old in enumerate(olds):
        at = position.get(pairs.new_of.get(old, -1))
        if at is not None and at > fixed[-1][1]:
            fixed.append((i, at))
    fixed.append((len(olds), len(news)))
    for (start, first), (end, last) in pairwise(fixed):
        old_gap, new_gap = olds[start + 1 : end], news[first + 1 : last]
        if old_gap and not any(new in pairs.old_of for new in new_gap):
            yield old_gap, new_gap


def _pair_returned(pairs: Pairs) -> None:
    """Give a figure that is gone back where the same literal stands in the same words again."""
    gone: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for name, figure in pairs.gone.items():
        gone[home_of(name), plain(figure.literal)].append(name)
    back: defaultdict[str, list[int]] = defaultdict(list)
    found: defaultdict[int, list[str]] = defaultdict(list)
    for i, new in pairs.left_of_new() if gone else ():
        for name in gone.get((new.home, new.literal), ())[:CROWD]:
            if stands_in(pairs.gone[name].context, new.around):
                back[name].append(i)
                found[i].append(name)
    for name, news in back.items():
        if len(news) == 1 and len(found[news[0]]) == 1:
            pairs.take(name, news[0])
