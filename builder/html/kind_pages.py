"""Writes the index page of each kind: its entities as a table, and from A to Z with other names."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from unicodedata import normalize

from builder.cuts import Cutting
from builder.fold import fold
from builder.html.about import Listing
from builder.html.addresses import kind_folder
from builder.html.entity_rows import listed_row
from builder.html.paging import ROWS, Pager, paged
from builder.html.rendering import Page, root_of
from builder.html.shown import Shown, index_page, span_of
from builder.html.tasks import Digests, Family, File, Task, page_of_list
from builder.html.world_map import world_map
from builder.index import Entry, Who
from builder.kinds import KINDS, Kind
from builder.table_files import as_csv, as_json
from builder.tallies import NO_TALLIES, Part, Tallies

# The kind whose index has a map above its table, and whose entries are listed under their region.
_ON_THE_MAP = "country"
# What the entries of a kind are parted by, where it is not their kind: a text may name someone as
# convicted, which is no kind of person.
_UNDER = {"country": "Region", "person": "Named as"}
# A table of so few rows is seen at a glance: nothing to find or to sort.
_FEW = 6


def kind_tasks(site: Shown, digests: Digests, tallies: Tallies = NO_TALLIES) -> Iterator[Family]:
    """Yield the index pages of every kind that has pages, with their entities as data beside."""
    for kind in KINDS:
        if kind.pages:
            depends = (
                digests.entries(site.index.entries[kind.name]),
                len(site.index.candidates[kind.name]),
            )
            making = partial(_tasks, kind, site, digests, tallies)
            yield Family(kind_folder(kind.name), depends, making)


def _tasks(kind: Kind, site: Shown, digests: Digests, tallies: Tallies) -> Iterator[Task]:
    entries = site.index.entries[kind.name]
    changed = _changed(kind, site, digests, tallies)
    told = {entry.who: (*_told(entry, site, digests), changed[entry.who]) for entry in entries}
    sorts = Counter(one.entity.sort for one in entries if one.entity.sort)
    common = (max((entry.passages for entry in entries), default=1), sorted(sorts.items()))
    for pager, rows in _listed(kind, site):
        depends: tuple[object, ...] = (page_of_list(pager), common, [told[one.who] for one in rows])
        if is_first := pager.number == 1:
            # It tells of all of them.
            candidates = len(site.index.candidates[kind.name])
            depends = (*depends, list(told.values()), candidates)
        modified = max((changed[one.who] for one in (entries if is_first else rows)), default="")
        yield Task(pager.own, depends, partial(_made, kind, site, pager, rows, modified))


def _changed(kind: Kind, site: Shown, digests: Digests, tallies: Tallies) -> Mapping[Who, str]:
    """Return the ISO date on which the last of the documents that name each entity changed."""
    entries = site.index.entries[kind.name]
    days = tallies.of(
        kind_folder(kind.name),
        (
            Part(one.entity.key, digests.entry(one), partial(site.changed_in, [one]))
            for one in entries
        ),
    )
    return {entry.who: day for entry, day in zip(entries, days, strict=True)}


def _told(entry: Entry, site: Shown, digests: Digests) -> tuple[object, ...]:
    """Return what a page of its kind tells of an entity."""
    counts = (entry.passages, entry.mentions, len(entry.groups))
    about = (site.addresses[entry.who], span_of(entry))
    return (digests.known(entry), *counts, *about)


def _made(
    kind: Kind, site: Shown, pager: Pager, listed: Sequence[Entry], modified: str
) -> Iterator[Page | File]:
    yield _page(kind, site, pager, listed, modified)
    url = site.publication.url
    rows = [listed_row(one, site.addresses[one.who], url) for one in listed]
    yield f"{pager.own}entities.csv", as_csv(rows)
    yield f"{pager.own}entities.json", as_json(rows)


def _listed(kind: Kind, site: Shown) -> Iterator[tuple[Pager, Sequence[Entry]]]:
    """Yield the entries of each page: by how much is said of them, else by what they are."""
    entries = list(site.index.entries[kind.name])
    if not kind.ranked:
        entries.sort(key=lambda entry: (entry.entity.sort, _in_order(entry.entity.name)))
    # These are what editors have reviewed: never so many that numbers of pages would matter.
    return paged(entries, kind_folder(kind.name), Cutting(lambda one: one.entity.key, ROWS))


def _page(kind: Kind, site: Shown, pager: Pager, rows: Sequence[Entry], modified: str) -> Page:
    entries = site.index.entries[kind.name]
    is_first = pager.number == 1
    mapped = kind.name == _ON_THE_MAP and is_first
    return index_page(
        "kind_page",
        site,
        pager,
        kind.title,
        f"{kind.about} {len(entries):,} in this collection" if is_first else kind.about,
        modified=modified,
        about=Listing(),
        kind=kind,
        total=len(entries) if is_first else None,
        few=_FEW,
        candidates=len(site.index.candidates[kind.name]) if is_first else 0,
        map=world_map(entries, site.addresses, root_of(pager.own)) if mapped else None,
        sorted_under=_UNDER.get(kind.name, "Kind"),
        has_sorts=any(entry.entity.sort for entry in entries),
        sorts=json.dumps(Counter(one.entity.sort for one in entries if one.entity.sort)),
        groups=[(None, rows)] if kind.ranked else _groups(rows),
        most=max((entry.passages for entry in entries), default=1),
        letters=() if kind.ranked or pager.count > 1 else letters(rows),
    )


def _groups(entries: Sequence[Entry]) -> list[tuple[str, list[Entry]]]:
    """Part entries by what they are listed under: "coalition", "statute"."""
    return [(sort, list(group)) for sort, group in groupby(entries, lambda one: one.entity.sort)]


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the list from A to Z: the name of an entry, or another that refers to it."""

    name: str
    entry: Entry
    is_other: bool


def letters(entries: Sequence[Entry]) -> Sequence[tuple[str, Sequence[Heading]]]:
    """Return the names of entries from A to Z, other names of theirs among them."""
    headings = [Heading(entry.entity.name, entry, is_other=False) for entry in entries]
    headings += [Heading(alias, entry, is_other=True) for entry in entries for alias in _far(entry)]
    headings.sort(key=lambda heading: (_in_order(heading.name), heading.entry.entity.key))
    return [
        (letter, list(group)) for letter, group in groupby(headings, lambda one: _letter(one.name))
    ]


def _far(entry: Entry) -> Iterable[str]:
    """Return the other names that a reader would look for elsewhere: one for each first word."""
    first: dict[str, str] = {}
    for name in sorted(entry.entity.aliases, key=lambda name: (len(name), name)):
        first.setdefault(_first_word(name), name)
    first.pop(_first_word(entry.entity.name), None)
    return first.values()


def _in_order(name: str) -> str:
    """Return a name as it is sorted: without case, accents and what is no letter or digit."""
    plain = normalize("NFKD", fold(name)).casefold()
    return "".join(letter for letter in plain if letter.isalnum() or letter == " ").strip()


def _first_word(name: str) -> str:
    words = "".join(letter if letter.isalnum() else " " for letter in name.casefold()).split()
    return words[0] if words else ""


def _letter(name: str) -> str:
    first = _in_order(name)[:1].upper()
    return first if first.isalpha() else "0–9"
