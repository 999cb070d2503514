"""An edit of one document changes few files: as many as it names things, however long their lists.

The collections are invented, and pages short, so that a list has dozens of them.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from builder.editorial import Editorial
from builder.exporting import parts
from builder.html import (
    addresses,
    data_links,
    document_parts,
    documents_page,
    entity_lists,
    figure_parts,
    figures_page,
    measure_pages,
    timeline_page,
)
from builder.index import build_index
from builder.measures import Measure
from builder.measuring.rules import Rule
from builder.measuring.words import Words
from builder.model import Annotated, Entity, Figure, Known
from builder.pages import pages
from builder.settings import Settings
from made import made, stated

ROWS = 12
SETTINGS = Settings(Path("/c"), None, Path("/c/content"), Path("/c/seeds"), Path("/c/site"))
PLACES = {"mx": "Mexico", "pe": "Peru", "fj": "Fiji", "ke": "Kenya", "no": "Norway", "cl": "Chile"}
KNOWN = {
    "program": [
        Entity("program", f"plan-{number}", f"Plan {name}")
        for number, name in enumerate(("Anchor", "Beacon", "Cutter", "Dinghy"))
    ]
}
BOATS = Figure(10, None, None, "exact", "=", "count", of="boats")
MEASURE = Measure("boats", "Boats", "Of boats.", ("count",), (Rule(of=Words(any=("boats",))),))


@pytest.fixture(autouse=True)
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (documents_page, entity_lists, figures_page, measure_pages, timeline_page):
        monkeypatch.setattr(module, "ROWS", ROWS)
    monkeypatch.setattr(addresses, "CANDIDATE_ROWS", ROWS)
    monkeypatch.setattr(data_links, "DOCUMENTS", 10)
    monkeypatch.setattr(parts, "DOCUMENTS", ROWS)
    monkeypatch.setattr(figure_parts, "CLAIMS", ROWS)
    monkeypatch.setattr(document_parts, "ROWS", ROWS)


def note(number: int, random: Random) -> Annotated:
    """Return a document that names some places, plans and people, counts boats and tells a day."""
    places = random.sample(sorted(PLACES), 2)
    plan = random.choice(KNOWN["program"])
    name = f"Pilot {random.randrange(200)}"
    boats = random.randint(10, 99)
    day = f"{random.choice((2019, 2021, 2022))}-{random.randint(1, 12):02}"
    lines = [f"Note {number} was read in the harbor."]
    lines += [f"{PLACES[key]} asked for the {plan.name}, and {name} agreed." for key in places]
    lines += [f"They have {boats} boats since {day}."]
    dated = (
        f"{random.choice((2020, 2023, 2024))}-{random.randint(1, 12):02}-{random.randint(1, 28)}"
    )
    return written(
        f"note-{number}",
        lines,
        places,
        plan,
        name,
        boats,
        day,
        date=stated(dated) if number % 15 else Known(None, "unknown"),
    )


def written(
    slug: str,
    lines: Sequence[str],
    places: Sequence[str],
    plan: Entity,
    name: str,
    boats: int,
    day: str,
    **metadata: Known,
) -> Annotated:
    key = name.lower().replace(" ", "-")
    named = [("country", one, PLACES[one]) for one in places]
    named += [("program", plan.key, plan.name), ("person", key, name), ("date", day, day)]
    figure = ("figure", "", f"{boats} boats", replace(BOATS, value=float(boats)))
    # The words of each are those of its document alone, so that a document is made anew alike.
    title = stated(f"Note {slug.partition('-')[2]} on harbors")
    return made(slug, "\n\n".join(lines), *named, figure, title=title, **metadata)


def collection(count: int) -> list[Annotated]:
    return [note(number, Random(number)) for number in range(count)]


def files_of(documents: Sequence[Annotated]) -> dict[str, bytes]:
    return dict(pages(build_index(documents, KNOWN, [MEASURE]), Editorial(), SETTINGS))


def replaced(one: Annotated, number: int, random: Random) -> Annotated:
    """Return a document that names other things under the same slug, title and date."""
    other = note(1000 + random.randrange(1000), random)
    names = [(mention.kind, mention.entity, mention.surface) for mention in other.mentions]
    figures = [("figure", "", m.surface, m.figure) for m in other.mentions if m.figure]
    plain = [named for named in dict.fromkeys(names) if named[0] != "figure"]
    text = other.document.source.text.replace(f"Note {other.document.slug[5:]}", f"Note {number}")
    metadata = one.document.metadata
    return made(one.document.slug, text, *plain, *figures, title=metadata.title, date=metadata.date)


def is_of_all(path: str) -> bool:
    return not path.startswith("documents/note-")


# Files on the collection as a whole, and for each thing that a document names before or after: the
# first page of its list and the page with the document, their neighbours, and the data of each.
OF_ALL, OF_EACH = 55, 14


@pytest.mark.parametrize("count", [40, 160])
def test_an_edit_changes_few_files_however_long_the_lists(count: int) -> None:
    documents, random = collection(count), Random(count)
    before = files_of(documents)
    for _ in range(2):
        at = random.randrange(count)
        edits = (
            [],
            [documents[at], note(count + at, random)],
            [replaced(documents[at], at, random)],
        )
        for instead in edits:
            after = files_of([*documents[:at], *instead, *documents[at + 1 :]])
            changed = {path for path, _ in before.items() ^ after.items() if is_of_all(path)}
            touched = (documents[at], *instead)
            named = {(one.kind, one.entity) for some in touched for one in some.mentions}
            assert 0 < len(changed) <= OF_ALL + OF_EACH * len(named)


LONG = ("countries/mx/from_", "figures/from_", "timeline/from_", "documents/from_")


def test_pages_after_the_first_stay_when_a_document_comes() -> None:
    documents = collection(150)
    before, after = files_of(documents), files_of([*documents, note(150, Random(150))])
    further = [path for path in before if path.startswith(LONG) and path.endswith("index.md")]
    assert len(further) > 50
    assert sum(before[path] != after.get(path) for path in further) < 15
