"""How alike two passages read, whatever their markup, quotation marks, dashes, spaces and case.

A `Wording` is a passage as the aligner compares it. Its `key` is the words of the text in NFKC and
case-folded, without punctuation: equal keys are equal passages. Where a text has no words at all,
the text itself is the key.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cached_property
from itertools import pairwise

from rapidfuzz.distance import Indel

# Thai and Lao, Japanese syllables, Chinese characters: scripts that do not part words
_UNPARTED = r"\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff"
# "1", "55", "billion" of "$1.55 billion"; of unparted scripts each letter for itself
_WORD = re.compile(rf"[{_UNPARTED}]|[^\W_{_UNPARTED}]+")

CONTAINED = 0.80
"""The share of a passage's words that must stand in another for it to be contained."""
CONTAINED_PAIRS = 0.70
"""The share of its pairs of neighboring words; without it any long text contains a short one."""
CONTAINED_COUNTS = 0.75
"""What containment is worth as similarity: enough to align, too little to move."""
_LABEL = 30  # letters within which a label ends
LONG = 4_000
"""Letters above which a passage is compared word by word …"""
VERY_LONG = 40_000
"""… and above which the order of words does not count: it costs the product of the lengths."""
# Under this many words a long passage contains a short one by chance.
_TELLING = 5


class Wording:
    """A passage as it is compared: its `key`, its `words` in order, its `size` in letters.

    `label` is what stands before a colon near the beginning: "Last updated: 2 May", else "".
    """

    def __init__(self, text: str) -> None:
        if not text.isascii():
            text = unicodedata.normalize("NFKC", text)
        self.words = _WORD.findall(text.casefold())
        self.key = " ".join(self.words) or text
        self.size = len(self.key)
        self.label = _label(text)

    @property
    def without_number(self) -> str:
        """The words of a heading without the number before them: "K. Payment" is "payment"."""
        first = self.words[0] if len(self.words) > 1 else ""
        numbered = first.isdigit() or len(first) == 1
        return " ".join(self.words[1:]) if numbered else self.key

    @cached_property
    def counted(self) -> Counter[str]:
        """How often each word stands in the passage."""
        return Counter(self.words)

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Each two words that stand side by side."""
        return frozenset(pairwise(self.words))

    @property
    def is_telling(self) -> bool:
        """Whether its words are too many to stand in another passage by chance."""
        return len(self.words) >= _TELLING

    def begins_with(self, part: Wording) -> bool:
        """Tell whether the passage begins with the words of another."""
        return self.words[: len(part)] == part.words

    def ends_with(self, part: Wording) -> bool:
        """Tell whether the passage ends with the words of another."""
        return self.words[-len(part) :] == part.words

    def __len__(self) -> int:
        return len(self.words)


def _label(text: str) -> str:
    label, colon, _ = text[:_LABEL].partition(":")
    return " ".join(_WORD.findall(label.casefold())) if colon else ""


def joined(wordings: list[Wording]) -> Wording:
    """Return passages as one."""
    return Wording(" ".join(wording.key for wording in wordings))


def shared_words(one: Wording, other: Wording) -> int:
    """Return how many words two passages share, each as often as both have it."""
    return (one.counted & other.counted).total()


def size_within(whole: Wording, part: Wording) -> int:
    """Return how many letters of a passage come from the whole that it was part of."""
    return sum(len(word) * times for word, times in (whole.counted & part.counted).items())


def similarity(one: Wording, other: Wording, *, least: float = 0.0) -> float:
    """Return how alike two passages read, from 0 to 1; 0 where that is less than `least`.

    Half of it is the share of letters kept in order, half the share of words kept in any order
    (Dice): letters see a typing mistake as small, words see a moved sentence as small, and neither
    alone tells passages of one template apart.
    """
    if one.key == other.key:
        return 1.0
    words = words_alike(one, other)
    wanted = 2 * least - words
    if wanted > 1.0:
        return 0.0
    return (letters_alike(one, other, least=max(0.0, wanted)) + words) / 2


def letters_alike(one: Wording, other: Wording, *, least: float = 0.0) -> float:
    """Return the share of letters that two passages have in common, in order, from 0 to 1.

    0 where it is less than `least`, which spares most of the work. Of long passages the share of
    words in order, which differs little there: letters cost the product of the lengths.
    """
    if min(one.size, other.size) > VERY_LONG:
        return words_alike(one, other)
    if min(one.size, other.size) > LONG:
        return Indel.normalized_similarity(one.words, other.words, score_cutoff=least)
    return Indel.normalized_similarity(one.key, other.key, score_cutoff=least)


def words_alike(one: Wording, other: Wording) -> float:
    """Return the share of words that two passages have in common, in any order, from 0 to 1."""
    total = len(one) + len(other)
    return 2 * shared_words(one, other) / total if total else 0.0


def contains(whole: Wording, part: Wording) -> bool:
    """Tell whether a passage holds nearly all words of another, side by side as they were."""
    if not part.is_telling or len(part) > len(whole):
        return False
    if shared_words(whole, part) < CONTAINED * len(part):
        return False
    return len(whole.pairs & part.pairs) >= CONTAINED_PAIRS * len(part.pairs)


def is_part(whole: Wording, part: Wording) -> bool:
    """Tell whether a passage stands in another; a few words must be its beginning or its end."""
    if len(part) >= len(whole) or not part.words:
        return False
    return contains(whole, part) or whole.begins_with(part) or whole.ends_with(part)


def stands_in(whole: Wording, part: Wording) -> bool:
    """Tell whether a passage stands in another; a few words must stand there as they are."""
    if len(part) >= len(whole) or not part.words:
        return False
    return contains(whole, part) or f" {part.key} " in f" {whole.key} "
