"""A collection that is edited between builds, and what tells a warm build from a cold one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from builder.collection import open_store
from builder.kept_files import files_of_bytes
from builder.publishing.writing import read_list
from builder.settings import Settings, read_settings
from builder.site import Run, build, build_pages
from builder.site_files import SOURCE
from everything import CATALOGUE, MANIFEST, NOTE, PLAN
from invented import Voice

FIRST_DAY, SECOND_DAY, THIS_DAY = "1767225600", "1796169600", "1804118400"
DOCUMENTS = 28
CONFIG = """site_name: Harbor Reader
site_url: https://www.example.org/harbors/
plugins:
- search
- collection: {jobs: 1}
"""
PLACES = "Mexico Peru Belgium Malta Colombia Tuvalu Canada China India Ecuador".split()
BODIES = (
    "the Container Watch Program",
    "the Drug Enforcement Administration",
    "the Harbor Light Initiative",
    "the Lamplighters Task Force",
    "President Ada Quill",
    "Minister Bruno Marsh",
)
MORE = {
    "twins_a": "The Same Title\n\nThe same beginning stands here.\n\nMexico named 12 ports.\n",
    "twins_b": "The Same Title\n\nThe same beginning stands here.\n\nPeru named 14 ports.\n",
    "islas": "Los faros del norte\n\nEl puerto de Veracruz recibirá doscientos faros nuevos antes"
    " de que termine el año, según dijo el ministro de los puertos.\n\nMéxico pagará la mitad.\n",
    "links": "A Page of Links\n\nThe plan of Peru stands at https://www.state.gov/plan and at"
    " https://www.example.org/plan since May 3, 2021.\n",
}
MORE["asked"] = "A Text to Ask About\n\nThe Harbor Light Initiative is old.\n\n" + "\n\n".join(
    f"In 20{year}, Lampwork gave {year * 3} lamps to the pilots of port {year}."
    for year in range(10, 18)
)
FRONT = """---
title: {title}
date: "{date}"
issuer: Ministry of Harbors
type: report
---
"""


def _text(number: int) -> str:
    """Return an invented document; every third has a front matter, every seventh no date at all."""
    random = Random(number)
    voice = Voice(random)
    title = f"Report {number} on {voice.say('{Topic}')}"
    front = FRONT.format(title=title, date=f"20{10 + number % 9}-0{1 + number % 4}-1{number % 3}")
    parts = [title]
    for _ in range(4):
        place, other = random.sample(PLACES, 2)
        body = random.choice(BODIES)
        parts.append(
            f"In {random.randint(2015, 2025)}, {place} and {body} counted"
            f" {random.randint(20, 900)} countries, ports and {random.randint(2, 80)} percent more"
            f" ships of {other}. {voice.sentence()}"
        )
        parts.append(f"In 2021, {random.randint(20, 90)} countries had joined the initiative.")
    return (front if number % 7 else "") + "\n\n".join(parts) + "\n"


def write_collection(root: Path) -> Settings:
    """Write a collection that has not been built."""
    (root / "seeds/catalogue").mkdir(parents=True)
    (root / "mkdocs.yml").write_text(CONFIG)
    settings = read_settings(root / "mkdocs.yml")
    texts = {"plan": PLAN, "ropes": NOTE, "lamps": NOTE.replace("Ropes", "Lamps"), **MORE}
    texts |= {f"report_{number}": _text(number) for number in range(DOCUMENTS)}
    for name, text in texts.items():
        (settings.seeds / f"{name}.txt").write_text(text, encoding="utf-8")
    for name, entries in CATALOGUE.items():
        (settings.seeds / f"catalogue/{name}.yaml").write_text(entries, encoding="utf-8")
    (settings.seeds / "manifest.yaml").write_text(MANIFEST.partition("  log.txt")[0])
    return settings


@contextmanager
def on_day(epoch: str) -> Iterator[None]:
    """Let all builds within be of one day and of one program, whatever happens to its files."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", epoch)
        patch.delenv("SITE_URL", raising=False)
        patch.setattr("builder.storing.code_version._digest", lambda *_: "one")
        yield


def tasks_of(settings: Settings) -> Mapping[str, str]:
    """Return which task made each file of the content folder, as the cache tells."""
    made = open_store(settings).results("page ")
    return {
        path: name.removeprefix("page ")
        for name, _, files in made
        for path in files_of_bytes(files).paths
    }


def files_of(folder: Path) -> Mapping[str, bytes]:
    """Return all files below a folder, by path."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def _without_made(root: Path, target: Path) -> Settings:
    """Copy a collection without what builds have made there, but for what is on record.

    What a source was before it was edited, a build knows from the copy that was published.
    """
    content = read_settings(root / "mkdocs.yml").content
    made = {
        str(content / path) for path in read_list(content) if not path.endswith(f"/{SOURCE}")
    } | {str(root / ".cache"), str(root / "site")}
    shutil.copytree(
        root,
        target,
        ignore=lambda folder, names: [name for name in names if f"{folder}/{name}" in made],
    )
    return read_settings(target / "mkdocs.yml")


@dataclass
class Warm:
    """A collection that is built again and again, beside cold builds of each of its states."""

    settings: Settings
    rendered: bool = False

    def build(self, settings: Settings) -> bool:
        """Build a collection; return whether that went well."""
        outcome = (build if self.rendered else build_pages)(settings, Run())
        return not outcome.failed

    def edited(self, edit: Callable[[Settings], None]) -> bool:
        """Edit the collection, and build it without a look at what came of it."""
        edit(self.settings)
        self.settings = read_settings(self.settings.root / "mkdocs.yml")
        return self.build(self.settings)

    def differences(self, edit: Callable[[Settings], None]) -> list[str]:
        """Edit the collection; return where its next build differs from a cold one."""
        edit(self.settings)
        root = self.settings.root
        self.settings = read_settings(root / "mkdocs.yml")
        target = root.parent / "cold"
        shutil.rmtree(target, ignore_errors=True)
        cold = _without_made(root, target)
        went = self.build(self.settings), self.build(cold)
        if went[0] != went[1]:
            return [f"the warm build went {went[0]}, the cold one {went[1]}"]
        return list(differing(self.settings, cold))


def differing(warm: Settings, cold: Settings) -> Iterator[str]:
    """Yield each file in which two builds of one state differ, with the task that makes it."""
    tasks = {**tasks_of(cold), **tasks_of(warm)}
    for folder in ("content", "seeds", "site"):
        one, other = files_of(warm.root / folder), files_of(cold.root / folder)
        for path in sorted(one.keys() | other.keys()):
            if one.get(path) != other.get(path):
                about = "only cold" if path not in one else "only warm" if path not in other else ""
                yield f"{folder}/{path} {about or _first(one[path], other[path])}" + (
                    f" (task {tasks.get(path)})" if folder == "content" else ""
                )


def _first(one: bytes, other: bytes) -> str:
    """Return what stands where two files first differ."""
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    return f"{one[max(0, at - 30) : at + 40]!r} is {other[max(0, at - 30) : at + 40]!r}"
