"""An invented collection of two documents, `ports` and `farms`, whose sources change and move."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builder.cli import main
from builder.ledger_file import parse_ledger
from builder.settings import Settings

PARAGRAPHS = (
    "The ministers of eleven countries met in Antwerp to speak about the safety of harbors.",
    "They agreed to inspect more than 4,000 containers a month at the three largest terminals.",
    "A new office in Lisbon will gather what the inspectors find and share it with all members.",
    "The cost of the first year is put at $12 million, half of it paid by the host countries.",
    "Customs officers are to be trained in reading the papers of goods that travel by rail.",
    "No decision was taken on the inspection of ships that carry grain or timber only.",
    "The next meeting is to be held in Valparaiso when the first figures have been published.",
    "Observers from the coast guards of four more countries followed the talks in the hall.",
)
OTHERS = (
    "Farmers in the northern valleys will receive seed for potatoes before the rains begin.",
    "The agency counted 310 villages in which coca was replaced by coffee or cacao last year.",
    "Roads to the markets remain the greatest obstacle, as every survey since 2014 has shown.",
    "Loans of up to $900 are given to families who plant trees on slopes that were cleared.",
    "A school for agronomists opens in spring with room for sixty students from the province.",
    "The program is paid by two donors and ends after six years unless it is renewed.",
)


def text(*paragraphs: str, title: str = "Harbor Safety Plan") -> str:
    return "\n\n".join((title, *paragraphs)) + "\n"


class Collection:
    """A collection of two documents, `ports` and `farms`, and the commands run on it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def run(self, *arguments: str, code: int | None = 0) -> Result:
        before = Path.cwd()
        os.chdir(self.settings.root)
        try:
            result = CliRunner().invoke(main, arguments)
        finally:
            os.chdir(before)
        assert code is None or result.exit_code == code, result.output
        return result

    def pages(self, code: int = 0) -> str:
        return self.run("pages", code=code).stderr

    def write(self, name: str, content: str) -> None:
        (self.settings.seeds / name).write_text(content, encoding="utf-8")

    def ledger(self, slug: str) -> str:
        return (self.settings.anchors / f"{slug}.txt").read_text("utf-8")

    def page(self, slug: str) -> str:
        folder = self.settings.content / "documents" / slug
        found = [folder / "index.md", folder / "index.html"]
        return next(file for file in found if file.is_file()).read_text("utf-8")

    def texts(self, slug: str) -> dict[str, str]:
        records = parse_ledger(self.ledger(slug), slug).records
        return {record.id: record.text for record in records if record.get("gone") is None}

    def files(self) -> dict[str, bytes]:
        files = self.settings.root.rglob("*")
        return {str(file): file.read_bytes() for file in files if file.is_file()}

    def state(self) -> dict[str, bytes]:
        """Return every file but what is kept for the next run to be quicker."""
        cache = str(self.settings.root / ".cache")
        return {name: data for name, data in self.files().items() if not name.startswith(cache)}


def git(here: Collection, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=here.settings.root, check=True, capture_output=True)


_FILES: dict[str, bytes] = {}


def published(small: Callable[..., Settings]) -> Collection:
    """Return the collection, with its addresses given out; built once, then copied."""
    here = Collection(
        small(ports=text(*PARAGRAPHS), farms=text(*OTHERS, title="Crops for the Valleys"))
    )
    root = here.settings.root
    if not _FILES:
        here.pages()
        made = here.files().items()
        _FILES.update({str(Path(name).relative_to(root)): data for name, data in made})
    for name, data in _FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return here


@pytest.fixture
def here(small: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch) -> Collection:
    """Return the collection as it was published, on one day."""
    on_one_day(monkeypatch)
    return published(small)


def on_one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every run be on the second of March 2026."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772442000")
