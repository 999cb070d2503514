"""Cards: a small data file beside the page of each entity that has one."""

from __future__ import annotations

import json
from pathlib import Path

from builder.catalogue import Catalogue
from builder.countries import country_entities
from builder.editorial import check_editorial
from builder.html.cards import card
from builder.html.shown import shown
from builder.index import build_index
from builder.model import Entity, Fact
from builder.naming.entries import Entry
from made import made

HARBOR = Entity(
    "program", "harbor-watch", "Harbor <Watch>", about="Watches harbors.", facts=(Fact("a", "b"),)
)
QUAY = Entity("program", "quay-fund", "Quay Fund", facts=(Fact("Start", "2007"), Fact("End", "x")))


def told() -> dict[str, dict[str, object]]:
    text = "Harbor Watch asked Harbor Watch for Lamps.\n\nThe Quay Fund and Harbor Watch paid."
    named = (
        ("program", "harbor-watch", "Harbor Watch"),
        ("program", "quay-fund", "Quay Fund"),
        ("country", "mx", "paid"),
        ("organization", "lamps", "Lamps"),
    )
    entities = {"program": (HARBOR, QUAY), "country": tuple(country_entities().values())}
    index = build_index([made("one", text, *named), made("two", text, *named)], entities)
    catalogue = Catalogue({"program": (Entry(HARBOR), Entry(QUAY))})
    site = shown(index, check_editorial(catalogue, index.documents))
    entries = [one for some in site.index.entries.values() for one in some]
    return {path: json.loads(data) for path, data in map(card, entries)}


def test_a_card_tells_what_an_entity_is_and_how_often_it_is_named() -> None:
    card = told()["programs/harbor-watch/card.json"]
    assert (card["kind"], card["name"]) == ("program", "Harbor <Watch>")
    assert card["line"] == "Watches harbors."
    assert (card["mentions"], card["passages"], card["documents"]) == (6, 4, 2)


def test_a_card_without_a_description_tells_the_first_fact() -> None:
    assert told()["programs/quay-fund/card.json"]["line"] == "Start: 2007"
    assert str(told()["countries/mx/card.json"]["line"]).startswith("Region: ")


def test_a_candidate_has_no_card() -> None:
    assert {Path(path).parent.as_posix() for path in told()} == {
        "programs/harbor-watch",
        "programs/quay-fund",
        "countries/mx",
    }
