"""Writes the names of the index for the search: a query that names an entity leads to its page.

A document may write a name that the reader does not look for, and the other way round: "CJNG" finds
the organization whose passages print its full name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any

from builder.compact_json import compact, encoded
from builder.fold import fold
from builder.html.addresses import kind_folder, measure_folder
from builder.html.entity_counts import forms_of
from builder.html.escape import one_line
from builder.html.shown import Shown
from builder.html.tasks import Digests, Task
from builder.index import Entry
from builder.kinds import KINDS
from builder.tallies import NO_TALLIES, Part, Tallies

FILE = "search/names.json"
_TASK, _MEASURE = "names", "measure"
# Documents name people by their surnames, offices by their letters: so many such forms are names.
_FORMS = 8


def names_task(site: Shown, digests: Digests, tallies: Tallies = NO_TALLIES) -> Task:
    """Return the file; its key tells of everything that has a page and a name."""
    measures = [(one.measure, len(one.claims)) for one in site.index.measures]
    entries = (entry for some in site.index.entries.values() for entry in some)
    depends = (digests.entries(entries), measures)
    return Task(_TASK, depends, partial(search_names, site, digests, tallies))


def search_names(site: Shown, digests: Digests, tallies: Tallies) -> Iterator[tuple[str, bytes]]:
    """Yield the file of everything that has a page and a name, what is said most of first.

    A row is kind, last part of the address, how many passages name it (of a measure: how many
    claims it gathers), name, other names; `kinds` gives the folder of each kind.
    """
    folders = {kind.name: kind_folder(kind.name) for kind in KINDS if kind.pages}
    entries = [entry for some in site.index.entries.values() for entry in some]
    rows = [
        *tallies.of(_TASK, (_row_of(entry, digests, tallies) for entry in entries)),
        *_measures(site),
    ]
    rows.sort(key=lambda row: (-row[2], row[:2]))
    told = {"kinds": {**folders, _MEASURE: "figures/"}, "names": rows}
    yield FILE, encoded(compact(told))


def _row_of(entry: Entry, digests: Digests, tallies: Tallies) -> Part:
    """Return the row of an entity, which is made once for what documents say of it."""
    forms = partial(forms_of, entry, digests, tallies)
    return Part("/".join(entry.who), digests.entry(entry), partial(_row, entry, forms))


def _row(entry: Entry, forms: Callable[[], Sequence[tuple[str, int]]]) -> list[Any]:
    entity = entry.entity
    printed = (form for form, _ in forms() if form[:1].isupper())
    names = _different((entity.name, *entity.aliases, *islice(printed, _FORMS)))
    return [entity.kind, entity.key, entry.passages, *names]


def _measures(site: Shown) -> Iterator[list[Any]]:
    for gathered in site.index.measures:
        key = measure_folder(gathered.measure).split("/")[1]
        yield [_MEASURE, key, len(gathered.claims), one_line(gathered.measure.name)]


def _different(names: Iterable[str]) -> list[str]:
    """Return names on one line, without those that differ in case, points and hyphens only."""
    kept: dict[str, str] = {}
    for name in names:
        line = one_line(name)
        plain = fold(line).casefold().replace("-", " ")
        kept.setdefault("".join(one for one in plain if one.isalnum() or one == " "), line)
    return list(kept.values())
