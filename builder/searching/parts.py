"""Writes the passages of a big collection in parts, for a search without Pagefind.

A page from disk cannot fetch, and where Pagefind is missing there is nothing to fetch; so the
passages stand as those of a small collection do, by years. A part has the shape of Material's
`search_index.json`, with what our search reads in addition.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from builder.html.escape import escape_for_search
from builder.searching.chunks import unpack
from builder.searching.making import FACET_FILE
from builder.searching.records import Record, fragment_of
from builder.searching.shards import Shard

FOLDER = "search/passages"

_Described = tuple[Mapping[str, Any], Mapping[str, Any]]


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
    return fragment_of(record), record.described.facets


def _of_files(shard: Path) -> Iterator[_Described]:
    narrowed = json.loads((shard / FACET_FILE).read_bytes())
    facets: list[dict[str, list[str]]] = [{} for _ in narrowed["pages"]]
    for facet, values in narrowed["facets"].items():
        for value, numbers in values.items():
            for number in numbers:
                facets[number].setdefault(facet, []).append(value)
    for page, own in zip(narrowed["pages"], facets, strict=True):
        yield json.loads(unpack((shard / "fragment" / f"{page}.pf_fragment").read_bytes())), own


def _part(described: Iterable[_Described]) -> Mapping[str, Any]:
    documents, passages = [], []
    for fragment, facets in sorted(described, key=lambda one: str(one[0]["url"])):
        address = fragment["url"]
        documents.append(
            {
                "location": address,
                "title": fragment["meta"]["title"],
                "about": fragment["meta"]["about"],
                "facets": {facet: sorted(values) for facet, values in facets.items()},
            }
        )
        passages += [_entry(address, anchor) for anchor in fragment["anchors"]]
    return {"documents": documents, "docs": passages}


def _entry(address: str, anchor: Mapping[str, Any]) -> Mapping[str, Any]:
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
