"""Finds the keywords of a document: what it names most, of what editors have reviewed."""

from __future__ import annotations

from collections.abc import Mapping

from builder.citing.printable import printable

MOST = 10
_KINDS = ("program", "substance", "country")


def keywords_of(
    mentions: Mapping[tuple[str, str], int], reviewed: Mapping[tuple[str, str], str]
) -> tuple[str, ...]:
    """Return at most ten names, the most mentioned first.

    `mentions` counts those of each entity that the document names, by kind and key; `reviewed`
    holds the names of reviewed ones. A semicolon, which parts keywords, stands in none.
    """
    counted = {
        who: count for who, count in mentions.items() if who[0] in _KINDS and who in reviewed
    }
    # By name where two are mentioned as often: the same in every build.
    ranked = sorted(counted, key=lambda who: (-counted[who], reviewed[who], who))[:MOST]
    names = (printable(reviewed[who].replace(";", ",")) for who in ranked)
    return tuple(dict.fromkeys(filter(None, names)))
