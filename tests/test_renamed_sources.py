"""Which document a text is when its file has another name: told by its words, never guessed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from builder.settings import Settings
from harbors import OTHERS, PARAGRAPHS, Collection, published, text


@pytest.fixture
def here(small: Callable[..., Settings]) -> Collection:
    return published(small)


TEMPLATE = (
    "The office seized {tons} tons of cocaine in week {week} at the port of {port}.",
    "Officers arrested {more} persons in week {week}, most of them in {port}.",
    "The next report of the office will be published in the coming week.",
)


def report(week: int, port: str) -> str:
    said = [one.format(tons=week + 3, week=week, port=port, more=week // 2) for one in TEMPLATE]
    parts = (f"# Weekly report, week {week}", "## Seizures", said[0], "## Arrests", *said[1:])
    return "\n\n".join(parts) + "\n"


def test_a_removed_document_never_returns_as_another_one(here: Collection) -> None:
    here.write("week-12.md", report(12, "Callao"))
    here.write("week-13.md", report(13, "Rotterdam"))
    here.pages()
    (here.settings.seeds / "week-12.md").unlink()
    here.run("anchors", "accept", "week-12")
    here.pages()
    ledger = here.ledger("week-12")
    here.write("week-14.md", report(14, "Santos"))
    here.pages()
    assert here.ledger("week-12") == ledger
    assert "Santos" in here.texts("week-14")["p3"]
    here.run("check")


def test_a_removed_document_returns_with_a_blank_line_more(here: Collection) -> None:
    content = (here.settings.seeds / "farms.txt").read_text()
    before = here.texts("farms")
    (here.settings.seeds / "farms.txt").unlink()
    here.run("anchors", "accept", "farms")
    here.write("crops.txt", content.replace("\n\n", "\n\n\n"))
    here.pages()
    assert here.texts("farms") == before
    here.run("check")


def test_a_renamed_text_never_takes_the_ledger_of_a_deleted_neighbor(here: Collection) -> None:
    here.write("week-12.md", report(12, "Callao"))
    here.write("week-13.md", report(13, "Rotterdam"))
    here.pages()
    kept = here.ledger("week-13")
    (here.settings.seeds / "week-13.md").unlink()
    (here.settings.seeds / "week-12.md").unlink()
    here.write("report.md", report(12, "Callao").replace("most of them in", "most in"))
    told = here.pages(code=1)
    assert "source seeds/report.md" in here.ledger("week-12")
    assert "seeds/week-13.md is no longer there" in told
    assert here.ledger("week-13") == kept


def test_a_text_of_the_same_template_is_asked_about(here: Collection) -> None:
    here.write("week-12.md", report(12, "Callao"))
    here.pages()
    ledger = here.ledger("week-12")
    (here.settings.seeds / "week-12.md").unlink()
    here.write("week-14.md", report(14, "Santos"))
    told = here.pages(code=1)
    assert "seeds/week-14.md:1: this could be the document week-12; say which" in told
    assert here.ledger("week-12") == ledger
    here.write("manifest.yaml", "documents:\n  week-14.md: {slug: week-14}\n")
    assert "seeds/week-12.md is no longer there" in here.pages(code=1)
    assert "Santos" in here.texts("week-14")["p3"]


def test_two_ledgers_that_come_near_are_asked_about(here: Collection) -> None:
    here.write("one.txt", text(*PARAGRAPHS[:6], OTHERS[0], title="First Plan for Harbors"))
    here.write("two.txt", text(*PARAGRAPHS[:6], OTHERS[1], title="Second Plan for Harbors"))
    here.pages()
    for name in ("one.txt", "two.txt"):
        (here.settings.seeds / name).unlink()
    here.write("third.txt", text(*PARAGRAPHS[:6], OTHERS[2], title="Plan for Harbors"))
    told = here.pages(code=1)
    assert "seeds/third.txt:1: this could be the document one or two; say which" in told
