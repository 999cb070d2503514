"""Says what formats have no field for: what is not certain, and where it was read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from builder.citing.reference import Reference
from builder.dating.when import when

_NOT_STATED = ("supplied", "inferred")


def remarks(reference: Reference, address: Callable[[str], str] = str) -> str:
    """Return the note of a reference: "Date uncertain (June 2019?). Via https://…".

    It ends in the address of its page on this site, once, as `address` writes it: whoever cites a
    passage puts the number of the paragraph there.
    """
    return " ".join([*_doubts(reference), f"Via {address(reference.page)}"])


def _doubts(reference: Reference) -> Iterator[str]:
    if reference.authors and reference.author_provenance in _NOT_STATED:
        yield f"Issuer {reference.author_provenance}."
    date = when(reference.date)
    if date and date.doubt:
        yield f"Date uncertain ({date.words})."
    elif date and reference.date_provenance in _NOT_STATED:
        yield f"Date {reference.date_provenance}{f' ({date.words})' if date.is_span else ''}."
    elif date and date.is_span:
        yield f"Dated {date.words}."
