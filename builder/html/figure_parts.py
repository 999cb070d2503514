"""Writes the rows of the figures table for its script: `data/figures/2024.json` and its sentences.

A part holds what sorts and filters; sentences lie apart, 500 claims a file (`2024_0.json`), and are
fetched for the rows that are shown. `data/figures/index.json` names the parts, how many rows they
have and their years, and what the filters offer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from builder.claiming.printed import printed_words
from builder.claims import Claim, Statement
from builder.figure_fields import figure_fields
from builder.html.addresses import candidates_folder, measure_folder
from builder.html.claim_rows import ClaimRow, claim_rows, claims_at
from builder.html.escape import one_line
from builder.html.figure_choices import bound_key, choices_in, figure_choices
from builder.html.figures_page import stating
from builder.html.quoted_figure import quoted_figure
from builder.html.quoted_rows import passage_link
from builder.html.shown import Shown
from builder.html.table_parts import as_part, by_year, plain, script_length, short
from builder.html.tasks import Digests, Family, File, Task
from builder.html.titles import date_of, known_in_words, short_title
from builder.index import Who
from builder.model import Document, Figure, Span
from builder.tallies import NO_TALLIES, Part, Tallies

FOLDER = "data/figures/"
CLAIMS = 2000
"""How many claims a part holds at most."""
SENTENCES = 500
"""How many claims a file of sentences holds."""


def figure_part_tasks(site: Shown, digests: Digests, tallies: Tallies = NO_TALLIES) -> Family:
    """Return the parts, newest first, with their sentences, and the index."""
    depends = (digests.documents(stating(site.index)),)
    return Family(FOLDER, depends, partial(_tasks, site, digests, tallies))


def _tasks(site: Shown, digests: Digests, tallies: Tallies) -> Iterator[Task]:
    parts, counted = [], []
    for name, year, rows in by_year(claim_rows(site.index), _document_of, CLAIMS):
        parts.append((name, len(rows), year))
        shown = digests.documents(map(_document_of, rows))
        places = [place for _, place in rows]
        yield Task(f"{FOLDER}{name}", (name, shown, places), partial(_made, name, rows, site))
        key = shown + repr(places).encode()
        counted.append(Part(name, key, partial(choices_in, rows)))
    stated = digests.documents(stating(site.index))
    make = partial(_made_index, parts, site, partial(tallies.of, FOLDER, counted))
    yield Task(f"{FOLDER}index", (parts, stated), make)


def _document_of(row: ClaimRow) -> Document:
    return row[0].one.document


def _made(name: str, rows: Sequence[ClaimRow], site: Shown) -> Iterator[File]:
    claims = claims_at(rows)
    yield f"{FOLDER}{name}.json", as_part(_part(claims, site))
    for number, start in enumerate(range(0, len(claims), SENTENCES)):
        listed = claims[start : start + SENTENCES]
        yield f"{FOLDER}{name}_{number}.json", as_part(_sentences(listed, site))


def _made_index(
    parts: list[tuple[str, int, str]], site: Shown, counted: Callable[[], Iterable[Any]]
) -> Iterator[File]:
    told = {"parts": parts, "sentences": SENTENCES, **figure_choices(site, counted())}
    yield f"{FOLDER}index.json", as_part(told)


def _part(claims: Sequence[Claim], site: Shown) -> dict[str, Any]:
    documents = {claim.document.slug: claim.document for claim in claims}
    numbers = {slug: number for number, slug in enumerate(documents)}
    named = {who: None for claim in claims for who in claim.named if who in site.addresses}
    places = {who: number for number, who in enumerate(named)}
    return {
        "documents": [_document(document, site) for document in documents.values()],
        "names": [_name(who, site) for who in named],
        "rows": [short(_row(claim, numbers, places)) for claim in claims],
    }


def _row(claim: Claim, numbers: Mapping[str, int], places: Mapping[Who, int]) -> list[Any]:
    figure = claim.figure  # made when it is asked for
    return [
        numbers[claim.document.slug],
        _at(claim, claim.stated),
        _value(figure),
        bound_key(figure.comparator, figure.bound),
        figure.unit,
        figure.of or "",
        [places[who] for who in claim.named if who in places],
        figure.period or "",
        figure.change or "",
        "" if figure.status == "reported" else figure.status,
    ]


def _document(document: Document, site: Shown) -> list[Any]:
    metadata, title = document.metadata, site.titles[document.slug]
    few = short_title(title)
    return short(
        [
            document.slug,
            title,
            metadata.date.value or "",
            date_of(metadata),
            known_in_words(metadata.issuer) if metadata.issuer.value else "",
            plain(metadata.type),
            few if few != title else "",
        ]
    )


def _name(who: tuple[str, str], site: Shown) -> tuple[str, str, str, str, bool]:
    address = site.addresses[who]
    return *who, site.names[who], address, address.startswith(candidates_folder(who[0]))


def _value(figure: Figure) -> Any:
    """Return a value, [low, high] where it is a range or open, null for a vague numeral."""
    fields = figure_fields(figure)
    if fields["value"] is not None:
        return fields["value"]
    bounds = [fields["low"], fields["high"]]
    return None if bounds == [None, None] else bounds


def _at(claim: Claim, statement: Statement) -> str:
    """Return the id to which a figure's link leads."""
    return passage_link(claim.document, statement.block, statement.mention).partition("#")[2]


def _sentences(claims: Sequence[Claim], site: Shown) -> dict[str, Any]:
    listed = [(claim, claim.stated) for claim in claims]
    said = dict.fromkeys(stated.words for _, stated in listed)
    places = {words: number for number, words in enumerate(said)}
    return {
        "said": list(said),
        "rows": [[places[stated.words], *_quoted(claim, stated, site)] for claim, stated in listed],
    }


def _quoted(claim: Claim, stated: Statement, site: Shown) -> list[Any]:
    quoted = quoted_figure(stated)
    return short(
        [
            _in_script(stated, quoted.hit),
            one_line(printed_words(stated)),
            [] if quoted.shown == quoted.sentence else _in_script(stated, quoted.shown),
            [(_at(claim, one), one_line(printed_words(one))) for one in claim.repeats],
            [(measure_folder(one), one.name) for one in site.measures_of(claim)],
        ]
    )


def _in_script(statement: Statement, span: Span) -> list[int]:
    """Return a span as offsets into the sentence as scripts count, in units of UTF-16."""
    text, start = statement.block.text, statement.sentence.start
    return [script_length(text, start, end) for end in (span.start, span.end)]
