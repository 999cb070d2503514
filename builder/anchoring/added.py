"""Tells which documents were added after a collection's first build, and on which day.

The register has the day behind the document's address: "documents/port-security-plan/ 2026-12-02".
Of what the first build published nobody knows a day, and none is made up.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from builder.anchoring.register import Register, document_address, registered_slugs


def added_days(
    slugs: Iterable[str], register: Register, renamed: Mapping[str, str], today: datetime.date
) -> Mapping[str, str]:
    """Return the ISO date of each document that was added later, by its slug.

    `renamed` leads from each former slug to the one of today: a new name adds nothing.
    """
    published = registered_slugs(register)
    if not published:
        return {}
    former: dict[str, list[str]] = {}
    for was, slug in renamed.items():
        former.setdefault(slug, []).append(was)
    days = {}
    for slug in slugs:
        if slug in published and slug not in former and not register.get(document_address(slug)):
            continue  # as are nearly all
        lines = [one for one in (slug, *former.get(slug, ())) if one in published]
        told = (register.get(document_address(one), "") for one in lines)
        day = min(filter(_is_day, told), default="") if lines else today.isoformat()
        if day:
            days[slug] = day
    return days


def _is_day(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
