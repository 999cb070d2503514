"""A document that was added later has the day in the register, and the feed tells it for ever."""

from __future__ import annotations

from datetime import date
from xml.etree.ElementTree import fromstring

import pytest

from builder.anchoring.added import added_days
from harbors import PARAGRAPHS, Collection, text

TODAY = date(2026, 12, 9)
NEXT_WEEK = "1773046800"  # seconds; the ninth of March 2026
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.parametrize(
    ("register", "renamed", "days"),
    [
        ({}, {}, {}),  # the first build adds nothing
        ({"programs/x/": "X"}, {}, {}),
        ({"documents/a/": ""}, {}, {"b": "2026-12-09"}),
        ({"documents/a/": "", "documents/b/": ""}, {}, {}),
        ({"documents/a/": "2026-01-02", "documents/b/": ""}, {}, {"a": "2026-01-02"}),
        ({"documents/a/": "2026-02-30", "documents/b/": "soon"}, {}, {}),
        ({"documents/a/": "", "documents/c/": ""}, {"c": "b"}, {}),  # a new name adds nothing
        ({"documents/a/": "", "documents/c/": "2026-01-02"}, {"c": "b"}, {"b": "2026-01-02"}),
    ],
)
def test_days(register: dict[str, str], renamed: dict[str, str], days: dict[str, str]) -> None:
    assert added_days(["a", "b"], register, renamed, TODAY) == days


def entry(here: Collection, slug: str) -> dict[str, str]:
    root = fromstring((here.settings.content / "feed.xml").read_bytes())
    for one in root.iter(f"{ATOM}entry"):
        if one.find(f"{ATOM}link[@href='documents/{slug}/']") is not None:
            return {name: one.findtext(ATOM + name) or "" for name in ("updated", "summary")}
    raise AssertionError(slug)


def test_the_day_stays(here: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    here.write("old.txt", text(*PARAGRAPHS[2:], title="A Plan of the Past"))
    here.pages()
    register = (here.settings.anchors / "published.list").read_text("utf-8")
    assert "documents/old/ 2026-03-02\n" in register
    assert "documents/ports/\n" in register
    told = entry(here, "old")
    assert told["updated"] == "2026-03-02T00:00:00Z"
    assert told["summary"].startswith("Added on 2 March 2026.")
    assert "Added on" not in entry(here, "ports")["summary"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NEXT_WEEK)
    here.pages()
    assert entry(here, "old") == told
    here.write("manifest.yaml", "documents:\n  old.txt: {slug: past}\n")
    here.pages()
    assert entry(here, "past") == told
    here.write("old.txt", text(*PARAGRAPHS[2:], "One more word.", title="A Plan of the Past"))
    here.pages()
    assert entry(here, "past")["updated"] == "2026-03-09T00:00:00Z"
