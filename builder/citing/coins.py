"""Writes a reference as COinS: an address query in the title of an empty span.

Source: OpenURL 1.0 (Z39.88-2004), the format of books, whose genre "report" Zotero makes a report.
"""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_letters, digits
from urllib.parse import quote

from builder.citing.reference import Reference

_BEGINNING = "ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Abook&rft.genre=report"
_SPAN = '<span class="Z3988" title="{}" hidden></span>'
_AROUND = len(_SPAN.format(_BEGINNING.replace("&", "&amp;")))
# What a quoted value has as it is; any other byte becomes three signs.
_PLAIN = f"{ascii_letters}{digits}_.-~".encode()


def coins(reference: Reference, *, brief: bool = False) -> str:
    """Return the value that stands in the span's title; parts are joined by "&".

    `brief` leaves out what a list of many documents can do without.
    """
    fields = (*_fields(reference), *(() if brief else _more(reference)))
    parts = (f"{key}={quote(value, safe='')}" for key, value in fields if value)
    return "&".join((_BEGINNING, *parts))


def coins_length(reference: Reference, *, brief: bool = False) -> int:
    """Return how many characters `coins_html` has, without writing it."""
    fields = (*_fields(reference), *(() if brief else _more(reference)))
    lengths = [len(key) + len("&amp;=") + _quoted(value) for key, value in fields if value]
    return _AROUND + sum(lengths)


def _quoted(value: str) -> int:
    data = value.encode()
    return len(data) + 2 * len(data.translate(None, _PLAIN))


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "rft.btitle", reference.title
    # Zotero puts each further institution in front of those before it.
    yield from (("rft.aucorp", name) for name in reversed(reference.authors))
    yield "rft.date", reference.doubted_date
    yield "rft_id", reference.address


def _more(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "rft.pub", reference.publisher
    yield "rft.place", reference.place
    yield "rft.language", reference.language


def coins_html(reference: Reference, *, brief: bool = False) -> str:
    """Return the span, which nobody sees, hears or copies."""
    # A query holds letters, digits and "%.-_~&=", of which only "&" acts in an attribute.
    title = coins(reference, brief=brief).replace("&", "&amp;")
    return _SPAN.format(title)
