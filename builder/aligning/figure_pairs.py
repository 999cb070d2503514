"""Pairs the figures of before with those of today, each step only on what is left.

Equal literals in equal surroundings come first. What is left is rated: literals of one value, or of
one kind where the value changed, by the phrases that they belong to; a pair holds only if it beats
every rival. Last comes the order between neighbors that are paired. A pair is never made against
its own phrase: "5 kg of cocaine" does not become "5 kg of opium".
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from builder.aligning.figure_places import UNKNOWN, Phrase, Place, kind_of, meaning_of

SAME, AFTER, OWN, PRINTED = 1.2, 2.0, 0.6, 0.3
"""What counts beside the words before and around: the value, the words after (a number stands
before what it counts), the own passage, the printed form."""
BEATS_BY = 0.5
"""A rival nearer than this makes a pair doubtful."""
HALF = 0.5
"""Of the words around: less is another sentence."""
MOST = 0.75
"""Of the words around: they tell a place even where its phrase says nothing."""
TELLING_DIGITS = 3
"""A number of so many digits but zeros hardly stands twice by chance."""
_CROWD = 64  # pairs of one key; where more share it, it tells nothing
_ROUNDS = 3  # each pair that is made may settle a doubt

_NO_DIGIT = re.compile(r"\D+")

OTHER_NAME, OTHER, SILENT, PARTLY, EQUAL = -2.0, -1.0, 0.0, 0.5, 1.0
"""How two phrases compare; `SILENT` where one of them says nothing."""


@dataclass(frozen=True, slots=True)
class Site:
    """A figure in its passage: the record or passage that it is of, its place, and its context.

    `standing` is false for one that is gone already: it may only come back just as it was.
    """

    home: str
    place: Place
    context: str
    standing: bool = True


@dataclass(slots=True)
class Pairing:
    """What is to be paired, and what is paired so far, both ways.

    `sources` tells for each passage the other records from which its figures may come.
    """

    olds: Sequence[Site]
    news: Sequence[Site]
    sources: Mapping[str, tuple[str, ...]]
    old_of: dict[int, int] = field(default_factory=dict)
    new_of: dict[int, int] = field(default_factory=dict)
    _frames: tuple[set[tuple[str, Phrase]], set[tuple[str, Phrase]]] = field(init=False)

    def __post_init__(self) -> None:
        self._frames = (_frames_of(self.olds), _frames_of(self.news))

    def homes_of(self, new: Site, *, own: bool = True, further: bool = True) -> Iterator[str]:
        """Yield where a figure may come from: its own passage, further records."""
        if own:
            yield new.home
        if further:
            yield from self.sources.get(new.home, ())

    def compare(self, old: int, new: int) -> tuple[float, float]:
        """Return how two figures' surroundings compare, before and after them.

        In a list the beginning of the sentence speaks before each. A sentence that stands in both
        texts keeps its own figures.
        """
        one, other = self.olds[old].place, self.news[new].place
        if one.column != other.column and min(one.column, other.column) >= 0:
            return SILENT, OTHER_NAME
        after = compare_phrases(one.after.phrase, other.after.phrase)
        before = compare_phrases(one.before.phrase, other.before.phrase)
        frame = compare_phrases(one.frame, other.frame)
        if frame not in (SILENT, EQUAL) and (
            (self.olds[old].home, other.frame) in self._frames[0]
            or (self.news[new].home, one.frame) in self._frames[1]
        ):
            return OTHER_NAME, after
        return before if before != SILENT else frame, after

    def take(self, old: int, new: int) -> None:
        """Pair the two for good."""
        self.old_of[new], self.new_of[old] = old, new

    def left_of_old(self) -> Iterator[tuple[int, Site]]:
        """Yield what of before is not paired."""
        return ((i, old) for i, old in enumerate(self.olds) if i not in self.new_of)

    def left_of_new(self) -> Iterator[tuple[int, Site]]:
        """Yield what of today is not paired."""
        return ((i, new) for i, new in enumerate(self.news) if i not in self.old_of)


def _frames_of(sites: Sequence[Site]) -> set[tuple[str, Phrase]]:
    return {(site.home, site.place.frame) for site in sites if site.standing}


def pair_figures(pairing: Pairing) -> None:
    """Pair what is certain; `olds` and `news` of one home are in the order of its text."""
    _pair_equal(pairing, _printed_around, own=True)
    _pair_equal(pairing, _printed_around, own=False)
    _pair_equal(pairing, _masked_around, own=True, once=True)
    _pair_equal(pairing, _masked_around, own=False, once=True)
    _pair_returned(pairing, unrivaled=True)
    _pair_rated(pairing)
    _pair_between(pairing)
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
        for lost in gone.get((new.home, new.place.plain), ())[:_CROWD]:
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


@dataclass(frozen=True, slots=True)
class _Rated:
    score: float
    sure: bool
    old: int
    new: int


def _pair_rated(pairing: Pairing) -> None:
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
        if (olds := waiting.get(key)) and len(olds) * len(news) <= _CROWD
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
    own, same = one.home == other.home, is_same_value(one, other)
    words = shared_words(one.place, other.place)
    sure = (
        _is_same_claim(one.place, other.place, before, after, words) and (own or words >= HALF)
        if same
        else own and _is_changed_value(one, other, before, after) and words >= HALF
    )
    printed = one.place.plain == other.place.plain
    score = SAME * same + AFTER * after + before + words + OWN * own + PRINTED * printed
    return _Rated(score, sure, old, new)


def _is_same_claim(one: Place, other: Place, before: float, after: float, words: float) -> bool:
    """Tell whether two places of one value say the same of it."""
    telling = _is_telling(one.plain) and _is_telling(other.plain)
    if one.column == UNKNOWN and not telling:
        return False
    if before < SILENT or after < SILENT:
        agree = after > SILENT if before < SILENT else before > SILENT
        harmless = telling or (before == OTHER and after > SILENT)
        return agree and harmless
    return telling or max(before, after) > SILENT or words >= MOST


def _is_changed_value(one: Site, other: Site, before: float, after: float) -> bool:
    """Tell whether two values stand in one place: nothing but the number has changed."""
    return (
        kind_of(one.place.plain) == kind_of(other.place.plain)
        and one.place.column == other.place.column
        and after in (SILENT, EQUAL)
        and before >= SILENT
        and max(before, after) == EQUAL
    )


def is_same_value(one: Site, other: Site) -> bool:
    """Tell whether two literals print one value: "100" and "one hundred"."""
    if one.place.plain == other.place.plain:
        return True
    meaning = meaning_of(one.place.plain)
    return meaning is not None and meaning == meaning_of(other.place.plain)


def _is_telling(literal: str) -> bool:
    return len(_NO_DIGIT.sub("", literal).strip("0")) >= TELLING_DIGITS


def compare_phrases(one: Phrase, other: Phrase) -> float:
    """Return how two phrases compare: from `EQUAL`, where one holds the other, to `OTHER_NAME`."""
    if not one.words or not other.words:
        return SILENT
    here, there = set(one.words), set(other.words)
    shared = here & there
    if one.names - shared and other.names - shared and not one.names & other.names:
        return OTHER_NAME
    if shared in (here, there):
        return EQUAL
    # The nearest word is what is counted: "women were arrested", "children were arrested".
    nearest = one.words[0] in there or other.words[0] in here
    return PARTLY if nearest else OTHER


def shared_words(one: Place, other: Place) -> float:
    """Return the share of the words around two figures that both have, from 0 to 1.

    Where one text begins or ends sooner, only as many words of the other are looked at.
    """
    shared = total = 0
    for here, there in (
        (one.before.masked, other.before.masked),
        (one.after.masked, other.after.masked),
    ):
        reach = min(len(here), len(there))
        shared += (Counter(here[:reach]) & Counter(there[:reach])).total()
        total += reach
    return shared / total if total else 1.0


def _pair_between(pairing: Pairing) -> None:
    """Pair what stands between the same two paired neighbors, where it is equally many."""
    news_of: defaultdict[str, list[int]] = defaultdict(list)
    for i, new in enumerate(pairing.news):
        news_of[new.home].append(i)
    olds_of: defaultdict[str, list[int]] = defaultdict(list)
    for i, old in enumerate(pairing.olds):
        if old.standing:
            olds_of[old.home].append(i)
    for home, olds in olds_of.items():
        news = news_of.get(home, [])
        for old_gap, new_gap, at_end in list(_gaps(pairing, olds, news)):
            if len(old_gap) == len(new_gap):
                for pair in zip(old_gap, new_gap, strict=True):
                    if _fits(pairing, *pair, alone=len(old_gap) == 1, at_end=at_end):
                        pairing.take(*pair)


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
    if is_same_value(one, other):
        return True
    return (
        alone
        and kind_of(one.place.plain) == kind_of(other.place.plain)
        and one.place.column == other.place.column
        and shared_words(one.place, other.place) >= HALF
        and (max(before, after) > SILENT or not at_end or _is_same_around(one.place, other.place))
    )


def _is_same_around(one: Place, other: Place) -> bool:
    sides = ((one.before, other.before), (one.after, other.after))
    return not one.is_bare and all(here.masked == there.masked for here, there in sides)
