"""What editors do to a collection between two builds, each as a function of its settings."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

from builder.ledger import remove
from builder.publishing.writing import read_list
from builder.settings import Settings
from warm import BODIES, CONFIG, PLACES

_ARCHIVES = """archives:
  https://www.state.gov/plan:
    archive: https://archive.example.org/1
    checked: "2026-02-03"
    status: works
"""

Edit = Callable[[Settings], None]
_NEW = "A New Report on Lamps\n\nIn 2024, Peru counted 31 countries with lamps.\n\nMalta has 9.\n"
_TODAY = date(2027, 3, 4)


def _said(name: str, old: str, new: str) -> Edit:
    """Return an edit that puts other words into a file below `seeds/`, at their first place."""

    def edit(settings: Settings) -> None:
        file = settings.seeds / name
        text = file.read_text("utf-8") if file.is_file() else ""
        assert old in text, (name, old)
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def _added(name: str, text: str) -> Edit:
    """Return an edit that adds lines to a file below `seeds/`, or makes it."""

    def edit(settings: Settings) -> None:
        file = settings.seeds / name
        before = file.read_text("utf-8") if file.is_file() else ""
        file.write_text(before + text, encoding="utf-8")

    return edit


def _configured(old: str, new: str) -> Edit:
    def edit(settings: Settings) -> None:
        file = settings.root / "mkdocs.yml"
        text = file.read_text("utf-8")
        assert old in text, old
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def _removed(name: str) -> Edit:
    """Return an edit that removes a document, and accepts that."""

    def edit(settings: Settings) -> None:
        slug = next(
            ledger.stem
            for ledger in settings.anchors.glob("*.txt")
            if f"{name}.txt" in ledger.read_text("utf-8")
        )
        (settings.seeds / f"{name}.txt").unlink()
        ledger = settings.anchors / f"{slug}.txt"
        text = remove(ledger.read_text("utf-8"), today=_TODAY, path=ledger.name)
        ledger.write_text(text, encoding="utf-8")

    return edit


def _passages(name: str, change: Callable[[list[str]], list[str]]) -> Edit:
    """Return an edit of the passages of a document, its first one being its title."""

    def edit(settings: Settings) -> None:
        file = settings.seeds / f"{name}.txt"
        passages = file.read_text("utf-8").rstrip("\n").split("\n\n")
        file.write_text("\n\n".join(change(passages)) + "\n", encoding="utf-8")

    return edit


def _generated(path: str, change: Callable[[Path], object]) -> Edit:
    """Return an edit of a generated file, which the next build must undo."""

    def edit(settings: Settings) -> None:
        assert path in read_list(settings.content), path
        change(settings.content / path)

    return edit


def _by_hand(path: str, text: str) -> Edit:
    def edit(settings: Settings) -> None:
        (settings.content / path).parent.mkdir(parents=True, exist_ok=True)
        (settings.content / path).write_text(text, encoding="utf-8")

    return edit


_PUBLISHED: list[str] = []  # the passages of the document of which the ledger asks


def _another_text(passages: list[str]) -> list[str]:
    _PUBLISHED[:] = passages
    return [passages[0], "Nothing of what was said stands here any more.", "It was mistaken."]


def _touched(settings: Settings) -> None:
    for file in settings.seeds.rglob("*"):
        if file.is_file():
            file.touch()


def _configured_as_before(settings: Settings) -> None:
    (settings.root / "mkdocs.yml").write_text(CONFIG)


def _nothing(_: Settings) -> None:
    pass


_MEASURES, _PROGRAMS = "catalogue/measures.yaml", "catalogue/programs.yaml"

EDITS: dict[str, Edit] = {
    "nothing": _nothing,
    "a word": _said("report_3.txt", "counted", "numbered"),
    "a number in a figure": _said("report_5.txt", "percent more", "percent fewer"),
    "a passage more": _passages(
        "report_8", lambda all_: [*all_[:2], "Malta has 40 lamps.", *all_[2:]]
    ),
    "a passage less": _passages("report_9", lambda all_: [*all_[:3], *all_[4:]]),
    "a passage moved": _passages("report_10", lambda all_: [*all_[:1], *all_[2:], all_[1]]),
    "a new candidate": _said("report_4.txt", "ships of", "ships of the Silent Buoy Program and of"),
    "its first mention is another's": _said(
        "report_2.txt", "ships of", "ships of the Silent Buoy Program and of"
    ),
    "the last mention of a candidate": _passages(
        "report_4",
        lambda all_: [text.replace("the Silent Buoy Program and of ", "") for text in all_],
    ),
    "a person more": _said("report_6.txt", "In 2021,", "Minister Alba Farmar said that in 2021,"),
    "the newest document": _added("new.txt", f'---\ndate: "2027-02-03"\n---\n{_NEW}'),
    "the oldest document": _added(
        "old.txt", f'---\ndate: "1989-02-03"\n---\n{_NEW.replace("New", "Old")}'
    ),
    "a document of a day that has one": _added(
        "middle.txt", f'---\ndate: "2024-03-04"\n---\n{_NEW.replace("New", "Further")}'
    ),
    "an undated document": _added("undated.txt", _NEW.replace("New", "Timeless")),
    "a document of the same title": _added("again.txt", _NEW.replace("2024", "2023")),
    "the same beginning no more": _said("twins_a.txt", "The same beginning", "Another beginning"),
    "the same title no more": _said("twins_a.txt", "The Same Title", "Not the Same Title"),
    "a document removed": _removed("report_11"),
    "a document renamed": _added("manifest.yaml", "  report_12.txt:\n    slug: twelve\n"),
    "the plan renamed": _said("manifest.yaml", "slug: harbor-plan", "slug: plan-of-harbors"),
    "the renamed plan quoted": _passages(
        "plan", lambda all_: [all_[0], "Few lamps burn today.", *all_[1:]]
    ),
    "the renamed plan has another title": _added(
        "manifest.yaml",
        "  report_13.txt:\n    title: {value: Thirteen, provenance: supplied, how: Its number.}\n",
    ),
    "front matter: another title": _said("report_15.txt", "title: Report", "title: Renamed Report"),
    "front matter: another date": _said("report_16.txt", 'date: "201', 'date: "199'),
    "front matter: another issuer": _said("report_17.txt", "Ministry of Harbors", "Bureau of Silt"),
    "front matter: another type": _said("report_18.txt", "type: report", "type: memo"),
    "front matter: no date": _passages(
        "report_19", lambda all_: [re.sub(r"date: .*\n", "", all_[0]), *all_[1:]]
    ),
    "manifest: another address": _said("manifest.yaml", "example.org/plan", "state.gov/plan"),
    "archives": _added("archives.yaml", _ARCHIVES),
    "an entry": _added(
        _PROGRAMS,
        "- key: container-watch\n  name: Container Watch Program\n  sort: program\n"
        "  about: A watch.\n"
        "  examples: [The Container Watch Program began.]\n  not: [They watch a container.]\n",
    ),
    "an alias": _said(
        _PROGRAMS, "  sort: initiative\n", "  sort: initiative\n  aliases: [Lamp Initiative]\n"
    ),
    "a link": _said(
        _PROGRAMS, "  about: An initiative", "  links: {Wikidata: Q42}\n  about: An initiative"
    ),
    "another kind of program": _said(_PROGRAMS, "sort: initiative", "sort: coalition"),
    "a fact": _said(
        _PROGRAMS,
        "  - label: Home page\n",
        "  - label: Cost\n    value: much\n    source: {document: harbor-plan, quote: costs more}\n"
        "  - label: Home page\n",
    ),
    "a fact that a document says which does not name the entity": _said(
        _PROGRAMS,
        "  - label: Home page\n",
        "  - label: Lamps\n    value: many\n"
        "    source: {document: islas, quote: doscientos faros nuevos}\n"
        "  - label: Home page\n",
    ),
    "that document renamed": _added("manifest.yaml", "  islas.txt:\n    slug: faros\n"),
    "that document changed": _passages(
        "islas", lambda all_: [all_[0], "Hay pocos faros en el norte del puerto.", *all_[1:]]
    ),
    "a dated fact": _said(
        _PROGRAMS, "label: Cost\n    value: much", 'label: Since\n    value: "2022-05-06"'
    ),
    "an entity renamed": _said(
        _PROGRAMS,
        "name: Container Watch Program",
        "name: Watch of Containers\n  aliases: [Container Watch Program]",
    ),
    "a person described": _said("catalogue/people.yaml", "an invented country", "another country"),
    "a misprint": _added(
        "catalogue/misprints.yaml", "- {printed: oranjes, reading: oranges, document: twelve}\n"
    ),
    "a misprint read otherwise": _said(
        "catalogue/misprints.yaml", "reading: pier", "reading: peer"
    ),
    "a candidate accepted": _added(
        "catalogue/review.yaml",
        "review:\n- {accept: Lamplighters Task Force, kind: organization, sort: agency}\n",
    ),
    "a candidate rejected": _added(
        "catalogue/review.yaml", "- {never: Silent Buoy Program, kind: program}\n"
    ),
    "a measure's name": _said(_MEASURES, "name: Countries of", "name: Members of"),
    "a measure's rule": _said(_MEASURES, "any: [countr*]", "any: [countr*, lamp*]"),
    "a measure's exclusion": _said(
        _MEASURES, "  examples:", "  exclude: ['ropes#p3-f1']\n  examples:"
    ),
    "one claim of a measure for another of its document": _said(
        _MEASURES,
        "  exclude: ['ropes#p3-f1']\n",
        "  exclude: ['ropes#p3-f1', 'lamps#p3-f1']\n  include: ['lamps#p4-f1']\n",
    ),
    "another measure": _added(
        _MEASURES,
        "- key: shares\n  name: Shares\n  about: How many percent more.\n  units: [percent]\n"
        "  rules:\n  - {sentence: {any: [ships]}}\n"
        "  examples: ['Peru counted [31 percent] more ships.']\n"
        "  not: ['They hold 31 percent.']\n",
    ),
    "a change that the ledger asks about": _passages("asked", _another_text),
    "an alias that only the published text has": _said(
        _PROGRAMS, "aliases: [Lamp Initiative]", "aliases: [Lamp Initiative, Lampwork]"
    ),
    "a link of it": _said(_PROGRAMS, "Wikidata: Q42", "Wikidata: Q43"),
    "a document more meanwhile": _added("meanwhile.txt", _NEW.replace("New", "Meanwhile")),
    "the change taken back": _passages("asked", lambda all_: _PUBLISHED),
    "the site's name": _configured("site_name: Harbor Reader", "site_name: Reader of Harbors"),
    "the site's address": _configured("www.example.org/harbors", "harbors.example.org"),
    "no address": _configured("site_url: https://harbors.example.org/\n", ""),
    "a license": _configured("jobs: 1", "jobs: 1, license: CC0-1.0"),
    "candidates": _configured("jobs: 1", "jobs: 1, candidates_from: 3"),
    "a large search": _configured("jobs: 1", "jobs: 1, pagefind_from: 5"),
    "a small search": _configured("pagefind_from: 5", "pagefind_from: 500"),
    "a page by hand": _by_hand(
        "about/us.md", "# About us\n\nWe read https://www.state.gov/plan.\n"
    ),
    "that page changed": _by_hand("about/us.md", "# About us all\n\nWe read.\n"),
    "a generated page deleted": _generated("documents/index.md", Path.unlink),
    "a generated file deleted": _generated("data/figures.csv", Path.unlink),
    "touched": _touched,
    "the configuration of before": _configured_as_before,
}
"""A sequence: later edits go on where earlier ones have been."""

LAST_RENDERED = "a change that the ledger asks about"
"""The edit before which the list ends where each is rendered as well."""
QUICK = (
    "a number in a figure",
    "a passage moved",
    "a new candidate",
    "a document of a day that has one",
    "the plan renamed",
    "the renamed plan quoted",
    "a link",
    "a measure's name",
    "front matter: another title",
)


def random_edit(random: Random, settings: Settings) -> Path:
    """Change one document at random; return its file."""
    files = sorted(settings.seeds.glob("report_*.txt"))
    file = random.choice(files)
    passages = file.read_text("utf-8").rstrip("\n").split("\n\n")
    at = random.randrange(1, len(passages))
    place, body = random.choice(PLACES), random.choice(BODIES)
    match random.randrange(8):
        case 0:
            passages.insert(at, f"{place} gave {random.randint(3, 99)} lamps to {body}.")
        case 1 if len(passages) > 3:
            del passages[at]
        case 2:
            passages.append(passages.pop(at))
        case 3:
            passages[at] = re.sub(r"\d\d+", str(random.randint(10, 2030)), passages[at], count=1)
        case 4:
            passages[at] += f" So did {body}."
        case 5:
            passages[at] = passages[at].replace(place, random.choice(PLACES))
        case 6:
            name = f"the {random.choice(('Amber', 'Cobalt', 'Ivory'))} Buoy Program"
            passages[at] += f" {name[0].upper()}{name[1:]} began."
        case _:
            passages[0] = passages[0].replace("Report", "Study", 1)
    file.write_text("\n\n".join(passages) + "\n", encoding="utf-8")
    return file
