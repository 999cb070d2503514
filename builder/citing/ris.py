"""Writes a reference as RIS, the format of lines with two-letter tags.

A name stands in AU as it is. RIS parts a person's name at the comma and has no sign that would keep
a comma together, so Zotero splits "Bureau of Democracy, Human Rights, and Labor" there: a comma in
front or a look-alike would spare it that and hand all other programs a wrong name. PB, which is the
institution of a report, has every name whole.

The site is the provider (DP) and not the database (DB), which Zotero takes for an archive that
holds the work.
"""

from __future__ import annotations

from collections.abc import Iterator

from builder.citing.reference import Reference
from builder.citing.reference_types import ReferenceType, reference_type
from builder.citing.remarks import remarks
from builder.dating.when import Point, When, when

# As the format has it, on every system.
_LINE_END = "\r\n"


def ris(reference: Reference) -> str:
    """Return a reference as a record of RIS; what is not known has no line."""
    kind = reference_type(reference.kind)
    lines = (f"{tag}  - {value}" for tag, value in _fields(reference, kind) if value)
    return _LINE_END.join((*lines, "ER  - ", ""))


def _fields(reference: Reference, kind: ReferenceType) -> Iterator[tuple[str, str]]:
    date, retrieved = when(reference.date), when(reference.retrieved)
    yield "TY", kind.ris
    yield "ID", reference.id
    yield "TI", reference.title
    yield from (("AU", name) for name in reference.authors)
    yield "PY", f"{date.first.year:04}" if date else ""
    yield "DA", _date(date) if date else ""
    yield "PB", reference.publisher
    yield "CY", reference.place
    # Of a kind that nobody told, the word is ours.
    yield "M3", kind.word if reference.kind else ""
    yield "SN", reference.number
    yield from (("KW", word) for word in reference.keywords)
    yield "LA", reference.language
    yield "UR", _one_address(reference.address)
    yield "Y2", _slashed(retrieved.first) if retrieved else ""
    yield "DP", reference.via
    yield "N1", remarks(reference)


def _one_address(address: str) -> str:
    """Return an address without a semicolon, at which readers part UR into several addresses."""
    return address.replace(";", "%3B")


def _date(date: When) -> str:
    """Return a date as "year/month/day/other", with what is known: "2019/06//"."""
    other = f"to {'-'.join(map(str, date.last.parts))}" if date.is_span else ""
    return _slashed(date.first) + other


def _slashed(point: Point) -> str:
    month, day = (f"{part:02}" if part else "" for part in (point.month, point.day))
    return f"{point.year:04}/{month}/{day}/"
