"""What was published stays, in the pages and in the indexes, when a source cannot be taken now."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from builder.model import Problems
from builder.settings import Settings
from builder.site import Outcome, Run, build_pages

TEXT = (
    "Ports and Harbors\n\nThe police of Peru seized 120 tons of cocaine in the harbor of Callao.\n"
)
OTHER = "A Note\n\nNothing of what we read yesterday is left on this page today.\n"


@pytest.fixture
def published(small: Callable[..., Settings]) -> Settings:
    """A collection of two documents that has been built once."""
    settings = small(a=TEXT, b=TEXT.replace("Peru", "Chile").replace("Ports", "More Ports"))
    assert not build_pages(settings, Run()).failed
    return settings


def told(outcome: Outcome) -> str:
    return "\n".join(str(problem) for problem in outcome.problems)


def everything(settings: Settings) -> dict[str, bytes]:
    return {
        str(path.relative_to(settings.content)): path.read_bytes()
        for path in settings.content.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            OTHER.encode(),
            "seeds/anchors/a.txt:1: 2 of 2 passages are gone at once",
        ),
        (b"\xff\xfe", "seeds/a.txt:1: is UTF-16LE, not UTF-8"),
        (b"", "seeds/a.txt:1: holds no text"),
        (None, "seeds/anchors/a.txt:4: seeds/a.txt is no longer there"),
    ],
    ids=["changed", "not readable", "empty", "gone"],
)
def test_pages_and_indexes_keep_what_was_published(
    published: Settings, data: bytes | None, message: str
) -> None:
    before = everything(published)
    ledger = (published.anchors / "a.txt").read_bytes()
    path = published.seeds / "a.txt"
    path.unlink() if data is None else path.write_bytes(data)
    outcome = build_pages(published, Run())
    assert outcome.failed
    assert message in told(outcome)
    assert everything(published) == before
    assert (published.anchors / "a.txt").read_bytes() == ledger


def test_a_renamed_file_keeps_its_addresses(published: Settings) -> None:
    (published.seeds / "a.txt").rename(published.seeds / "renamed.txt")
    outcome = build_pages(published, Run())
    assert not outcome.failed, told(outcome)
    assert (published.content / "documents/a/index.md").is_file()
    assert not (published.content / "documents/renamed").exists()
    assert "source seeds/renamed.txt " in (published.anchors / "a.txt").read_text("utf-8")
    assert not build_pages(published, Run()).failed


def test_without_a_copy_a_refused_text_is_shown_as_it_would_be(published: Settings) -> None:
    (published.content / "documents/a/source.txt").write_text("somebody changed this")
    ledger = (published.anchors / "a.txt").read_bytes()
    (published.seeds / "a.txt").write_text(OTHER)
    assert build_pages(published, Run()).failed
    assert "is left on this page" in (published.content / "documents/a/index.md").read_text("utf-8")
    assert (published.anchors / "a.txt").read_bytes() == ledger


def test_without_a_copy_a_document_that_cannot_be_read_keeps_its_page(published: Settings) -> None:
    page = published.content / "documents/a/index.md"
    before = page.read_bytes()
    (published.content / "documents/a/source.txt").write_text("somebody changed this")
    (published.seeds / "a.txt").write_bytes(b"\xff\xfe")
    assert build_pages(published, Run()).failed
    assert page.read_bytes() == before


@pytest.mark.parametrize("text", ["", "anchors 2\n", "anchors 1\n<<<<<<< HEAD\n"])
def test_a_damaged_ledger_stops_the_build_and_nothing_changes(
    published: Settings, text: str
) -> None:
    ledger = published.anchors / "a.txt"
    ledger.write_text(text)
    before = everything(published)
    with pytest.raises(Problems) as caught:
        build_pages(published, Run())
    assert [problem.place.path for problem in caught.value.problems] == ["seeds/anchors/a.txt"]
    assert everything(published) == before
    assert ledger.read_text() == text


def test_line_ends_of_a_checkout_do_not_matter(published: Settings) -> None:
    ledger = published.anchors / "a.txt"
    ledger.write_bytes(ledger.read_bytes().replace(b"\n", b"\r\n"))
    outcome = build_pages(published, Run(frozen=True))
    assert not outcome.failed, told(outcome)
