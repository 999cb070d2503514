"""How alike the places of two figures are: by their phrases, and by the words around.

A number stands in its phrase for what is counted there. Where the phrases speak against each other
the claims are two, however alike the numbers are.
"""

from __future__ import annotations

from collections import Counter

from builder.aligning.figure_places import UNKNOWN, Phrase, Place
from builder.aligning.figure_values import is_telling, kind_of

HALF = 0.5
"""Of the words around: less is another sentence."""
MOST = 0.75
"""Of the words around: they tell a place even where its phrase says nothing."""
OTHER_NAME, OTHER, SILENT, PARTLY, EQUAL = -2.0, -1.0, 0.0, 0.1, 1.0
"""How two phrases compare; `SILENT` where one of them says nothing."""


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


def is_same_claim(one: Place, other: Place, before: float, after: float, words: float) -> bool:
    """Tell whether two places of one value say the same of it."""
    telling = is_telling(one.plain) and is_telling(other.plain)
    if one.column == UNKNOWN and not telling:
        return False
    if before < SILENT or after < SILENT:
        agree = after > SILENT if before < SILENT else before > SILENT
        harmless = telling or (before == OTHER and after > SILENT)
        return agree and harmless
    return telling or max(before, after) > SILENT or words >= MOST


def is_changed_value(one: Place, other: Place, before: float, after: float) -> bool:
    """Tell whether two values stand in one place: nothing but the number has changed."""
    return (
        kind_of(one.plain) == kind_of(other.plain)
        and one.column == other.column
        and after in (SILENT, EQUAL)
        and before >= SILENT
        and max(before, after) == EQUAL
    )


def is_same_around(one: Place, other: Place) -> bool:
    """Tell whether the words around two figures are the same."""
    sides = ((one.before, other.before), (one.after, other.after))
    return not one.is_bare and all(here.masked == there.masked for here, there in sides)
