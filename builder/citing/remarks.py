"""Says what formats have no field for: what is not certain, and where it was read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from builder.citing.issued import issued
from builder.citing.reference import Reference

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
    date = issued(reference.date)
    if date.doubtful:
        yield f"Date uncertain ({date.words})."
    elif date.words and reference.date_provenance in _NOT_STATED:
        yield f"Date {reference.date_provenance}{'' if date.is_whole else f' ({date.words})'}."
    elif not date.is_whole:
        yield f"Dated {date.words}."
