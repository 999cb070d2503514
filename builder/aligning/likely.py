"""Pairs passages that read alike: within a gap of the backbone, and moved from elsewhere.

The thresholds were tried on revisions of published policy documents: 2,180 pairs of neighboring
revisions with 193,000 addresses, each known to stand in a certain passage or to be gone. Beside a
threshold stands what a looser one would change there, in addresses of 100,000.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from builder.aligning.likeness import WORTH_ASKING, compare, one_is_heading
from builder.aligning.matching import SHORT, Doubt, Gap, Likeness, Matching
from builder.aligning.wording import Wording, is_part, letters_alike, similarity

ALIKE = 0.55
"""In a gap, passages this alike are the same one, edited: most of its words are still there."""
ALIKE_SHORT = 0.70
"""The same under eight words, where one word makes up much of the likeness."""
FEW_WORDS = 8
NARROW = 8
"""In a gap of no more records and passages than this, place speaks for what stands there …"""
ALIKE_NARROW = 0.50
"""… so that less is enough, …"""
ALIKE_NARROW_SHORT = 0.58
"""… also of few words. Together: about 18 fewer lost, 1 more wrong; 0.05 less: 1 more wrong."""
ALIKE_ALONE = 0.50
"""Where one record and one passage face each other, place speaks for few words too.

