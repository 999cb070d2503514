"""Writes a reference as CSL-JSON, which citation processors and most reference managers read."""

from __future__ import annotations

from typing import Any

from builder.citing.reference import Reference
from builder.citing.reference_types import reference_type
from builder.citing.remarks import remarks
from builder.dating.when import when


def csl_json(reference: Reference) -> dict[str, Any]:
    """Return a reference as an item of CSL-JSON; what is not known has no key.

    Source: the schema csl-data.json of the CSL project. An institution is a `literal` name.
    """
    kind = reference_type(reference.kind)
    item = {
        "id": reference.id,
        "type": kind.csl,
        "title": reference.title,
        "author": [{"literal": name} for name in reference.authors],
        "issued": _date(reference.date),
        "genre": kind.genre,
        "number": reference.number,
        # A piece of what its issuer publishes stands in it; all else is published by the issuer.
        "container-title" if kind.within else "publisher": reference.publisher,
        "publisher-place": reference.place,
        "URL": reference.address,
        "accessed": _date(reference.retrieved),
        "language": reference.language,
        "keyword": "; ".join(reference.keywords),
        "source": reference.via,
        "note": remarks(reference),
    }
    return {key: value for key, value in item.items() if value}


def _date(edtf: str) -> dict[str, Any]:
    """Return a date as CSL-JSON, {} for none."""
    date = when(edtf)
    if date is None:
        return {}
    ends = (date.first, date.last) if date.is_span else (date.first,)
    value: dict[str, Any] = {"date-parts": [list(end.parts) for end in ends]}
    if date.doubt:
        value["circa"] = True
    return value
