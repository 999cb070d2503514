"""How alike the places of two figures are: by their phrases, and by the words around.

A number stands in its phrase for what is counted there. Where the phrases speak against each other
the claims are two, however alike the numbers are.
"""

from __future__ import annotations

from collections import Counter

from builder.aligning.figures.places import FigurePlace, Phrase

OTHER_NAME, OTHER, SILENT, PARTLY, EQUAL = -2.0, -1.0, 0.0, 0.1, 1.0
"""How two phrases compare; `SILENT` where one of them says nothing. Without `OTHER_NAME` lists have
three times as many wrong ones, without `PARTLY` 1 to 2 % more are lost."""


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


def shared_words(one: FigurePlace, other: FigurePlace) -> float:
    """Return the share of the words around two figures that both have, from 0 to 1.

    Where one text begins or ends sooner, only as many words of the other are looked at.
    """
    shared = total = 0
    for here, there in ((one.before, other.before), (one.after, other.after)):
        reach = min(len(here.words), len(there.words))
        shared += (Counter(here.words[:reach]) & Counter(there.words[:reach])).total()
        total += reach
    return shared / total if total else 1.0
