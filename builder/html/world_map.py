"""The world map of an index: each country that documents name is a link, colored by its passages.

The shapes are drawn once (`scripts/draw_world_map.mjs`) and lie in `builder/data/world_map.txt`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from markupsafe import Markup

from builder.html.escape import escape, own_address
from builder.html.rendering import html
from builder.index import Entry, Who

# Of the countries, so many in a hundred stand below a class of the key; the first begins at one.
_SHARES = (30, 55, 78, 93)
_ROUND = (1, 2, 5)
# Which of the five colors the classes have, by how many classes there are.
_SHADES = ((), (4,), (2, 4), (1, 3, 5), (1, 2, 4, 5), (1, 2, 3, 4, 5))


@dataclass(frozen=True, slots=True)
class Shapes:
    """The drawn map: its size in units, and the SVG path of each country by alpha-2 code.

    Under codes that are no country's of the table stands land that belongs to no entry.
    """

    width: int
    height: int
    paths: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """A country of the map, its address from the site's root and the color of its class, 1 to 5."""

    entry: Entry
    address: str
    shade: int


@dataclass(frozen=True, slots=True)
class WorldMap:
    """A map for a page: the picture, its key as (color, "5–9"), every country, most passages first.

    `small` are those of the countries that are too small to be drawn.
    """

    picture: Markup
    key: Sequence[tuple[int, str]]
    places: Sequence[Place]
    small: Sequence[Place]


@cache
def shapes() -> Shapes:
    """Return the drawn map, read once."""
    text = (files("builder") / "data" / "world_map.txt").read_text(encoding="utf-8")
    lines = (line.partition(" ") for line in text.splitlines() if not line.startswith("#"))
    rows = {code: path for code, _, path in lines}
    width, height = rows.pop("size").split()
    return Shapes(int(width), int(height), rows)


def world_map(entries: Iterable[Entry], addresses: Mapping[Who, str], root: str) -> WorldMap | None:
    """Return the map of countries as a page shows it, or None where none is named.

    `root` is the way from the page to the site's root.
    """
    listed = sorted(entries, key=lambda entry: (-entry.passages, entry.entity.name))
    if not listed:
        return None
    limits = class_limits([entry.passages for entry in listed])
    shades = _SHADES[len(limits)]
    places = [
        Place(entry, addresses[entry.who], shades[bisect_right(limits, entry.passages) - 1])
        for entry in listed
    ]
    drawn = shapes().paths
    return WorldMap(
        picture=_picture([place for place in places if place.entry.entity.key in drawn], root),
        key=list(zip(shades, _ranges(limits, listed[0].passages), strict=True)),
        places=places,
        small=[place for place in places if place.entry.entity.key not in drawn],
    )


def class_limits(counts: Sequence[int]) -> list[int]:
    """Return the least count of each class, round numbers that part the countries.

    Few classes where counts are alike, five at most.
    """
    ordered = sorted(counts)
    limits = [_round_below(ordered[0])]
    for share in _SHARES:
        limit = _round_below(ordered[len(ordered) * share // 100])
        while limit <= limits[-1]:
            limit = _next_round(limit)
        if limit <= ordered[-1]:
            limits.append(limit)
    return limits


def _rounds() -> Iterator[int]:
    """Yield 1, 2, 5, 10, 20, 50 and so on."""
    size = 1
    while True:
        yield from (size * step for step in _ROUND)
        size *= 10


def _next_round(number: int) -> int:
    return next(one for one in _rounds() if one > number)


def _round_below(number: int) -> int:
    below = 1
    for one in _rounds():
        if one > number:
            return below
        below = one
    raise AssertionError("round numbers never end")


def _ranges(limits: Sequence[int], most: int) -> Iterator[str]:
    """Yield each class in words: "1", "2–4", "5 or more"; the last as its one number where so."""
    for first, beyond in pairwise(limits):
        yield f"{first:,}" if beyond == first + 1 else f"{first:,}–{beyond - 1:,}"
    yield f"{limits[-1]:,}" if most == limits[-1] else f"{limits[-1]:,} or more"


def counted(entry: Entry) -> str:
    """Return "13 passages in 5 documents"."""
    documents = len(entry.groups)
    return (
        f"{entry.passages:,} {'passage' if entry.passages == 1 else 'passages'}"
        f" in {documents:,} {'document' if documents == 1 else 'documents'}"
    )


def _picture(places: Sequence[Place], root: str) -> Markup:
    """Return the SVG: land that no document names in one quiet shape, then the links."""
    drawn = shapes()
    named = {place.entry.entity.key for place in places}
    land = "".join(path for code, path in drawn.paths.items() if code not in named)
    links = "".join(_link(place, drawn.paths[place.entry.entity.key], root) for place in places)
    return html(
        f'<svg class="world" viewBox="0 0 {drawn.width} {drawn.height}" role="group"'
        ' aria-label="World map; each country that documents name is a link">'
        f'<path class="land" d="{land}"/>{links}</svg>'
    )


def _link(place: Place, path: str, root: str) -> str:
    address = own_address(root + place.address)
    title = escape(f"{place.entry.entity.name}: {counted(place.entry)}")
    return (
        f'<a class="shade-{place.shade}" href="{address}">'
        f'<title>{title}</title><path d="{path}"/></a>'
    )
