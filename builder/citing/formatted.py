"""Formatted citations: how a document or a page of this site is cited in each style, as HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape

from builder.citing.engine import formats
from builder.citing.filling import Parts, fill
from builder.citing.printable import printable
from builder.citing.reference import UNTITLED, Reference, References
from builder.citing.shape import (
    ACCESSED,
    ACCESSED_HERE,
    HERE,
    MOST_AUTHORS,
    Formats,
    Shape,
)
from builder.citing.styles import Style, styles
from builder.citing.written_dates import DATE, When, when
from builder.web_address import is_web_address

FormatsOf = Callable[[Shape], Formats | None]
"""Gives the formats of a shape, None where its style cannot format it."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a citation, as HTML with `i` and `span class="small-caps"` and nothing else.

    `label` is what the style calls it: "Note", "Works cited". `whole` cites the whole work,
    `passage` a passage of it: there U+E000 stands for the number of the paragraph, where the form
    tells it, and U+E001 for the address of the passage. Neither stands in text of a document.
    """

    label: str
    whole: str
    passage: str = ""


@dataclass(frozen=True, slots=True)
class Formatted:
    """The citations in a style: its key, its name, and first what stands in a text or note.

    `accessed` tells, for a page of this site, how the style writes the day on which its reader saw
    it, for which U+E002 stands: "{month} {day}, {year}", with "{mon}" for a shortened month.
    """

    style: str
    name: str
    forms: tuple[Form, ...]
    accessed: str = ""


class Citations(Mapping[str, tuple[Formatted, ...]]):
    """How each document is cited in each style, by its slug; made when it is asked for."""

    def __init__(self, references: References, formats_of: FormatsOf) -> None:
        self._references = references
        self._formats_of = formats_of

    def __getitem__(self, slug: str) -> tuple[Formatted, ...]:
        return document_citations(self._references[slug], self._formats_of)

    def __iter__(self) -> Iterator[str]:
        return iter(self._references)

    def __len__(self) -> int:
        return len(self._references)


def document_citations(
    reference: Reference, formats_of: FormatsOf = formats
) -> tuple[Formatted, ...]:
    """Return how a document and its passages are cited in each style."""
    return tuple(_document(reference, style, formats_of) for style in styles())


def _document(reference: Reference, style: Style, formats_of: FormatsOf) -> Formatted:
    shape, parts = shape_of(reference, style)
    made = formats_of(shape)
    address, here = addresses(reference)
    if made is None:
        return _plain(style, parts, address, here)
    parts = replace(parts, url=address, months=made.months)
    at = replace(parts, url=here)
    note = Form(style.note, fill(made.note, parts, style), fill(made.note_at, at, style))
    if not made.reference:
        return Formatted(style.key, style.name, (note,))
    listed = (fill(made.reference, one, style) for one in (parts, at))
    return Formatted(style.key, style.name, (note, Form(style.reference, *listed)))


def shape_of(reference: Reference, style: Style) -> tuple[Shape, Parts]:
    """Return what a style sees of a document, and what the document says there."""
    title = printable(reference.title) or UNTITLED
    names = tuple(filter(None, map(printable, reference.authors)))[:MOST_AUTHORS]
    kind = printable(reference.kind)
    genre = style.genre_of(kind, title)
    issued = when(printable(reference.date), reference.date_provenance)
    accessed = None if issued else _day_of(printable(reference.retrieved))
    has_address = bool(addresses(reference)[0])
    shape = Shape(
        style=style.key,
        type=style.type_of(kind, has_address=has_address),
        authors=len(names),
        publisher=style.publisher and len(names) == 1,
        genre=bool(genre),
        issued=issued.precision if issued else "",
        accessed=bool(accessed),
        url=has_address,
        described=title.startswith("[") and title.endswith("]"),
    )
    return shape, Parts(title, names, genre, issued=issued, accessed=accessed)


def _day_of(retrieved: str) -> When | None:
    date = when(retrieved)
    return date if date and date.precision == "day" and date.first == date.last else None


def addresses(reference: Reference) -> tuple[str, str]:
    """Return the address in a citation of a document, and in that of a passage, as HTML.

    The original address stands first, "via" the page where it was read. Where the original address
    is not known that page's is the address; where this site's is not known, there is no "via".
    """
    original = escape(printable(reference.url), quote=False)
    page = escape(printable(reference.page), quote=False) if is_web_address(reference.page) else ""
    if original and page:
        return f"{original}, via {page}", f"{original}, via {HERE}"
    return original or page, HERE if page else original


def _plain(style: Style, parts: Parts, address: str, here: str) -> Formatted:
    """Return a citation in no style, where a style cannot format this one."""
    told = ["; ".join(parts.authors), f"“{parts.title}”"]
    whole, passage = (
        ". ".join(filter(None, (*(escape(one, quote=False) for one in told), url)))
        for url in (address, here)
    )
    return Formatted(style.key, style.name, (Form(style.note, whole, passage),))


def page_citations(
    title: str, address: str, site: str, formats_of: FormatsOf = formats
) -> tuple[Formatted, ...]:
    """Return how a page of this site is cited in each style: a work without an author.

    U+E002 stands for the day on which its reader saw it. An address that is not absolute is left
    out.
    """
    address = escape(printable(address), quote=False) if is_web_address(address) else ""
    parts = Parts(printable(title), site=printable(site), url=address)
    return tuple(_page(style, parts, formats_of) for style in styles())


def _page(style: Style, parts: Parts, formats_of: FormatsOf) -> Formatted:
    made = formats_of(page_shape(style, has_address=bool(parts.url)))
    if made is None:
        return _plain(style, parts, parts.url, "")
    forms = ((style.note, made.note), (style.reference, made.reference))
    return Formatted(
        style.key,
        style.name,
        tuple(
            Form(label, fill(DATE.sub(ACCESSED_HERE, form), parts, style))
            for label, form in forms
            if form
        ),
        _pattern(made),
    )


def page_shape(style: Style, *, has_address: bool = True) -> Shape:
    """Return what a style sees of a page of this site."""
    return Shape(style.key, "webpage", 0, site=True, accessed=True, url=has_address)


def _pattern(made: Formats) -> str:
    """Return how a style writes a day: "{day} {mon} {year}"."""
    names = dict(zip(ACCESSED, ("{year}", "{month}", "{mon}", "{day}"), strict=True))
    found = DATE.search(made.note) or DATE.search(made.reference)
    return re.sub(".", lambda part: names.get(part[0], part[0]), found[0]) if found else ""
