"""Writes the table of figures: measures on top, then every claim, newest document first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from builder.claims import Claim
from builder.counting import counted
from builder.cuts import Cutting
from builder.html.measure_pages import statement_words
from builder.html.paging import ROWS, WEIGHT, Name, Pager, by_date, paged
from builder.html.quotation import LONGEST
from builder.html.quoted_rows import names_in_row
from builder.html.rendering import Page
from builder.html.shown import Shown, index_page
from builder.html.tasks import Digests, Task, page_of_list
from builder.html.titles import date_of
from builder.indexing.measures import Gathered

FOLDER = "figures/"
_IN_A_LINE = 4
_BYTES_OF_ROW, _BYTES_OF_LINK = 760, 150


def figures_tasks(site: Shown, digests: Digests) -> Iterator[Task]:
    """Yield the pages of the figures table, at most 250 claims each, fewer where they are long."""
    cutting = Cutting(_slug, ROWS, WEIGHT, lambda claim: _weight(claim, site))
    for pager, listed in paged(site.index.claims, FOLDER, cutting, _name):
        shown = digests.documents(claim.document for claim in listed)
        ids = [claim.id for claim in listed]
        depends: tuple[object, ...] = (page_of_list(pager), shown, ids)
        if pager.number == 1:
            depends = (*depends, digests.everything)
        yield Task(pager.own, depends, partial(_made, site, pager, listed))


def _made(site: Shown, pager: Pager, listed: Sequence[Claim]) -> Iterator[Page]:
    claims, is_first = site.index.claims, pager.number == 1
    number = counted(len(claims), "claim") if is_first else "Claims"
    measures = site.index.measures if is_first else ()
    yield index_page(
        "figures_page",
        site,
        pager,
        "Figures",
        f"{number} with a number, each with its sentence and its source",
        modified=site.changed_of(claim.document for claim in (claims if is_first else listed)),
        claims=listed,
        total=len(claims) if is_first else None,
        again=sum(len(claim.ids) > 1 for claim in claims) if is_first else 0,
        measures=[(gathered, line_of(gathered)) for gathered in measures],
    )


def _slug(claim: Claim) -> str:
    return claim.document.slug


def _name(claim: Claim) -> Name:
    return by_date(claim.document.metadata.date.value)


def _weight(claim: Claim, site: Shown) -> int:
    """Return about how many bytes a claim's row takes."""
    sentence = min(claim.length, LONGEST) + len(claim.figure.of or "")
    linked = len(names_in_row(claim, site.addresses)[0]) + len(site.measures_of(claim))
    return _BYTES_OF_ROW + sentence + _BYTES_OF_LINK * (linked + len(claim.ids) - 1)


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of a measure in few words: when, what, and how it is meant."""

    when: str
    what: str
    how: str


def line_of(gathered: Gathered) -> tuple[list[Said], str]:
    """Return what the newest statements of a measure say, newest first, and what is left out."""
    newest = [*reversed(gathered.dated), *gathered.undated]
    hidden = len(newest) - _IN_A_LINE
    if hidden <= 0:
        return [_said(claim) for claim in newest], ""
    earlier = max(0, len(gathered.dated) - _IN_A_LINE)
    word = "earlier" if earlier == hidden else "earlier or undated" if earlier else "undated"
    return [_said(claim) for claim in newest[:_IN_A_LINE]], f"and {hidden:,} {word}"


def _said(claim: Claim) -> Said:
    figure = claim.figure
    how = (figure.change, figure.status if figure.status != "reported" else None)
    when = date_of(claim.document.metadata)
    return Said(when, statement_words(claim), ", ".join(filter(None, how)))
