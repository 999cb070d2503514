"""What `builder anchors` is told to do, and what it tells of it: questions first, nothing silently."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from builder.settings import Settings
from harbors import PARAGRAPHS, Collection, published, text

DOUBTFUL = "A second office in Porto prints maps, and sells them to the members of the fleet."
DOUBTFUL_TOO = "The first session was held in Rotterdam in the week in which the strike had ended."


@pytest.fixture
def here(small: Callable[..., Settings]) -> Collection:
    return published(small)


def edit(here: Collection, *, without: tuple[int, ...] = ()) -> None:
    """Change two passages (p4, p8) beyond what can be told, and take out others, by number."""
    there = {2: DOUBTFUL, 6: DOUBTFUL_TOO}
    left = [i for i in range(len(PARAGRAPHS)) if i not in without]
    here.write("ports.txt", text(*(there.get(i, PARAGRAPHS[i]) for i in left)))


def test_what_is_asked_about_is_not_gone(here: Collection) -> None:
    edit(here, without=(4,))
    told = here.pages(code=1)
    assert re.findall(r"is this still (p\d+)\?", told) == ["p4", "p8"]
    assert "gone at once" not in told


def test_the_whole_document_is_asked_about_last(here: Collection) -> None:
    edit(here, without=(0, 4, 5))
    told = here.pages(code=1)
    lines = [line for line in told.splitlines() if line.startswith("seeds/")]
    assert re.findall(r"is this still (p\d+)\?", "".join(lines[:2])) == ["p4", "p8"]
    assert (
        "3 of 9 passages are gone at once; answer the questions on its passages first" in lines[2]
    )
    assert "another text? give it a file of its own" in lines[2]
    # Whoever follows the messages in their order gets through.
    here.run("anchors", "accept", "ports", "p4")
    here.run("anchors", "reject", "ports", "p8")
    left = here.pages(code=1)
    assert "3 of 9 passages are gone at once; restore the text" in left
    here.run("anchors", "accept", "ports")
    here.pages()
    assert here.texts("ports")["p4"] == DOUBTFUL
    here.run("check")
