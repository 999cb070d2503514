"""Pairs the figures of before with those of today, each step only on what is left.

Equal literals in equal surroundings come first. What is left is rated: literals of one value, or of
one kind where the value changed, by the phrases that they belong to; a pair holds only if it beats
every rival. Last comes the order between neighbors that are paired. A pair is never made against
its own phrase: "5 kg of cocaine" does not become "5 kg of opium".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import pairwise

from builder.aligning.figure_likeness import (
    HALF,
    SILENT,
    is_same_around,
    shared_words,
)
from builder.aligning.figure_places import UNKNOWN, Place
from builder.aligning.figure_rating import CROWD, pair_rated
from builder.aligning.figure_sites import Pairing, Site
from builder.aligning.figure_values import is_same_value, kind_of


def pair_figures(pairing: Pairing) -> None:
    """Pair what is certain; `olds` and `news` of one home are in the order of its text."""
    _pair_equal(pairing, _printed_around, own=True)
    _pair_equal(pairing, _printed_around, own=False)
    _pair_equal(pairing, _masked_around, own=True, once=True)
    _pair_equal(pairing, _masked_around, own=False, once=True)
    _pair_returned(pairing, unrivaled=True)
    _pair_unmoved(pairing)
    pair_rated(pairing)
    _pair_between(pairing)
    _pair_between(pairing)  # what was paired first are nearer neighbors
    _pair_returned(pairing)


def _printed_around(site: Site) -> Hashable:
    place = site.place
    return place.plain, place.column, place.before.printed, place.after.printed


def _masked_around(site: Site) -> Hashable:
    place = site.place
    if place.is_bare:
        return None
    return place.plain, place.column, place.before.masked, place.after.masked


def _pair_equal(
    pairing: Pairing, key_of: Callable[[Site], Hashable], *, own: bool, once: bool = False
) -> None:
    """Pair figures that stand in equal surroundings, in order where equally many do."""
    waiting: defaultdict[Hashable, list[int]] = defaultdict(list)
    for i, old in pairing.left_of_old():
        if old.standing and (key := key_of(old)) is not None:
            waiting[old.home, key].append(i)
    coming: defaultdict[Hashable, list[int]] = defaultdict(list)
    for i, new in pairing.left_of_new() if waiting else ():
        if (key := key_of(new)) is not None:
            for home in pairing.homes_of(new, own=own, further=not own):
                coming[home, key].append(i)
    for here, news in coming.items():
        olds = waiting.get(here, [])
        news = [new for new in news if new not in pairing.old_of]
        if len(olds) == len(news) and (not once or len(news) == 1):
            for pair in zip(olds, news, strict=True):
                pairing.take(*pair)


def _pair_returned(pairing: Pairing, *, unrivaled: bool = False) -> None:
    """Give a figure that is gone back where the same literal stands in the same words again.

    `unrivaled`: only where no other of that literal, which did stand, may have come there.
    """
    gone: defaultdict[Hashable, list[int]] = defaultdict(list)
    stood = set()
    for i, old in pairing.left_of_old():
        if not old.standing:
            gone[(old.home, old.place.plain)].append(i)
        elif unrivaled:
            stood.add((old.home, old.place.plain))
    for key in stood & gone.keys():
        del gone[key]
    back: defaultdict[int, list[int]] = defaultdict(list)
    found: defaultdict[int, list[int]] = defaultdict(list)
    for i, new in pairing.left_of_new() if gone else ():
        for lost in gone.get((new.home, new.place.plain), ())[:CROWD]:
            if _is_as_it_was(pairing.olds[lost].context, new.context):
                back[lost].append(i)
                found[i].append(lost)
    for lost, news in back.items():
        if len(news) == 1 and len(found[news[0]]) == 1:
            pairing.take(lost, news[0])


def _is_as_it_was(context: str, context_now: str) -> bool:
    """Tell whether the words that the ledger keeps of a figure stand around one of today."""
    head, _, tail = f" {context} ".partition(" _ ")
    head_now, _, tail_now = f" {context_now} ".partition(" _ ")
    return f" {head_now}".endswith(f" {head.strip()}") and f"{tail_now} ".startswith(
        f"{tail.strip()} "
    )


def _pair_unmoved(pairing: Pairing) -> None:
    """Pair figures where nothing around them has changed but numbers: "from 5 to 6", "from 6 to 7".

    Between two paired neighbors all must be so, else one may be gone from a list of equal items.
    """
    for pairs, _ in list(_even_gaps(pairing)):
        if all(_is_unmoved(pairing.olds[old].place, pairing.news[new].place) for old, new in pairs):
            for pair in pairs:
                pairing.take(*pair)


def _is_unmoved(one: Place, other: Place) -> bool:
    return (
        is_same_around(one, other)
        and one.column == other.column
        and kind_of(one.plain) == kind_of(other.plain)
    )


def _pair_between(pairing: Pairing) -> None:
    """Pair what stands between the same two paired neighbors, where it is equally many."""
    for pairs, at_end in list(_even_gaps(pairing)):
        for pair in pairs:
            if _fits(pairing, *pair, alone=len(pairs) == 1, at_end=at_end):
                pairing.take(*pair)


def _even_gaps(pairing: Pairing) -> Iterator[tuple[list[tuple[int, int]], bool]]:
    """Yield what is left between paired neighbors, in pairs, where it is equally many.

    The flag tells that a neighbor is the beginning or the end of the passage.
    """
    news_of: defaultdict[str, list[int]] = defaultdict(list)
    for i, new in enumerate(pairing.news):
        news_of[new.home].append(i)
    olds_of: defaultdict[str, list[int]] = defaultdict(list)
    for i, old in enumerate(pairing.olds):
        if old.standing:
            olds_of[old.home].append(i)
    for home, olds in olds_of.items():
        for old_gap, new_gap, at_end in _gaps(pairing, olds, news_of.get(home, [])):
            if len(old_gap) == len(new_gap):
                yield list(zip(old_gap, new_gap, strict=True)), at_end


def _gaps(
    pairing: Pairing, olds: Sequence[int], news: Sequence[int]
) -> Iterator[tuple[list[int], list[int], bool]]:
    """Yield what is left on both sides between neighbors that are paired in order."""
    position = {new: i for i, new in enumerate(news)}
    fixed = [(-1, -1)]
    for i, old in enumerate(olds):
        at = position.get(pairing.new_of.get(old, -1))
        if at is not None:
            fixed.append((i, at))
    fixed.append((len(olds), len(news)))
    for (start, first), (end, last) in pairwise(fixed):
        old_gap = [old for old in olds[start + 1 : end] if old not in pairing.new_of]
        if old_gap and first < last and last - first <= 2 * (end - start):
            new_gap = [new for new in news[first + 1 : last] if new not in pairing.old_of]
            yield old_gap, new_gap, start < 0 or end == len(olds)


def _fits(pairing: Pairing, old: int, new: int, *, alone: bool, at_end: bool) -> bool:
    one, other = pairing.olds[old], pairing.news[new]
    before, after = pairing.compare(old, new)
    if before < SILENT or after < SILENT or one.place.column == UNKNOWN:
        return False
    if is_same_value(one.place.plain, other.place.plain):
        return True
    return (
        alone
        and kind_of(one.place.plain) == kind_of(other.place.plain)
        and one.place.column == other.place.column
        and shared_words(one.place, other.place) >= HALF
        and (max(before, after) > SILENT or not at_end or is_same_around(one.place, other.place))
    )
