"""Formatted citations: how a document or a page of this site is cited in each style, as HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

from builder.citing.filling import Filler
from builder.citing.kept_formats import made_once
from builder.citing.reference import Reference, References
from builder.citing.shape import ACCESSED, ACCESSED_HERE, HERE, URL, Formats, Shape
from builder.citing.styles import Style, styles
from builder.citing.work import Work, page_of, page_shape, shape_of, work_of
from builder.citing.written_dates import DATE
from builder.dating.display import MONTHS

FormatsOf = Callable[[Shape], Formats | None]
"""Gives the formats of a shape, None where its style cannot format it."""

Parts = tuple[tuple[str, str], ...]
"""A text in parts, each as it stands for the whole work and for a passage of it."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a citation, as HTML with `i` and `span class="small-caps"` and nothing else.

    `label` is what the style calls it: "Note", "Works cited". `parts` cite the whole work and a
    passage of it: there U+E000 stands for the number of the paragraph, where the form tells it, and
    U+E001 for the address of the passage. An entry in a list cites the work alone. Where this
    site's address is not known, U+E001 stands in the whole and in entries for that of the page.
    Neither stands in text of a document.
    """

    label: str
    parts: Parts

    @property
    def whole(self) -> str:
        """How the whole work is cited."""
        return "".join(whole for whole, _ in self.parts)

    @property
    def passage(self) -> str:
        """How a passage of it is cited."""
        return "".join(passage for _, passage in self.parts)


@dataclass(frozen=True, slots=True)
class Formatted:
    """The citations in a style: its key, its name, and first what stands in a text or note.

    `accessed` tells, for a page of this site, how the style writes the day on which its reader saw
    it, for which U+E002 stands: "{month} {day}, {year}", with "{mon}" for a shortened month;
    `months` are the months that it names, as it writes them.
    """

    style: str
    name: str
    forms: tuple[Form, ...]
    accessed: str = ""
    months: tuple[str, ...] = ()


class Citations:
    """How each document is cited in each style, by its slug; made when it is asked for.

    A style that cannot format a citation has none.
    """

    def __init__(self, references: References, formats_of: FormatsOf) -> None:
        self._references = references
        self._formats_of = formats_of

    def __getitem__(self, slug: str) -> tuple[Formatted, ...]:
        return document_citations(self._references[slug], self._formats_of)

    def prepare(self, slugs: Iterable[str]) -> None:
        """Have the shapes formatted in which these documents, and pages, are cited."""
        for slug in slugs:
            work = work_of(self._references[slug])
            for style in styles():
                self._formats_of(shape_of(work, style))
        self.of_page("", "", "")

    def of(self, reference: Reference) -> tuple[Formatted, ...]:
        """Return how a document is cited that is not among them: a version, one that is gone."""
        return document_citations(reference, self._formats_of)

    def of_page(self, title: str, address: str, site: str) -> tuple[Formatted, ...]:
        """Return how a page of this site is cited, as `page_citations` does, from what is kept."""
        return page_citations(title, address, site, self._formats_of)


def document_citations(
    reference: Reference, formats_of: FormatsOf = made_once
) -> tuple[Formatted, ...]:
    """Return how a document and its passages are cited in each style."""
    work = work_of(reference)
    made = ((style, formats_of(shape_of(work, style))) for style in styles())
    return tuple(_document(work, style, formats) for style, formats in made if formats)


def _document(work: Work, style: Style, made: Formats) -> Formatted:
    filler = Filler(work, style, made.months)
    note, note_at = filler.pieces(made.note), filler.pieces(made.note_at)
    forms = [Form(style.note, _parts(note, note_at, work))]
    if made.reference:
        # An entry in a list is that of the work, whatever passages of it are cited.
        forms.append(_same(style.reference, filler.fill(made.reference), work))
    return Formatted(style.key, style.name, tuple(forms))


def _same(label: str, filled: str, work: Work) -> Form:
    """Return a form that is the same whatever part of a work is cited."""
    whole = filled.replace(URL, work.address)
    return Form(label, ((whole, whole),))


def _parts(whole: Sequence[str], passage: Sequence[str], work: Work) -> Parts:
    """Return two filled forms in parts, with the addresses in them; no part splits a tag."""
    parts = list(_apart(whole, passage))
    if any("<" in told + at for told, at in parts if told != at):
        parts = [("".join(whole), "".join(passage))]
    placed = (one for part in parts for one in _with_address(*part, work))
    groups = (tuple(group) for _, group in groupby(placed, lambda part: part[0] == part[1]))
    return tuple(
        ("".join(told for told, _ in group), "".join(at for _, at in group)) for group in groups
    )


def _apart(whole: Sequence[str], passage: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what two texts begin with alike, what differs in them, and what they end in alike."""
    start = _alike(whole, passage)
    same = _alike(whole[start:][::-1], passage[start:][::-1])
    end, end_at = len(whole) - same, len(passage) - same
    yield ("".join(whole[:start]),) * 2
    yield "".join(whole[start:end]), "".join(passage[start:end_at])
    yield ("".join(whole[end:]),) * 2


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in pairs)


def _with_address(told: str, at: str, work: Work) -> Iterator[tuple[str, str]]:
    if told != at:
        yield told.replace(URL, work.address), at.replace(URL, f"{work.before}{HERE}{work.after}")
        return
    leading, url, trailing = told.partition(URL)
    address = ((work.before,) * 2, (work.page, HERE), (work.after,) * 2) if url else ()
    yield from ((leading, leading), *address, (trailing, trailing))


def page_citations(
    title: str, address: str, site: str, formats_of: FormatsOf = made_once
) -> tuple[Formatted, ...]:
    """Return how a page of this site is cited in each style: a work without an author.

    U+E002 stands for the day on which its reader saw it, U+E001 for an address that is not known.
    """
    work = page_of(title, address, site)
    made = ((style, formats_of(page_shape(style))) for style in styles())
    return tuple(_page(work, style, formats) for style, formats in made if formats)


def _page(work: Work, style: Style, made: Formats) -> Formatted:
    filler = Filler(work, style, made.months)
    labels = ((style.note, made.note), (style.reference, made.reference))
    forms = (
        _same(label, filler.fill(DATE.sub(ACCESSED_HERE, form)), work)
        for label, form in labels
        if form
    )
    day = _day(made)
    months = made.months if "{mon}" in day else tuple(MONTHS)
    return Formatted(style.key, style.name, tuple(forms), day, months)


def _day(made: Formats) -> str:
    """Return how a style writes a day: "{day} {mon} {year}"."""
    names = dict(zip(ACCESSED, ("{year}", "{month}", "{mon}", "{day}"), strict=True))
    found = DATE.search(made.note) or DATE.search(made.reference)
    return re.sub(".", lambda part: names.get(part[0], part[0]), found[0]) if found else ""
