"""What was pinned stays pinned: through edits, forwards, a new name, and the document's removal."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from builder.settings import Settings
from harbors import OTHERS, PARAGRAPHS, Collection, published, text

NEW = "Twelve lamps were lit along the western quay in the spring, at a cost of $1.55 billion."
HEADED = f"# Lamps of the Quay\n\n{NEW}\n\n## Ropes and Birds\n\n"
_ID = re.compile(r' (?:id="|\{#)([^"_}][^"}]*)["}]')  # ` id="p1"`, ` {#ropes}`


@pytest.fixture
def here(small: Callable[..., Settings]) -> Collection:
    return published(small)


def on(monkeypatch: pytest.MonkeyPatch, day: int) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1767225600 + day * 86400))  # from 1 January 2026


class Pins:
    """Every id that stood at an address that pins a version, by document and digits."""

    def __init__(self, here: Collection) -> None:
        self.folder = here.settings.content / "documents"
        self.seen: dict[Path, set[str]] = {}
        self.ids_before: set[str] = set()

    def take(self) -> None:
        """Note the ids of today, none of those noted before may be missing."""
        for page in sorted(self.folder.glob("*/versions/*/index.*")):
            ids = set(_ID.findall(page.read_text("utf-8")))
            lost = self.seen.get(page.parent, set()) - ids
            assert not lost, (page, lost)
            self.seen.setdefault(page.parent, ids)
        assert all(any(folder.glob("index.*")) for folder in self.seen)


def test_no_id_of_a_pinned_page_is_ever_lost(
    here: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    pins = Pins(here)
    steps = [
        HEADED + "\n\n".join(PARAGRAPHS),
        HEADED + "\n\n".join(PARAGRAPHS[:3] + PARAGRAPHS[4:]),
        (HEADED + "\n\n".join(PARAGRAPHS[:3] + PARAGRAPHS[4:])).replace("$1.55", "$1.75"),
        HEADED.replace(NEW, "") + "\n\n".join(PARAGRAPHS[:3] + PARAGRAPHS[5:]),
    ]
    for day, step in enumerate(steps, 10):
        on(monkeypatch, day)
        here.write("lamps.md", step)
        here.pages()
        pins.take()
    on(monkeypatch, 20)
    lost = re.search(r"(?m)^(p\d+) paragraph gone=\S+\nTwelve", here.ledger("lamps"))
    assert lost
    here.run("anchors", "forward", "lamps", lost[1], "p5")
    here.pages()
    pins.take()
    on(monkeypatch, 21)
    here.write("manifest.yaml", "documents:\n  lamps.md: {slug: lights}\n")
    here.pages()
    pins.take()
    on(monkeypatch, 22)
    here.write("lamps.md", steps[-1] + "\n\nA last word on the lamps.\n")
    here.pages()
    pins.take()
    (here.settings.seeds / "lamps.md").unlink()
    (here.settings.seeds / "manifest.yaml").unlink()
    here.run("anchors", "accept", "lights")
    here.pages()
    pins.take()
    here.run("check")
    assert len(pins.seen) == 12


def test_a_forward_tells_both_days(here: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    on(monkeypatch, 10)
    here.write("ports.txt", text(*PARAGRAPHS[:3], *PARAGRAPHS[4:]))
    here.pages()
    (name,) = re.findall(r"(?m)^(p\d+) paragraph gone=2026-01-11$", here.ledger("ports"))
    on(monkeypatch, 20)
    here.run("anchors", "forward", "ports", name, "p4")
    here.pages()
    number = name[1:]
    assert (
        f"¶ {number} was removed on 11 January 2026; since 21 January 2026 its address leads to"
        " this passage."
    ) in here.page("ports").replace("&#59;", ";").replace("&#46;", ".")
    log = here.run("anchors", "log", "ports", name).stdout
    assert "2026-01-11  gone" in log
    assert "2026-01-21  leads to p4" in log
    here.write("ports.txt", text(*PARAGRAPHS))
    here.pages()
    assert "led=" not in here.ledger("ports")
    here.run("check")


def test_the_versions_of_a_removed_document_keep_their_words(
    here: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path.name for path in (here.settings.content / "documents/farms/versions").iterdir()}
    on(monkeypatch, 10)
    word = OTHERS[0].split()[-1]
    changed = OTHERS[0].replace(word, "elsewhere.")
    here.write("farms.txt", text(changed, *OTHERS[1:], title="Crops for the Valleys"))
    here.pages()
    on(monkeypatch, 20)
    (here.settings.seeds / "farms.txt").unlink()
    here.run("anchors", "accept", "farms")
    here.pages()
    here.run("check")
    versions = here.settings.content / "documents/farms/versions"
    first, *others = sorted(versions.iterdir(), key=lambda path: path.name not in before)
    page = (first / "index.md").read_text("utf-8").replace("&#46;", ".")
    assert OTHERS[0] in page
    assert "This document was removed on 21 January 2026." in page
    assert OTHERS[0] in (first / "source.txt").read_text("utf-8")
    (last,) = (path for path in others if path.is_dir())
    assert changed in (last / "source.txt").read_text("utf-8")
    assert f"versions/{first.name}/" in here.page("farms")
    assert f"versions/{last.name}/" in here.page("farms")
    # It lives again as it was, with all that was kept.
    here.write("farms.txt", text(changed, *OTHERS[1:], title="Crops for the Valleys"))
    here.pages()
    here.run("check")
    assert "another has superseded" in (first / "index.md").read_text("utf-8")
