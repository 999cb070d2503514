"""Gives a rendered site a search entry for every passage, so that a hit lands on `#p12`.

Two formats are known: `search/search_index.json` of Material (under mkdocs and properdocs) and
`search.json` of Zensical; where there is neither, the first is made (`publishing.search_files`).
Both front ends print titles and texts as HTML, so both come escaped. Entries of hand-written pages
stay; those of generated pages go, for index pages repeat sentences of the documents and would stand
before them. Our search reads more in Material's format than the theme's own, which a collection may
bring back, does: `documents` describes each document; of a passage `also` holds what is misprinted
there, as [printed, right], and `figures` the address and the words of each. `search/engine.json`
tells which engine searches.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from builder.compact_json import compact
from builder.editorial import Editorial
from builder.html.escape import escape_for_search
from builder.model import Annotated, Place, Problem, Problems
from builder.publishing.search_files import (
    MATERIAL_INDEX,
    ZENSICAL_INDEX,
    lay_material_index,
)
from builder.searching.described import FACETS, describe
from builder.searching.large import FOLDER as PAGEFIND
from builder.searching.large import VOCABULARY as WORDS
from builder.searching.large import lay_large_search
from builder.searching.parts import FOLDER as PARTS
from builder.searching.parts import parts_of_shards, passage_entries
from builder.searching.records import Record, anchor_of, record_of
from builder.searching.shards import shards_of

ENGINE = Path("search") / "engine.json"

Entry = dict[str, Any]

_MATERIAL_TITLE_BOOST = 1000.0

# What the document's own entry weighs beside its passages. The theme shows the passages that are at
# least as good as it and folds the others away; it should head them, not hide them.
_DOCUMENT_BOOST = 0.2


@dataclass(frozen=True, slots=True)
class Named:
    """What is known beside the documents: the names of entities by kind and key, and misprints."""

    names: Mapping[tuple[str, str], str] = field(default_factory=dict)
    editorial: Editorial = field(default_factory=Editorial)


@dataclass(frozen=True, slots=True)
class Large:
    """From how many documents on a collection is big (0: never), and how its index is made.

    `kept` is the folder of what was indexed before, `jobs` the number of processes.
    """

    since: int = 0
    kept: Path = Path()
    jobs: int = 0

    def holds_for(self, documents: Sequence[Annotated]) -> bool:
        """Tell whether a collection is big."""
        return 0 < self.since <= len(documents)


def finish_search(
    site: Path,
    annotated: Iterable[Annotated],
    is_generated: Callable[[str], bool],
    known: Named | None = None,
    large: Large | None = None,
) -> list[Problem]:
    """Rewrite the search index of a rendered site; return what is missing there.

    `is_generated` tells whether the page at an address (relative to the site, ending in a slash,
    "" for the home page) was generated. Running it again changes nothing.
    """
    annotated, known, large = tuple(annotated), known or Named(), large or Large()
    for folder in (PAGEFIND, WORDS, PARTS):
        shutil.rmtree(site / folder, ignore_errors=True)
    is_large = large.holds_for(annotated)
    records = [_record(one, known) for one in annotated]
    problems = _lay_engine(site, records, large) if is_large else []
    entered = () if is_large else records
    lay_material_index(site, is_generated)
    index = _without(site / MATERIAL_INDEX, "docs", is_generated)
    index["docs"] += [entry for record in entered for entry in _entries(record)]
    index["facets"] = list(FACETS)  # of the documents, here or in parts
    index.pop("documents", None)  # of a smaller collection before
    if not is_large:
        index["documents"] = [record.described.as_entry() for record in records]
        _write(site / ENGINE, {"engine": "passages"})
    _write(site / MATERIAL_INDEX, index)
    if (site / ZENSICAL_INDEX).is_file():
        index = _without(site / ZENSICAL_INDEX, "items", is_generated)
        entries = ((entry, record) for record in entered for entry in _entries(record))
        index["items"] += [_as_zensical(*one) for one in entries]
        _write(site / ZENSICAL_INDEX, index)
    return [*problems, *_missing_pages(site, annotated)]


def _without(file: Path, key: str, is_generated: Callable[[str], bool]) -> dict[str, Any]:
    """Return an index as the renderer made it, without the entries of generated pages."""
    index: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    index[key] = [entry for entry in index[key] if not is_generated(_page_of(entry))]
    _weigh_titles(index["config"])
    return index


def _missing_pages(site: Path, annotated: Iterable[Annotated]) -> Iterator[Problem]:
    for one in annotated:
        if not (site / "documents" / one.document.slug / "index.html").is_file():
            yield Problem(
                Place(one.document.source.path, 1),
                "its page is not in the rendered site",
                'run "builder pages" and the renderer again',
            )


def _lay_engine(site: Path, records: Sequence[Record], large: Large) -> list[Problem]:
    """Lay the search of a big collection into the site.

    Where Pagefind is missing or fails, that is a problem, and the passages are laid in parts: the
    site is searched all the same, but fetches all of them first.
    """
    try:
        about = lay_large_search(site, records, large.kept, large.jobs)
    except Problems as error:
        parts = dict(parts_of_shards(shards_of(records)))
        for path, part in parts.items():
            _write(site / path, part)
        _write(site / ENGINE, {"engine": "passages", "parts": list(parts)})
        return list(error.problems)
    _write(site / ENGINE, about)
    return []


def _record(one: Annotated, known: Named) -> Record:
    misprints = known.editorial.misprints.get(one.document.slug, ())
    return record_of(one, describe(one, known.names), misprints)


def _write(file: Path, value: Any) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(compact(value).encode())


def _weigh_titles(config: dict[str, Any]) -> None:
    """Let titles weigh as much as texts, unless the collection's own settings say otherwise.

    Material lets them weigh a thousand times more: then a document with one word in its title
    stands before the passage that holds all of them.
    """
    title = config.get("fields", {}).get("title", {})
    if title.get("boost") == _MATERIAL_TITLE_BOOST:
        title["boost"] = 1.0


def _page_of(entry: Entry) -> str:
    return str(entry["location"]).partition("#")[0]


def _entries(record: Record) -> Iterator[Entry]:
    """Yield the document's own entry, under which its passages are grouped, then theirs."""
    about = record.described
    yield {
        "location": about.address,
        "title": escape_for_search(about.title),
        "text": escape_for_search(about.about),
        "boost": _DOCUMENT_BOOST,
    }
    yield from passage_entries(about.address, map(anchor_of, record.passages))


def _as_zensical(entry: Entry, record: Record) -> Entry:
    """Return an entry in Material's format as Zensical's front end reads it."""
    return {
        "location": entry["location"],
        "level": 2 if "#" in entry["location"] else 1,
        "title": entry["title"],
        "text": entry["text"],
        "path": ["Documents", escape_for_search(record.described.title)],
        "tags": [],
    }
