"""Writes the passages of a big collection in parts, for a search without Pagefind.

A page from disk cannot fetch, and where Pagefind is missing there is nothing to fetch; so the
passages stand as those of a small collection do, by years. A part has the shape of Material's
`search_index.json`, with what our search reads in addition.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from pathlib import Path
from typing import Any

from builder.html.escape import escape_for_search
from builder.searching.making import FACET_FILE, fragment_path
from builder.searching.records import PIECE, Record, anchor_of
from builder.searching.shards import Shard

FOLDER = "search/passages"

# A document's address, its `meta`, its passages and its facets.
_Described = tuple[str, Mapping[str, str], Iterable[Mapping[str, Any]], Mapping[str, Iterable[str]]]


def part_path(name: str) -> str:
    """Return the path of a part."""
    return f"{FOLDER}/{name}.json"


def parts_of_shards(shards: Iterable[Shard]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the path and the content of each part."""
    for shard in shards:
        yield part_path(shard.name), _part(map(_of_record, shard.records))


def parts_of_site(folder: Path, names: Iterable[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the same from what `lay_large_search` has written below `folder`."""
    for name in names:
        yield part_path(name), _part(_of_files(folder / name))


def _of_record(record: Record) -> _Described:
    about = record.described
    meta = {"title": about.title, "about": about.about}
    return about.address, meta, map(anchor_of, record.passages), about.facets


def _of_files(shard: Path) -> Iterator[_Described]:
    narrowed = json.loads((shard / FACET_FILE).read_bytes())
    facets: list[dict[str, list[str]]] = [{} for _ in narrowed["pages"]]
    for facet, values in narrowed["facets"].items():
        for value, numbers in values.items():
            for number in numbers:
                facets[number].setdefault(facet, []).append(value)
    for page, own in enumerate(facets):
        pieces = [_fragment(shard / fragment_path(page))]
        count = -(-pieces[0]["word_count"] // PIECE)
        pieces += [_fragment(shard / fragment_path(page, number)) for number in range(1, count)]
        # A passage may stand in two pieces.
        anchors = {anchor["id"]: anchor for piece in pieces for anchor in piece["anchors"]}
        yield pieces[0]["url"], pieces[0]["meta"], anchors.values(), own


def _fragment(file: Path) -> Any:
    return json.loads(gzip.decompress(file.read_bytes()))


def _part(described: Iterable[_Described]) -> Mapping[str, Any]:
    documents: list[dict[str, Any]] = []
    passages: list[dict[str, Any]] = []
    for address, meta, anchors, facets in sorted(described, key=itemgetter(0)):
        sorted_facets = {facet: sorted(values) for facet, values in facets.items()}
        documents.append({"location": address, **meta, "facets": sorted_facets})
        passages += passage_entries(address, anchors)
    return {"documents": documents, "docs": passages}


def passage_entries(address: str, anchors: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the entry of each passage in Material's format, with what our search reads besides."""
    return (_entry(address, anchor) for anchor in anchors)


def _entry(address: str, anchor: Mapping[str, Any]) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "location": f"{address}#{anchor['id']}",
        "title": f"¶{anchor['id'].removeprefix('p')}",
        "text": escape_for_search(anchor["text"]),
    }
    if "also" in anchor:
        entry["also"] = [list(one) for one in anchor["also"]]
    if "figures" in anchor:
        entry["figures"] = [[figure, escape_for_search(text)] for figure, text in anchor["figures"]]
    return entry
