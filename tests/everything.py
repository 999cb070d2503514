"""An invented collection that has a page of every kind: edited, moved and removed documents."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from builder.ledger import remove
from builder.settings import Settings, read_settings
from builder.site import Run, build
from page_kinds import one_of_each
from site_fixtures import Built, served

FIRST_DAY, SECOND_DAY = "1767225600", "1796169600"  # 1 January and 2 December 2026
PLAN = """FACT SHEET: A PLAN FOR SAFER HARBORS

## What was agreed

The ministers of 31 countries agreed in Vienna on March 3, 2024 to join the Harbor Light Initiative.

Nobody knows who proposed it first, or why it took nine years to be agreed upon by so many.

President Ada Quill thanked the Drug Enforcement Administration and the Ministry of Lanterns:

> “Nothing is as patient as silt, and nothing as expensive as dredging it in a hurry.”

- Mexico and Colombia will inspect more than 4,000 containers a month.
- The United States has seized 26,500 pounds of cocaine and 1,200 kilograms of fentanyl.
- Belgium, Malta, Tuvalu and the Netherlands will train 60 percent of their pilots by 2027.

## What it will cost

The Harbor Light Initiative costs $1.2 billion, under 10% of it in the first year.

| Country | Scanners | Cost |
|---------|----------|------|
| Mexico | 40 | $12 million |
| Peru | 60 | $18.5 million |

The Container Watch Program and the Lamplighters Task Force report on it at
https://www.example.org/a/very/long/address/without/any/place/where/a/line/could/be/broken/in/two.

1. First the lights of the northern peir.
2. Then the buoys, at a cost of about $300,000.

El puerto de Veracruz recibirá doscientos faros nuevos antes de que termine el año, según dijo.

Scroll to Top
"""
EDITS = {
    "Nobody knows who proposed it first, or why it took nine years to be agreed upon by so many.\n"
    "\n": "",
    "costs $1.2 billion": "costs more than $1.4 billion",
    "will train 60 percent": "will train 65 percent",
}
NOTE = """A Note on Ropes

Ropes are made of hemp in the harbors of Mexico, and last nine years.

In 2022, 29 countries had joined the Harbor Light Initiative.

The Container Watch Program counted 310 of them in Peru last year.
"""
LOG = "\n\n".join(
    f"On day {day} the pilots of Mexico counted {day * 7 + 2} crates of oranges at quay {day}."
    for day in range(1, 301)
)
HOSTILE = """<b>Signs</b> & "marks" 'of' {{ every }} [sort](javascript:alert(1))

<script>alert(1)</script> <img src=x onerror=alert(2)> was written on a crate from Peru. \u202eabc

"""
CATALOGUE = {
    "programs": """programs:
- key: harbor-light-initiative
  name: Harbor Light Initiative
  sort: initiative
  about: An initiative for lights in harbors.
  facts:
  - label: Agreed
    value: in Vienna
    source: {document: harbor-plan, quote: agreed in Vienna}
  - label: Home page
    value: an address
    source: {url: "https://www.example.org/light"}
  examples: [The Harbor Light Initiative began.]
  not: [They light the harbor.]
""",
    "people": """people:
- key: ada-quill
  name: Ada Quill
  short: [Quill]
  titles: [President]
  about: President of an invented country.
  examples: [President Ada Quill]
  not: [The quill]
""",
    "misprints": "misprints:\n- {printed: peir, reading: pier, document: harbor-plan}\n",
    "measures": """measures:
- key: countries-of-the-initiative
  name: Countries of the initiative
  about: How many countries have joined the initiative.
  units: [count]
  rules:
  - of: {any: [countr*]}
  examples: ["The ministers of [31] countries agreed."]
  not: [They hold 31 crates.]
""",
}
MANIFEST = """documents:
  plan.txt:
    slug: harbor-plan
    issuer: {value: Ministry of Harbors, provenance: inferred, how: From its form.}
    type: {value: fact sheet, provenance: stated}
    url: {value: "https://www.example.org/plan", provenance: supplied}
    date: {value: "2024-03-04", provenance: supplied}
  log.txt:
    title: {value: The log of the pilots, provenance: supplied, how: Its subject.}
    date: {value: "2023-05?", provenance: inferred, how: It follows the meeting.}
"""


def _write_sources(settings: Settings) -> None:
    (settings.seeds / "catalogue").mkdir(parents=True)
    texts = {"plan": PLAN, "ropes": NOTE, "lamps": NOTE.replace("Ropes", "Lamps")}
    for name, text in {**texts, "log": LOG, "signs": HOSTILE}.items():
        (settings.seeds / f"{name}.txt").write_text(text, encoding="utf-8")
    for name, entries in CATALOGUE.items():
        (settings.seeds / f"catalogue/{name}.yaml").write_text(entries, encoding="utf-8")
    (settings.seeds / "manifest.yaml").write_text(MANIFEST, encoding="utf-8")


def _edit_sources(settings: Settings) -> None:
    """Edit a document, move another, remove a third."""
    text = PLAN
    for old, new in EDITS.items():
        assert old in text
        text = text.replace(old, new)
    (settings.seeds / "plan.txt").write_text(text, encoding="utf-8")
    moved = f"{MANIFEST}  lamps.txt:\n    slug: lanterns\n"
    (settings.seeds / "manifest.yaml").write_text(moved, encoding="utf-8")
    (settings.seeds / "ropes.txt").unlink()
    ledger = settings.anchors / "a-note-on-ropes.txt"
    ledger = ledger if ledger.is_file() else settings.anchors / "ropes.txt"
    removed = remove(ledger.read_text("utf-8"), today=date(2026, 12, 2), path=ledger.name)
    ledger.write_text(removed, encoding="utf-8")


def build_everything(root: Path) -> Built:
    """Build the collection twice, with everything that happens to documents between."""
    root.mkdir(parents=True)
    (root / "mkdocs.yml").write_text("site_name: Harbor Reader\n")
    settings = read_settings(root / "mkdocs.yml")
    _write_sources(settings)
    offline = root.parent / "offline"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", FIRST_DAY)
        first = build(settings, Run())
        assert not first.failed, first.problems
        patch.setenv("SOURCE_DATE_EPOCH", SECOND_DAY)
        _edit_sources(settings)
        outcome = build(settings, Run(), offline=offline)
    assert not outcome.failed, outcome.problems
    return Built(settings, offline, outcome)


@pytest.fixture(scope="session")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A collection with a page of every kind, built once for all tests; do not change it."""
    return build_everything(tmp_path_factory.mktemp("everything") / "collection")


@pytest.fixture(scope="session")
def home(everything: Built) -> Iterator[str]:
    """The address of that collection's site, served on this machine."""
    with served(everything.site) as address:
        yield address


@pytest.fixture(scope="session")
def kinds(everything: Built) -> dict[str, str]:
    """The address in that site of a page of each kind."""
    return one_of_each(everything.site)
