"""Finds the keywords of a document: what it names most, of what editors have reviewed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from builder.citing.printable import printable
from builder.model import Annotated

MOST = 10
_KINDS = ("program", "substance", "country")


def keywords_of(one: Annotated, reviewed: Mapping[tuple[str, str], str]) -> tuple[str, ...]:
    """Return at most ten names, the most mentioned first.

    `reviewed` holds the names of reviewed entities by kind and key. A semicolon, which parts
    keywords, stands in none.
    """
    whos = ((mention.kind, mention.entity) for mention in one.mentions if mention.kind in _KINDS)
    counted = Counter(who for who in whos if who in reviewed)
    # By name where two are mentioned as often: the same in every build.
    ranked = sorted(counted, key=lambda who: (-counted[who], reviewed[who], who))[:MOST]
    names = (printable(reviewed[who].replace(";", ",")) for who in ranked)
    return tuple(dict.fromkeys(filter(None, names)))