At 0.45: 2 fewer lost, half a one more wrong, and invented look-alikes taken for what they replaced.
"""
LETTERS_ALONE = 0.70
"""There, a few words in which only letters were mended ("Fentanil") share no word at all."""
BEATS_BY = 0.10
"""A rival nearer than this makes the better one doubtful; at 0.07: 3 fewer lost."""
MOVED = 0.70
"""Elsewhere in the document, only what is much the same has moved; at 0.80: 14 more lost."""
NEARLY_EQUAL = 0.90
"""What is nearly the same elsewhere is the passage, whatever stands in its old place now."""
_MORE_THAN_NOTHING = 1e-6  # so that of two chains the longer one wins


def alike_in_gaps(matching: Matching) -> None:
    """Pair what reads alike within each gap, in order, where no rival comes near."""
    for gap in list(matching.gaps()):
        if gap.olds and gap.news:
            _align_gap(matching, gap)


def _align_gap(matching: Matching, gap: Gap) -> None:
    likenesses = compare(matching, gap.olds, gap.news)
    if gap.is_single:
        _align_single(matching, gap.olds[0], gap.news[0], likenesses)
        return
    good = [one for one in likenesses if one.similarity >= _least(matching, one, gap)]
    chosen = best_chain(good)
    # Where everything has its counterpart in order, place speaks against every rival.
    even = len(gap.olds) == len(gap.news) == len(chosen)
    rivals = Rivals(matching, likenesses, chosen)
    for one in chosen:
        if even or not rivals.come_near(one):
            matching.pair(one.old, one.new)


def _align_single(matching: Matching, old: int, new: int, likenesses: Sequence[Likeness]) -> None:
    """Pair the one with the one where place and words agree."""
    if any(alike.similarity >= ALIKE_ALONE for alike in likenesses) or (
        not one_is_heading(matching, old, new)
        and _few_words_agree(matching.old[old].wording, matching.new[new].wording)
    ):
        matching.pair(old, new)


def _few_words_agree(one: Wording, other: Wording) -> bool:
    if is_part(one, other) or is_part(other, one):
        return True
    if max(len(one), len(other)) >= FEW_WORDS:
        return False
    # "Last updated: 2 May", now "Last updated: in June"
    same_label = bool(one.label) and one.label == other.label
    return same_label or letters_alike(one, other) >= LETTERS_ALONE


def _least(matching: Matching, one: Likeness, gap: Gap) -> float:
    shorter = min(len(matching.old[one.old].wording), len(matching.new[one.new].wording))
    if max(len(gap.olds), len(gap.news)) <= NARROW:
        return ALIKE_NARROW_SHORT if shorter < FEW_WORDS else ALIKE_NARROW
    return ALIKE_SHORT if shorter < FEW_WORDS else ALIKE


def best_chain(likenesses: Sequence[Likeness]) -> list[Likeness]:
    """Return the pairs of greatest total likeness that stand in the same order on both sides.

    This is Needleman–Wunsch over the pairs that are alike at all, so that a rewritten document
    costs what its alike pairs cost and not the square of its length.
    """
    ordered = sorted(likenesses, key=lambda one: (one.old, -one.new))
    # The best total of a chain that ends at a passage or before; passages and totals both grow.
    ends, totals, last = [-1], [0.0], [-1]
    before: list[int] = []
    for number, one in enumerate(ordered):
        at = bisect_left(ends, one.new)
        before.append(last[at - 1])
        # What lies above the least that is worth asking counts: one good pair beats two poor ones.
        total = totals[at - 1] + one.similarity - WORTH_ASKING + _MORE_THAN_NOTHING
        if at < len(ends) and ends[at] == one.new and totals[at] >= total:
            continue
        beyond = bisect_right(totals, total, at)
        ends[at:beyond], totals[at:beyond], last[at:beyond] = [one.new], [total], [number]
    chain = []
    number = last[-1]
    while number >= 0:
        chain.append(ordered[number])
        number = before[number]
    return chain[::-1]


class Rivals:
    """Who else comes near: another passage for a record, another record for a passage."""

    def __init__(
        self,
        matching: Matching,
        likenesses: Iterable[Likeness],
        chosen: Iterable[Likeness] = (),
    ) -> None:
        self._matching = matching
        self._of_old: defaultdict[int, list[Likeness]] = defaultdict(list)
        self._of_new: defaultdict[int, list[Likeness]] = defaultdict(list)
        for one in likenesses:
            self._of_old[one.old].append(one)
            self._of_new[one.new].append(one)
        self._old_taken = {one.old: one.similarity for one in chosen}
        self._new_taken = {one.new: one.similarity for one in chosen}

    def come_near(self, one: Likeness) -> bool:
        """Tell whether another pairing is so alike that either could be meant.

        Who is paired better with somebody else is no rival, nor is a smaller piece of what was
        split or merged, nor a twin: of equal texts either will do.
        """
        near = one.similarity - BEATS_BY
        old, new = self._matching.old, self._matching.new
        return any(
            rival.similarity > near
            and self._new_taken.get(rival.new, 0.0) < rival.similarity
            and not (rival.part == "new" and rival.similarity < one.similarity)
            and new[rival.new].wording.key != new[one.new].wording.key
            for rival in self._of_old[one.old]
        ) or any(
            rival.similarity > near
            and self._old_taken.get(rival.old, 0.0) < rival.similarity
            and not (rival.part == "old" and rival.similarity < one.similarity)
            and old[rival.old].wording.key != old[one.old].wording.key
            for rival in self._of_new[one.new]
        )


def nearly_equal_elsewhere(matching: Matching) -> None:
    """Pair what has moved and hardly changed, before anything else near by is taken for it."""
    _pair_elsewhere(matching, NEARLY_EQUAL)


def alike_elsewhere(matching: Matching) -> None:
    """Pair what has moved and was edited on the way: long, much the same, and without a rival."""
    _pair_elsewhere(matching, MOVED)


def _pair_elsewhere(matching: Matching, least: float) -> None:
    olds = [i for i in matching.old_left() if len(matching.old[i].wording) >= SHORT]
    news = [i for i in matching.new_left() if len(matching.new[i].wording) >= SHORT]
    if not olds or not news:
        return
    likenesses = compare(matching, olds, news)
    good = sorted(
        (one for one in likenesses if _alike(matching, one) >= least),
        key=lambda one: (-one.similarity, one.old, one.new),
    )
    rivals = Rivals(matching, likenesses)
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for one in good:
        if one.old in taken_old or one.new in taken_new:
            continue
        taken_old.add(one.old)
        taken_new.add(one.new)
        if not rivals.come_near(one):
            matching.pair(one.old, one.new)


def _alike(matching: Matching, one: Likeness) -> float:
    # Containment is no likeness here: a long passage elsewhere may quote a short one.
    return similarity(matching.old[one.old].wording, matching.new[one.new].wording)


def note_doubts(matching: Matching) -> None:
    """Note for each record that is left the passage in its gap that may be the same."""
    for gap in matching.gaps():
        taken: set[int] = set()
        best = sorted(
            compare(matching, gap.olds, gap.news),
            key=lambda one: (-one.similarity, one.old, one.new),
        )
        asked: set[int] = set()
        for one in best:
            if one.old not in asked and one.new not in taken:
                asked.add(one.old)
                taken.add(one.new)
                matching.doubts.append(Doubt(one.old, one.new, one.similarity))
        if gap.is_single and not asked and _are_headings(matching, gap):
            # Another word over the same section: "Fines", now "Penalties".
            matching.doubts.append(Doubt(gap.olds[0], gap.news[0], 0.0))


def _are_headings(matching: Matching, gap: Gap) -> bool:
    return matching.old[gap.olds[0]].kind == matching.new[gap.news[0]].kind == "heading"
