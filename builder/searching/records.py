"""Makes of a document what the index of a big collection holds of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from builder.editorial import Sic
from builder.html.escape import as_seen
from builder.model import Annotated
from builder.searching.described import Described
from builder.searching.tokens import plain_words, words_of

# Ends each word of the index. Pagefind finds words by their beginnings too, and falls back on
# beginnings of the word asked: asked for "organ_" it finds that word and no other.
END = "_"

Misprint = tuple[str, str]
"""What is printed, and what it should say."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage as the search shows it: its id, its text, and its misprints."""

    id: str
    text: str
    misprints: tuple[Misprint, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """A document as the search shows it, with its passages."""

    described: Described
    passages: tuple[Passage, ...]

    @property
    def year(self) -> str:
        """The year by which it is filed, empty where it has no date."""
        return next(iter(self.described.facets.get("year", ())), "")

    def as_input(self) -> list[Any]:
        """Return all that the index is made of, as JSON can hold it."""
        about = self.described
        facets = {name: list(values) for name, values in about.facets.items()}
        passages = [[one.id, one.text, one.misprints] for one in self.passages]
        return [about.address, about.title, about.about, facets, passages]


def record_of(one: Annotated, described: Described, misprints: Iterable[Sic] = ()) -> Record:
    """Return the record of a document."""
    read: dict[int, list[Misprint]] = {}
    for sic in misprints:
        read.setdefault(sic.block, []).append((sic.misprint.printed, sic.misprint.reading))
    passages = tuple(
        Passage(block.anchor, as_seen(block.text), tuple(read.get(number, ())))
        for number, block in enumerate(one.document.blocks)
        if block.anchor and block.text and block.kind != "furniture"
    )
    return Record(described, passages)


def indexed(record: Record) -> tuple[str, dict[str, Any]]:
    """Return the page that is indexed for a record, and what is fetched when it is found.

    The first holds the words as they are looked up, the second the text and where in the row of
    words each passage begins: both as Pagefind would have read and written them.
    """
    words = plain_words(record.described.title)
    anchors: list[Mapping[str, Any]] = []
    for passage in record.passages:
        readings = [right for _, right in passage.misprints]
        anchor = {"element": "p", "id": passage.id, "text": passage.text, "location": len(words)}
        anchors.append({**anchor, "also": passage.misprints} if readings else anchor)
        words += words_of(passage.text, readings)
    fragment = {
        "url": record.described.address,
        "content": "",
        "word_count": len(words),
        "filters": {},
        "meta": {"title": record.described.title, "about": record.described.about},
        "anchors": anchors,
    }
    return f"<html><body>{' '.join(word + END for word in words)}</body></html>", fragment
