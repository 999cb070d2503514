"""Writes the passages of a big collection in parts, for a search from disk.

A page from disk cannot fetch; so the passages stand as those of a small collection do, by years. A
part has the shape of Material's `search_index.json`, with what our search reads in addition.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from pathlib import Path
from typing import Any

from builder.html.escape import escape_for_search
from builder.searching.inverting import text_path
from builder.searching.merging import FACET_FILE
from builder.searching.records import PIECE
from builder.searching.shards import STRIDE

FOLDER = "search/passages"

# A document's address, its `meta`, its passages and its facets.
_Described = tuple[str, Mapping[str, str], Iterable[Mapping[str, Any]], Mapping[str, Iterable[str]]]


def part_path(name: str) -> str:
    """Return the path of a part."""
    return f"{FOLDER}/{name}.json"


def parts_of_site(folder: Path, names: Iterable[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield path and content of each part, from what `lay_search` has written below `folder`."""
    for name in names:
        yield part_path(name), _part(_of_files(folder / name))


def _of_files(shard: Path) -> Iterator[_Described]:
    narrowed = json.loads((shard / FACET_FILE).read_bytes())
    numbers = [
        STRIDE * piece + at
        for piece, pages in enumerate(narrowed["pages"])
        for at in range(len(pages))
    ]
    facets: list[dict[str, list[str]]] = [{} for _ in numbers]
    for facet, values in narrowed["facets"].items():
        for value, places in values.items():
            for place in places:
                facets[place].setdefault(facet, []).append(value)
    for document, own in zip(numbers, facets, strict=True):
        pieces = [_text(shard / text_path(document))]
        count = -(-pieces[0]["word_count"] // PIECE)
        pieces += [_text(shard / text_path(document, f"-{at}")) for at in range(1, count)]
        # A passage may stand in two pieces.
        anchors = {anchor["id"]: anchor for piece in pieces for anchor in piece["anchors"]}
        yield pieces[0]["url"], pieces[0]["meta"], anchors.values(), own


def _text(file: Path) -> Any:
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
