"""Gives headings their second address, a slug of their words; what was published stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from builder.ledger_file import OWN_ID, Record
from builder.slugs import slugify

_LONGEST = 60


def heading_slugs(
    passages: Sequence[tuple[str, str]], ids: Sequence[str], records: Iterable[Record]
) -> dict[str, str]:
    """Return the slugs of headings, by id of the passage; new ones avoid every one ever issued.

    `passages` are (kind, text), `ids` theirs.
    """
    slugs = {record.id: slug for record in records if (slug := record.get("id")) is not None}
    taken = set(slugs.values())
    next_number: dict[str, int] = {}
    for (kind, text), name in zip(passages, ids, strict=True):
        if kind != "heading" or name in slugs:
            continue
        slug = slugify(text, longest=_LONGEST) or "section"
        if OWN_ID.match(slug):
            slug = f"section-{slug}"  # p12 and p12-f1 are addresses of our own
        free, number = slug, next_number.get(slug, 2)
        while free in taken:
            free, number = f"{slug}-{number}", number + 1
        next_number[slug] = number
        slugs[name] = free
        taken.add(free)
    return slugs
