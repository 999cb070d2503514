r"""Writes a reference as BibTeX, for LaTeX, and for the programs that read it.

Every value stands in braces, titles and names in two pairs: styles set titles in lower case and
part names at "and", at commas and at spaces otherwise. Text is UTF-8 with the signs that act in TeX
escaped, each in the form that most programs read back. Zotero takes what stands between two dollar
signs of a title for mathematics and leaves the signs out, escaped or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.citing.reference import Reference
from builder.citing.reference_types import ReferenceType, reference_type
from builder.citing.remarks import remarks
from builder.dating.when import When, when

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_NO_DATE = "n.d."
_ESCAPES = {
    "\\": r"{\textbackslash}",
    "~": r"{\textasciitilde}",
    "^": r"\^{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}
_SPECIAL = re.compile(r"[\\~^&%$#_{}]")
_LONE_BRACES = {"{": r"{\textbraceleft}", "}": r"{\textbraceright}"}
# What TeX joins into another sign: "--", "``", "''", ",,", "<<", ">>", "?`"
_JOINED = re.compile(r"([-`',<>])(?=\1)|[?!](?=`)")
# What would part an address from the rest of its entry.
_UNFIT_IN_ADDRESS = {"\\": "%5C", "{": "%7B", "}": "%7D"}


def bibtex(reference: Reference) -> str:
    """Return a reference as an entry of BibTeX; what is not known has no field."""
    kind = reference_type(reference.kind)
    fields = (f"  {name} = {value}" for name, value in _fields(reference, kind) if value)
    return "@" + kind.bibtex + "{" + ",\n".join((reference.id, *fields)) + "\n}\n"


def _fields(reference: Reference, kind: ReferenceType) -> Iterator[tuple[str, str]]:
    yield "title", _braced(_braced(escaped(reference.title)))
    names = " and ".join(_braced(escaped(name)) for name in reference.authors)
    yield "author", names and _braced(names)
    yield "institution", _text(reference.publisher)
    yield "address", _text(reference.place)
    # Without one, styles print "Technical report".
    yield "type", _text(kind.word)
    yield "number", _text(reference.number)
    yield from _dates(when(reference.date))
    yield "url", _braced(_address(reference.address))
    retrieved = when(reference.retrieved)
    yield "urldate", _braced(retrieved.first.iso if retrieved else "")
    yield "language", _text(reference.language)
    yield "keywords", _text(", ".join(reference.keywords))
    yield "note", _braced(_note(reference))


def _dates(date: When | None) -> Iterator[tuple[str, str]]:
    """Yield the fields of a date: `date`, which newer styles read, only for what a year is not."""
    if date is None:
        # "n.d." is what styles print for the undated; without it they print question marks.
        yield "year", _text(_NO_DATE)
        return
    year, last = date.first.year, date.last.year
    yield "year", _braced(f"{year:04}" if last == year else f"{year:04}--{last:04}")
    if date.is_span:
        yield "date", _braced(f"{date.first.iso}/{date.last.iso}")
        return
    yield "month", _MONTHS[date.first.month - 1] if date.first.month else ""
    yield "day", str(date.first.day or "")


def _note(reference: Reference) -> str:
    """Return the note; the page's address stands in it as it is, for programs that look for it."""
    address = _address(reference.page)
    plain = escaped(reference.page) == address
    written = address if plain else f"\\url{{{address}}}"
    sign = "\x00"
    return escaped(remarks(reference, lambda _: sign)).replace(sign, written)


def escaped(text: str) -> str:
    """Return `text` for a value of BibTeX that TeX prints as it stands."""
    signs = _ESCAPES if _are_closed(text) else {**_ESCAPES, **_LONE_BRACES}
    return _JOINED.sub(r"\g<0>{}", _SPECIAL.sub(lambda found: signs[found[0]], text))


def _are_closed(text: str) -> bool:
    """Tell whether braces are in pairs; BibTeX counts them even where they are escaped."""
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


def _address(address: str) -> str:
    return re.sub(r"[\\{}]", lambda found: _UNFIT_IN_ADDRESS[found[0]], address)


def _text(text: str) -> str:
    return _braced(escaped(text))


def _braced(value: str) -> str:
    return f"{{{value}}}" if value else ""
