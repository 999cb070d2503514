"""Formatted citations: how a document or a page of this site is cited in each style, as HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from builder.citing.filling import Filler
from builder.citing.kept_formats import formats_or_none
from builder.citing.reference import Reference, References
from builder.citing.shape import ACCESSED, ACCESSED_HERE, URL, Formats, Shape
from builder.citing.styles import Style, styles
from builder.citing.work import Work, page_of, page_shape, shape_of, work_of
from builder.citing.written_dates import DATE

FormatsOf = Callable[[Shape], Formats | None]
"""Gives the formats of a shape, None where its style cannot format it."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a citation, as HTML with `i` and `span class="small-caps"` and nothing else.

    `label` is what the style calls it: "Note", "Works cited". `whole` cites the whole work,
    `passage` a passage of it: there U+E000 stands for the number of the paragraph, where the form
    tells it, and U+E001 for the address of the passage; where this site's address is not known,
    U+E001 stands in `whole` for that of the page. Neither stands in text of a document.
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

    def of(self, reference: Reference) -> tuple[Formatted, ...]:
        """Return how a document is cited that is not among them: a version, one that is gone."""
        return document_citations(reference, self._formats_of)

    def of_page(self, title: str, address: str, site: str) -> tuple[Formatted, ...]:
        """Return how a page of this site is cited, as `page_citations` does, from what is kept."""
        return page_citations(title, address, site, self._formats_of)

    def __iter__(self) -> Iterator[str]:
        return iter(self._references)

    def __len__(self) -> int:
        return len(self._references)


def document_citations(
    reference: Reference, formats_of: FormatsOf = formats_or_none
) -> tuple[Formatted, ...]:
    """Return how a document and its passages are cited in each style."""
    work = work_of(reference)
    return tuple(_document(work, style, formats_of) for style in styles())


def _document(work: Work, style: Style, formats_of: FormatsOf) -> Formatted:
    made = formats_of(shape_of(work, style))
    if made is None:
        return _plain(style, work)
    filler = Filler(work, style, made.months)
    note, note_at = filler.fill(made.note), filler.fill(made.note_at)
    forms = [Form(style.note, note.replace(URL, work.address), note_at.replace(URL, work.here))]
    if made.reference:
        listed = filler.fill(made.reference)
        whole, passage = listed.replace(URL, work.address), listed.replace(URL, work.here)
        forms.append(Form(style.reference, whole, passage))
    return Formatted(style.key, style.name, tuple(forms))


def _plain(style: Style, work: Work) -> Formatted:
    """Return a citation in no style, where a style cannot format this one."""
    told = ["; ".join(work.authors), f"“{work.title}”", work.site]
    whole, passage = (
        ". ".join(filter(None, (*told, address))) for address in (work.address, work.here)
    )
    return Formatted(style.key, style.name, (Form(style.note, whole, passage),))


def page_citations(
    title: str, address: str, site: str, formats_of: FormatsOf = formats_or_none
) -> tuple[Formatted, ...]:
    """Return how a page of this site is cited in each style: a work without an author.

    U+E002 stands for the day on which its reader saw it, U+E001 for an address that is not known.
    """
    work = page_of(title, address, site)
    return tuple(_page(work, style, formats_of) for style in styles())


def _page(work: Work, style: Style, formats_of: FormatsOf) -> Formatted:
    made = formats_of(page_shape(style))
    if made is None:
        return _plain(style, work)
    filler = Filler(work, style, made.months)
    labels = ((style.note, made.note), (style.reference, made.reference))
    forms = (
        Form(label, filler.fill(DATE.sub(ACCESSED_HERE, form)).replace(URL, work.address))
        for label, form in labels
        if form
    )
    return Formatted(style.key, style.name, tuple(forms), _day(made))


def _day(made: Formats) -> str:
    """Return how a style writes a day: "{day} {mon} {year}"."""
    names = dict(zip(ACCESSED, ("{year}", "{month}", "{mon}", "{day}"), strict=True))
    found = DATE.search(made.note) or DATE.search(made.reference)
    return re.sub(".", lambda part: names.get(part[0], part[0]), found[0]) if found else ""
