"""The order in which a document's passages are aligned with the records of its ledger.

Each step looks only at what the steps before have left. What is certain comes first: equal text.
What is likely needs a similarity that no rival comes near. What is doubtful is left alone and told
as a doubt: an address that leads to a tombstone is honest, one that leads elsewhere is not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from builder.aligning.equal import (
    equal_ends,
    equal_text,
    equal_text_nearby,
    renumbered_headings,
)
from builder.aligning.likely import (
    alike_elsewhere,
    alike_in_gaps,
    nearly_equal_elsewhere,
    note_doubts,
)
from builder.aligning.matching import Buried, Matching, Passage
from builder.aligning.parts import exact_parts, loose_parts
from builder.aligning.returned import returned_to_its_place, same_text_returned

STEPS: tuple[Callable[[Matching], None], ...] = (
    equal_ends,
    equal_text,
    renumbered_headings,
    same_text_returned,
    exact_parts,
    nearly_equal_elsewhere,
    alike_in_gaps,
    alike_in_gaps,
    alike_elsewhere,
    alike_in_gaps,
    equal_text_nearby,
    loose_parts,
    returned_to_its_place,
    note_doubts,
)


def match(
    old: Sequence[Passage],
    new: Sequence[Passage],
    buried: Sequence[Buried] = (),
) -> Matching:
    """Return which passage continues which record; each step looks at what the others left."""
    matching = Matching(old, new, buried)
    for step in STEPS:
        step(matching)
        if len(matching.new_of) == len(old) == len(new):
            break
    return matching
