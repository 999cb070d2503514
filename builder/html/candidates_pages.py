"""Writes the pages of names that no editor has reviewed yet: sentences, counts, how found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from builder.counting import counted
from builder.html.addresses import SENTENCES, candidates_folder, listed_candidates
from builder.html.entity_rows import listed_row
from builder.html.paging import Pager
from builder.html.rendering import Page
from builder.html.shown import Shown, index_page, span_of
from builder.html.tasks import Digests, Family, File, Task, page_of_list
from builder.index import Entry
from builder.kinds import KINDS, Kind
from builder.rules import rules_of
from builder.table_files import Row, as_csv, as_json

# What can be said of a name that nobody has looked at.
_COLUMNS = ("address", "name", "listed_under", "mentions", "passages", "documents", "years")


def candidates_tasks(site: Shown, digests: Digests) -> Iterator[Family]:
    """Yield the pages of every kind that has candidates, with their names as data beside each."""
    for kind in KINDS:
        candidates = site.index.candidates.get(kind.name, ())
        if kind.pages and candidates:
            making = partial(_tasks, kind, candidates, site, digests)
            yield Family(candidates_folder(kind.name), (digests.entries(candidates),), making)


def _tasks(
    kind: Kind, candidates: Sequence[Entry], site: Shown, digests: Digests
) -> Iterator[Task]:
    for pager, rows in listed_candidates(candidates):
        depends: tuple[object, ...] = (page_of_list(pager), digests.entries(rows))
        if pager.number == 1:
            depends = (*depends, len(candidates), site.changed_in(candidates))
        yield Task(pager.own, depends, partial(_made, kind, site, pager, rows))


def _made(kind: Kind, site: Shown, pager: Pager, listed: Sequence[Entry]) -> Iterator[Page | File]:
    yield _page(kind, site, pager, listed)
    rows = [_row(entry, site, site.publication.url) for entry in listed]
    yield f"{pager.own}candidates.csv", as_csv(rows)
    yield f"{pager.own}candidates.json", as_json(rows)


def _row(entry: Entry, site: Shown, site_url: str) -> Row:
    row = listed_row(entry, site.addresses[entry.who], site_url)
    return {
        **{name: row[name] for name in _COLUMNS},
        "as_printed": tuple(form for form, _ in entry.forms) if len(entry.forms) > 1 else (),
        "found_by": next(iter(how_found(entry)), None),
    }


def _page(kind: Kind, site: Shown, pager: Pager, rows: Sequence[Entry]) -> Page:
    candidates = site.index.candidates[kind.name]
    is_first = pager.number == 1
    number = counted(len(candidates), "name") if is_first else "Names"
    return index_page(
        "candidates_page",
        site,
        pager,
        f"{kind.title}: candidates",
        f"{number} among {kind.title.lower()} that no editor has reviewed yet",
        modified=site.changed_in(candidates if is_first else rows),
        kind=kind,
        total=len(candidates) if is_first else None,
        entries=rows,
        sentences=SENTENCES,
        found={entry.who: how_found(entry) for entry in rows},
        spans={entry.who: span_of(entry) for entry in rows},
    )


def how_found(entry: Entry) -> Mapping[str, int]:
    """Return why the mentions of a candidate were marked, in plain words, most frequent first."""
    rules = rules_of(entry.entity.kind)
    ranked = sorted(entry.rules.items(), key=lambda one: (-one[1], one[0]))
    return {rules[name].about: count for name, count in ranked if name in rules}
