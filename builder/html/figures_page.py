"""Writes the table of figures: measures on top, then every claim, newest document first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import partial

from builder.claims import Claim
from builder.counting import counted
from builder.cuts import Cutting
from builder.html.claim_rows import ClaimRow, claim_rows, claiming, claims_at
from builder.html.measure_pages import statement_words
from builder.html.paging import ROWS, WEIGHT, Name, Pager, by_date, paged
from builder.html.quotation import LONGEST
from builder.html.quoted_rows import NAMES
from builder.html.rendering import Page
from builder.html.shown import Shown, index_page
from builder.html.tasks import Digests, Family, Task, page_of_list
from builder.html.titles import date_of
from builder.index import Index, Indexed
from builder.indexing.measures import Gathered
from builder.model import Document, Figure
from builder.tallies import NO_TALLIES, Tallies

FOLDER = "figures/"
_IN_A_LINE = 4
_BYTES_OF_ROW, _BYTES_OF_LINK = 760, 150
# Where the field stands among those of a figure.
_OF = [field.name for field in fields(Figure)].index("of")


@dataclass(frozen=True, slots=True)
class _Counts:
    """How many claims there are, and how many of them are made more than once."""

    claims: int
    again: int


def figures_tasks(site: Shown, digests: Digests, tallies: Tallies = NO_TALLIES) -> Family:
    """Return the pages of the figures table, at most 250 claims each, fewer where they are long."""
    measures = [gathered.measure for gathered in site.index.measures]
    depends = (digests.documents(stating(site.index)), measures)
    return Family(FOLDER, depends, partial(_tasks, site, digests, tallies))


def stating(index: Index) -> Iterator[Document]:
    """Yield the documents that make a claim."""
    return (one.one.document for one in claiming(index))


def _tasks(site: Shown, digests: Digests, tallies: Tallies) -> Iterator[Task]:
    stated = list(claiming(site.index))
    told = tallies.of_each(
        FOLDER,
        stated,
        lambda one: one.one.document.slug,
        lambda some: digests.documents(one.one.document for one in some),
        lambda one: (list(_weights(one, site)), _again(one)),
    )
    weights = [weight for own, _ in told for weight in own]
    counts = _Counts(len(weights), sum(again for _, again in told))
    cutting = Cutting(_slug, ROWS, WEIGHT)
    for pager, listed in paged(claim_rows(site.index), FOLDER, cutting, _name, weights):
        shown = digests.documents(one.one.document for one, _ in listed)
        places = [place for _, place in listed]
        depends: tuple[object, ...] = (page_of_list(pager), shown, places)
        if pager.number == 1:
            measures = [_told(gathered, digests) for gathered in site.index.measures]
            changed = site.changed_of(stating(site.index))
            depends = (*depends, counts, changed, measures)
        yield Task(pager.own, depends, partial(_made, site, pager, listed, counts))


def _told(gathered: Gathered, digests: Digests) -> tuple[object, ...]:
    """Return what is told of a measure: its name, its newest claims, how many there are."""
    newest = _newest(gathered)[:_IN_A_LINE]
    counts = (len(gathered.dated), len(gathered.undated))
    ids = [claim.id for claim in newest]
    return (gathered.measure, counts, ids, digests.documents(claim.document for claim in newest))


def _made(site: Shown, pager: Pager, rows: Sequence[ClaimRow], counts: _Counts) -> Iterator[Page]:
    is_first, listed = pager.number == 1, claims_at(rows)
    number = counted(counts.claims, "claim") if is_first else "Claims"
    measures = site.index.measures if is_first else ()
    yield index_page(
        "figures_page",
        site,
        pager,
        "Figures",
        f"{number} with a number, each with its sentence and its source",
        modified=site.changed_of(
            stating(site.index) if is_first else (claim.document for claim in listed)
        ),
        claims=listed,
        total=counts.claims if is_first else None,
        again=counts.again if is_first else 0,
        measures=[(gathered, line_of(gathered)) for gathered in measures],
    )


def _slug(row: ClaimRow) -> str:
    return row[0].one.document.slug


def _name(row: ClaimRow) -> Name:
    return by_date(row[0].one.document.metadata.date.value)


def _again(one: Indexed) -> int:
    return sum(len(claim.ids) > 1 for claim in one.added.claims)


def _weights(one: Indexed, site: Shown) -> Iterator[int]:
    """Yield about how many bytes the row of each claim of a document takes.

    They are read off what the document adds to the index: a hundred thousand claims are not made
    up for it, nor their figures.
    """
    slug, addresses, measured = one.one.document.slug, site.addresses, site.index.measures_of
    for claim in one.added.claims:
        sentence = min(claim.length, LONGEST) + len(claim.figures[0][_OF] or "")
        links = len(claim.ids) - 1
        if claim.names:
            links += min(sum(map(addresses.__contains__, claim.named)), NAMES)
        if (slug, claim.ids[0]) in measured:
            links += len(measured[slug, claim.ids[0]])
        yield _BYTES_OF_ROW + sentence + _BYTES_OF_LINK * links


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of a measure in few words: when, what, and how it is meant."""

    when: str
    what: str
    how: str


def line_of(gathered: Gathered) -> tuple[list[Said], str]:
    """Return what the newest statements of a measure say, newest first, and what is left out."""
    newest = _newest(gathered)
    hidden = len(newest) - _IN_A_LINE
    if hidden <= 0:
        return [_said(claim) for claim in newest], ""
    earlier = max(0, len(gathered.dated) - _IN_A_LINE)
    word = "earlier" if earlier == hidden else "earlier or undated" if earlier else "undated"
    return [_said(claim) for claim in newest[:_IN_A_LINE]], f"and {hidden:,} {word}"


def _newest(gathered: Gathered) -> Sequence[Claim]:
    return [*reversed(gathered.dated), *gathered.undated]


def _said(claim: Claim) -> Said:
    figure = claim.figure
    how = (figure.change, figure.status if figure.status != "reported" else None)
    when = date_of(claim.document.metadata)
    return Said(when, statement_words(claim), ", ".join(filter(None, how)))
