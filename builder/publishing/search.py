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
from functools import partial
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from builder.compact_json import compact, encoded
from builder.dating.display import year_of
from builder.editorial import Editorial
from builder.html.escape import escape_for_search
from builder.model import Annotated, Place, Problem
from builder.publishing.search_files import (
    MATERIAL_INDEX,
    ZENSICAL_INDEX,
    lay_material_index,
)
from builder.searching.described import FACETS, Described, describe
from builder.searching.laid import ENGINE as ENGINE_PATH
from builder.searching.laid import FOLDER as SHARDS
from builder.searching.laid import VOCABULARY as WORDS
from builder.searching.laid import Laid
from builder.searching.large import ALONE, lay_search
from builder.searching.parts import passage_entries
from builder.searching.prepared import prepare, prepare_few, read_few
from builder.searching.records import record_of
from builder.searching.shards import Member
from builder.working import Workers

ENGINE = Path(ENGINE_PATH)

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

    `kept` is the folder of what was indexed before; `workers` index.
    """

    since: int = 0
    kept: Path = Path()
    workers: Workers = ALONE

    def holds_for(self, documents: Sequence[Any]) -> bool:
        """Tell whether a collection is big."""
        return 0 < self.since <= len(documents)


def prepared(one: Annotated, known: Named, *, is_large: bool) -> bytes:
    """Return what the search of a big collection, or of a small one, needs of a document."""
    misprints = known.editorial.misprints.get(one.document.slug, ())
    record = record_of(one, describe(one, known.names), misprints)
    return prepare(record) if is_large else prepare_few(record)


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
    for folder in (SHARDS, WORDS):
        shutil.rmtree(site / folder, ignore_errors=True)
    with TemporaryDirectory(prefix="search-") as folder:
        members = []
        for number, one in enumerate(annotated):
            data = prepared(one, known, is_large=large.holds_for(annotated))
            (file := Path(folder, str(number))).write_bytes(data)
            year = year_of(one.document.metadata.date.value) or ""
            digest = sha256(data).hexdigest()
            load = partial(Path.read_bytes, file)
            members.append(Member(one.document.slug, year, digest, load))
        lay_all(site, members, is_generated, large)
    return list(_missing_pages(site, annotated))


def lay_all(
    site: Path,
    members: Sequence[Member],
    is_generated: Callable[[str], bool],
    large: Large,
    laid: Laid | None = None,
) -> Laid:
    """Lay the search of prepared documents into a rendered site; return its files.

    They are `prepared` as is right for their number. The index of a big collection may be `laid`
    already. Raises Problems where nothing can be written.
    """
    if large.holds_for(members):
        laid = laid or lay_search(site, members, large.kept, workers=large.workers)
        few = []
    else:
        laid = Laid()
        few = [read_few(member.load()) for member in members]
        _write(site, ENGINE, {"engine": "passages"}, laid)
    lay_material_index(site, is_generated)
    index = _without(site / MATERIAL_INDEX, "docs", is_generated)
    index["docs"] += [entry for one in few for entry in _entries(*one)]
    index["facets"] = list(FACETS)  # of the documents, here or in shards
    index.pop("documents", None)  # of a smaller collection before
    if not large.holds_for(members):
        index["documents"] = [described.as_entry() for described, _ in few]
    _write(site, MATERIAL_INDEX, index, laid)
    if (site / ZENSICAL_INDEX).is_file():
        index = _without(site / ZENSICAL_INDEX, "items", is_generated)
        index["items"] += [_as_zensical(entry, one[0]) for one in few for entry in _entries(*one)]
        _write(site, ZENSICAL_INDEX, index, laid)
    return laid


def _without(file: Path, key: str, is_generated: Callable[[str], bool]) -> dict[str, Any]:
    """Return an index as the renderer made it, without the entries of generated pages."""
    index: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    index[key] = [entry for entry in index[key] if not is_generated(_page_of(entry))]
    _weigh_titles(index["config"])
    return index


def _missing_pages(site: Path, annotated: Iterable[Annotated]) -> Iterator[Problem]:
    for one in annotated:
        if not (site / "documents" / one.document.slug / "index.html").is_file():
            yield not_rendered(one)


def not_rendered(one: Annotated) -> Problem:
    """Return what is told of a document that has no page in a rendered site."""
    return Problem(
        Place(one.document.source.path, 1),
        "its page is not in the rendered site",
        'run "builder pages" and the renderer again',
    )


def _write(site: Path, path: Path, value: Any, laid: Laid) -> None:
    data = encoded(compact(value))
    (site / path).parent.mkdir(parents=True, exist_ok=True)
    (site / path).write_bytes(data)
    laid.files[path.as_posix()] = sha256(data).hexdigest()
    laid.written.append(path.as_posix())


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


def _entries(about: Described, passages: Iterable[Mapping[str, Any]]) -> Iterator[Entry]:
    """Yield the document's own entry, under which its passages are grouped, then theirs."""
    yield {
        "location": about.address,
        "title": escape_for_search(about.title),
        "text": escape_for_search(about.about),
        "boost": _DOCUMENT_BOOST,
    }
    yield from passage_entries(about.address, passages)


def _as_zensical(entry: Entry, about: Described) -> Entry:
    """Return an entry in Material's format as Zensical's front end reads it."""
    return {
        "location": entry["location"],
        "level": 2 if "#" in entry["location"] else 1,
        "title": entry["title"],
        "text": entry["text"],
        "path": ["Documents", escape_for_search(about.title)],
        "tags": [],
    }
