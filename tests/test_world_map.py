"""The world map: what is drawn is a country of the table, without streaks; every link leads on."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from builder.html.world_map import WorldMap, class_limits, shapes, world_map
from builder.index import Entry, Indexed
from builder.indexing.contribution import contribution_of
from builder.model import Entity
from builder.naming.country_table import country_table
from made import made
from site_fixtures import Built

NO_COUNTRY = "--"
_RING = re.compile(r"M(?P<start>\d+ \d+)l(?P<steps>[-\d ]+)z")
_STEP = re.compile(r"-?\d+")


def rings(path: str) -> list[list[tuple[int, int]]]:
    """Return the points of each ring of a path, the first one again at its end."""
    assert _RING.sub("", path) == ""
    found = []
    for ring in _RING.finditer(path):
        x, y = map(int, ring["start"].split())
        points = [(x, y)]
        numbers = list(map(int, _STEP.findall(ring["steps"])))
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        found.append([*points, points[0]])
    return found


ONE = made("one", "A line of text.\n")
INDEXED = Indexed(ONE, contribution_of(ONE))


def entry(code: str, passages: int = 1) -> Entry:
    country = country_table()[code]
    entity = Entity("country", code, country.name)
    return Entry(entity, (INDEXED,), passages, passages)


def mapped(*entries: Entry, root: str = "./") -> WorldMap:
    addresses = {one.who: f"countries/{one.entity.key}/" for one in entries}
    found = world_map(entries, addresses, root)
    assert found is not None
    return found


def test_every_shape_is_a_country_s():
    assert set(shapes().paths) - {NO_COUNTRY} <= set(country_table())
    assert {"us", "fr", "no", "tw", "xk", "eh", "ps", "ua"} <= set(shapes().paths)
    assert not {"aq", "sg", "mt", "bh", "mv"} & set(shapes().paths)


def test_no_shape_has_a_streak():
    drawn = shapes()
    for code, path in drawn.paths.items():
        for ring in rings(path):
            assert len(ring) > 3, code
            for (x, y), (next_x, next_y) in pairwise(ring):
                assert 0 <= x <= drawn.width, code
                assert 0 <= y <= drawn.height, code
                assert abs(next_x - x) < drawn.width / 4, code
                assert abs(next_y - y) < drawn.height / 4, code


@pytest.mark.parametrize(
    ("code", "left", "right"),
    [
        ("us", 0.02, 0.34),  # Hawaii to Maine
        ("ru", 0.5, 0.87),  # no part of it beyond the other edge of the map
        ("fr", 0.28, 0.52),  # with Guiana
        ("nz", 0.8, 1.0),
        ("za", 0.48, 0.56),
    ],
)
def test_countries_lie_where_they_belong(code: str, left: float, right: float):
    across = [x / shapes().width for ring in rings(shapes().paths[code]) for x, _ in ring]
    assert left < min(across) < max(across) < right


def test_all_countries_together_stay_light():
    everyone = [entry(row.key, 12) for row in country_table().values() if row.status != "territory"]
    found = mapped(*everyone, root="../../")
    assert len(found.picture.encode()) < 60_000
    assert [place.entry for place in found.small] == sorted(
        (one for one in everyone if one.entity.key not in shapes().paths),
        key=lambda one: one.entity.name,
    )


def test_small_states_are_those_named_without_a_shape():
    found = mapped(entry("sg", 3), entry("mx"), entry("mt", 9), root="../")
    assert [place.entry.entity.key for place in found.small] == ["mt", "sg"]
    assert re.findall(r'href="([^"]*)"', found.picture) == ["../countries/mx/"]
    assert "<title>Mexico&#58; 1 passage in 1 document</title>" in found.picture


def test_what_no_document_names_is_quiet_land():
    found = mapped(entry("mx"))
    assert found.picture.count("<a ") == 1
    assert found.picture.count("<path") == 2
    drawn = re.findall(r'd="([^"]*)"', found.picture)
    assert sum(map(len, drawn)) == sum(map(len, shapes().paths.values()))


def test_no_country_no_map():
    assert world_map((), {}, "./") is None


@pytest.mark.parametrize(
    ("counts", "limits", "words"),
    [
        ([1], [1], ["1"]),
        ([1, 1, 1], [1], ["1"]),
        ([7, 8], [5], ["5 or more"]),
        ([1, 2], [1, 2], ["1", "2"]),
        ([1, 1, 1, 1, 2, 4, 9, 13, 37], [1, 2, 5, 10, 20], None),
        ([5000, 400, 90, 80, 33, 20, 12, 8, 3, 1], [1, 10, 20, 50, 5000], None),
    ],
)
def test_classes(counts: list[int], limits: list[int], words: list[str] | None):
    assert class_limits(counts) == limits
    if words:
        codes = ("mx", "ca", "us")
        found = mapped(*(entry(code, count) for code, count in zip(codes, counts, strict=False)))
        assert [said for _, said in found.key] == words


def test_links_of_the_built_site_lead_on(built: Built):
    for page in ("index.html", "countries/index.html"):
        html = (built.site / page).read_text("utf-8")
        picture = re.search(r'<svg class="world".*?</svg>', html, re.DOTALL)
        assert picture
        links = re.findall(r'href="([^"]*)"', picture[0])
        folder = (built.site / page).parent
        targets = {(folder / link / "index.html").resolve() for link in links}
        assert all(target.is_file() for target in targets)
        known = {Path(path).resolve() for path in built.site.glob("countries/??/index.html")}
        named = {path for path in known if path.parent.name in shapes().paths}
        assert targets == named
        assert picture[0].count("tabindex") == 0
