"""Writes the pages of names that no editor has reviewed yet: sentences, counts, how found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from builder.counting import counted
from builder.html.addresses import CANDIDATE_ROWS, candidates_folder
from builder.html.entity_rows import listed_row
from builder.html.rendering import Page, paged
from builder.html.shown import Shown, index_page, span_of
from builder.index import Entry
from builder.kinds import KINDS, Kind
from builder.rules import rules_of
from builder.table_files import Row, as_csv, as_json

# A sentence each from so many documents tells what a name may be.
_SENTENCES = 3
# What can be said of a name that nobody has looked at.
_COLUMNS = ("address", "name", "listed_under", "mentions", "passages", "documents", "years")


def candidates_pages(site: Shown) -> Iterator[Page]:
    """Yield the pages of every kind that has candidates, most passages first."""
    for kind in KINDS:
        if kind.pages and site.index.candidates[kind.name]:
            yield from _pages_of(kind, site)


def candidates_files(site: Shown, site_url: str) -> Iterator[tuple[str, bytes]]:
    """Yield, beside each page of candidates, its names as data: a row for each that it shows."""
    for kind in KINDS:
        candidates = site.index.candidates.get(kind.name, ())
        if kind.pages and candidates:
            for pager, listed in paged(candidates, candidates_folder(kind.name), CANDIDATE_ROWS):
                rows = [_row(entry, site, site_url) for entry in listed]
                yield f"{pager.own}candidates.csv", as_csv(rows)
                yield f"{pager.own}candidates.json", as_json(rows)


def _row(entry: Entry, site: Shown, site_url: str) -> Row:
    row = listed_row(entry, site.addresses[entry.who], site_url)
    return {
        **{name: row[name] for name in _COLUMNS},
        "as_printed": tuple(form for form, _ in entry.forms) if len(entry.forms) > 1 else (),
        "found_by": next(iter(how_found(entry)), None),
    }


def _pages_of(kind: Kind, site: Shown) -> Iterator[Page]:
    candidates = site.index.candidates[kind.name]
    changed = site.changed_in(candidates)
    for pager, rows in paged(candidates, candidates_folder(kind.name), CANDIDATE_ROWS):
        yield index_page(
            "candidates_page",
            site,
            pager,
            f"{kind.title}: candidates",
            f"{counted(len(candidates), 'name')} among {kind.title.lower()} that no editor has"
            " reviewed yet",
            modified=changed,
            kind=kind,
            total=len(candidates),
            entries=rows,
            sentences=_SENTENCES,
            found={entry.who: how_found(entry) for entry in rows},
            spans={entry.who: span_of(entry) for entry in rows},
        )


def how_found(entry: Entry) -> Mapping[str, int]:
    """Return why the mentions of a candidate were marked, in plain words, most frequent first."""
    rules = rules_of(entry.entity.kind)
    ranked = sorted(entry.rules.items(), key=lambda one: (-one[1], one[0]))
    return {rules[name].about: count for name, count in ranked if name in rules}
