"""What is told of files that somebody has written or changed where a generated page must go."""

from __future__ import annotations

import re

from builder.model import Place, Problem

_ADDRESS = re.compile(rb' id="(p[0-9]+[a-z]*)"')  # of a passage: ' id="p12a"'
_TOLD = 5  # addresses that a page lacks


def hand_written(place: Place) -> Problem:
    """Return what is told of a file that no run has generated."""
    what = "a hand-written file stands where a generated page must go"
    return Problem(place, what, "move it to another folder, such as content/about/")


def changed_by_hand(place: Place, there: bytes, data: bytes) -> Problem:
    """Return what is told of a page that stays as somebody has changed it, which is `there`.

    Its source may have gone on without it: then links lead to passages of the `data` that it does
    not have.
    """
    what = "this generated page was changed by hand and was left as it is"
    stands = set(_ADDRESS.findall(there))
    lacking = [one.decode() for one in _ADDRESS.findall(data) if one not in stands]
    if lacking:
        more = ", …" if len(lacking) > _TOLD else ""
        what += f", without {', '.join(lacking[:_TOLD])}{more}, to which links lead"
    hint = "change its source or the template instead, then delete this file"
    return Problem(place, what, hint)
