"""Writes the table of figures: measures on top, then every claim, newest document first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from builder.claims import Claim
from builder.counting import counted
from builder.cuts import Cutting
from builder.html.measure_pages import statement_words
from builder.html.paging import ROWS, WEIGHT, Name, by_date, paged
from builder.html.quotation import LONGEST
from builder.html.rendering import Page
from builder.html.shown import Shown, index_page, names_in_row
from builder.html.titles import date_of
from builder.indexing.measures import Gathered

FOLDER = "figures/"
_IN_A_LINE = 4
_BYTES_OF_ROW, _BYTES_OF_LINK = 760, 150


def figures_pages(site: Shown) -> Iterator[Page]:
    """Yield the pages of the figures table, at most 250 claims each, fewer where they are long."""
    claims = site.index.claims
    again = sum(bool(claim.repeats) for claim in claims)
    measures = [(gathered, line_of(gathered)) for gathered in site.index.measures]
    cutting = Cutting(_slug, ROWS, WEIGHT, lambda claim: _weight(claim, site))
    for pager, listed in paged(claims, FOLDER, cutting, _name):
        is_first = pager.number == 1
        number = counted(len(claims), "claim") if is_first else "Claims"
        yield index_page(
            "figures_page",
            site,
            pager,
            "Figures",
            f"{number} with a number, each with its sentence and its source",
            modified=site.changed_of(claim.document for claim in (claims if is_first else listed)),
            claims=listed,
            total=len(claims) if is_first else None,
            again=again if is_first else 0,
            measures=measures if is_first else [],
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
