"""What changes in a source file and not in its text moves no address and asks nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from builder.annotate import annotate
from builder.catalogue import Catalogue, load_catalogue
from builder.ledger import Anchored, anchor
from builder.ledger_file import Record, parse_ledger
from builder.read import source_from_bytes
from builder.structure import SPLITTER, structure
from conftest import SEEDS
from invented import Passage, invented

FIRST, LATER = date(2026, 1, 5), date(2026, 2, 6)
FRONT = '---\ntitle: "A fact sheet"\nurl: https://example.org/one\n---\n\n'
LINK = re.compile(r"\]\(https://\S+?\)")  # "](https://example.org/1)"
MARKS = {"item": "- ", "quote": "> "}


def markdown(passages: list[Passage]) -> str:
    """Write passages as a Markdown file in which some words are links."""
    lines = []
    for number, passage in enumerate(passages):
        mark = (
            "#" * passage.level + " " if passage.kind == "heading" else MARKS.get(passage.kind, "")
        )
        head, _, tail = passage.text.partition(" ")
        text = f"[{head}](https://example.org/{number}) {tail}" if number % 4 == 1 else passage.text
        lines.append(mark + text.strip())
    return FRONT + "\n\n".join(lines) + "\n"


@cache
def catalogue() -> Catalogue:
    """Return the catalogue that the package brings."""
    return load_catalogue(None)


def build(text: str, ledger: str | None = None, name: str = "seeds/sheet.md") -> Anchored:
    """Build a document with its figures."""
    source = replace(source_from_bytes(text.encode(), name), slug="sheet")
    found = annotate(structure(source), catalogue())
    return anchor(found, ledger, path="seeds/anchors/sheet.txt", today=LATER if ledger else FIRST)


def other_front_matter(text: str) -> str:
    """Change title and address in the front matter, and add a date."""
    return text.replace(
        FRONT, "---\ntitle: Another\nurl: https://a.example\ndate: 2023-11-16\n---\n"
    )


def no_front_matter(text: str) -> str:
    """Take the front matter away."""
    return text.replace(FRONT, "")


def other_addresses(text: str) -> str:
    """Change the addresses of all links."""
    return LINK.sub("](https://elsewhere.example/a?b=c#d)", text)


def no_links(text: str) -> str:
    """Make all links plain words."""
    return re.sub(r"\[([^\]]*)\]\(\S+?\)", r"\1", text)


def more_blank_lines(text: str) -> str:
    """Put more blank lines between the blocks, and white space at the ends of lines."""
    head, body = text[: len(FRONT)], text[len(FRONT) :]
    return head + body.replace("\n\n", " \n\n\n \n\n")


def rewrapped(text: str) -> str:
    """Break paragraphs into short lines."""
    head, body = text[: len(FRONT)], text[len(FRONT) :]
    blocks = [
        re.sub(r"((?:\S+ ){5}\S*[a-z]) (?=[a-z])", r"\1\n", block) if block[0].isalpha() else block
        for block in body.split("\n\n")
    ]
    return head + "\n\n".join(blocks)


def carriage_returns(text: str) -> str:
    """End the lines as other systems do."""
    return text.replace("\n", "\r\n")


def byte_order_mark(text: str) -> str:
    """Begin with a byte-order mark."""
    return "\ufeff" + text


def bold(text: str) -> str:
    """Print some words bold."""
    return re.sub(r"\b(the Department|powder|total|abroad)\b", r"**\1**", text)


CHANGES = (
    other_front_matter, no_front_matter, other_addresses, no_links, more_blank_lines, rewrapped,
    carriage_returns, byte_order_mark, bold,
)  # fmt: skip


def records(done: Anchored) -> list[Record]:
    """Return the records of a ledger, wherever they stand in the file."""
    return [replace(r, line=0) for r in parse_ledger(done.ledger, "ledger").records]


@pytest.mark.parametrize("change", CHANGES)
def test_addresses_stay(change: Callable[[str], str]) -> None:
    assert change(markdown(invented(0, 60))) != markdown(invented(0, 60))
    for seed in range(8):
        text = markdown(invented(seed, 20))
        first = build(text)
        again = build(change(text), first.ledger)
        assert not again.problems, change(text)
        assert records(again) == records(first)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
@pytest.mark.parametrize("change", [carriage_returns, byte_order_mark, lambda text: text + "\n\n"])
def test_addresses_of_the_seeds_stay(path, change) -> None:  # type: ignore[no-untyped-def]  # a path
    text = path.read_text("utf-8")
    first = build(text, name=f"seeds/{path.name}")
    again = build(change(text), first.ledger, f"seeds/{path.name}")
    assert not again.problems
    assert records(again) == records(first)


def test_another_splitter_is_refused_until_it_is_accepted() -> None:
    text = markdown(invented(3, 20))
    source = replace(source_from_bytes(text.encode(), "seeds/sheet.md"), slug="sheet")
    found = annotate(structure(source), catalogue())
    first = anchor(found, None, path="a.txt", today=FIRST)
    other = anchor(found, first.ledger, path="a.txt", today=LATER, splitter=SPLITTER + 1)
    assert other.problems
    assert other.ledger == first.ledger
    taken = anchor(
        found, first.ledger, path="a.txt", today=LATER, splitter=SPLITTER + 1, accept=True
    )
    assert not taken.problems
    assert records(taken) == records(first)
    back = anchor(found, taken.ledger, path="a.txt", today=LATER, accept=True)
    assert back.ledger == first.ledger
