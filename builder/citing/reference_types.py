"""Tells what type of reference a kind of document is: `data/reference_types.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from builder.strict_yaml import load_data

_REMEMBERED = 1024


@dataclass(frozen=True, slots=True)
class ReferenceType:
    """A type of reference: its names in CSL, RIS and BibTeX, and what a reader calls it.

    `word` is shown ("Fact sheet"); `genre` is the same word, "" where `csl` or nothing tells more.
    `within` says that the document is a piece of what its issuer publishes.
    """

    csl: str
    ris: str
    bibtex: str
    word: str
    genre: str
    within: bool
    number: re.Pattern[str] | None


@lru_cache(maxsize=_REMEMBERED)
def reference_type(kind: str) -> ReferenceType:
    """Return the type of reference of a document of a kind ("fact sheet", "" for none)."""
    words = " ".join(kind.split())
    known = _types().get(words.casefold())
    if known:
        return known
    if not words:
        return _other()
    own = words if words.isupper() else words[0].upper() + words[1:]
    found = next((one for form, one in _by_length() if form.search(words)), _other())
    return replace(found, word=own, genre=own)


def number_in(title: str, kind: str) -> str:
    """Return the number that a document's title gives it: "14059" of an executive order."""
    pattern = reference_type(kind).number
    found = pattern.search(title) if pattern else None
    return found["number"] if found else ""


@cache
def _types() -> Mapping[str, ReferenceType]:
    """Return the types by the words of their kinds, in lower case."""
    return dict(_rows())


def _rows() -> Iterator[tuple[str, ReferenceType]]:
    data = load_data("reference_types")
    for row in data["rows"]:
        values = {**data["defaults"], **row}
        for place, words in enumerate(row["words"]):
            # The first words are the row's own; the others are other words for much the same.
            own = row["word"] if place == 0 else words[0].upper() + words[1:]
            yield words, _type(values, own)


def _type(values: Mapping[str, Any], word: str) -> ReferenceType:
    return ReferenceType(
        csl=values["csl"],
        ris=values["ris"],
        bibtex=values["bibtex"],
        word=word,
        genre=word if values.get("genre", True) else "",
        within=values.get("within", False),
        number=re.compile(values["number"]) if "number" in values else None,
    )


@cache
def _other() -> ReferenceType:
    values = load_data("reference_types")["other"]
    return _type({**values, "genre": False}, values["word"])


@cache
def _by_length() -> list[tuple[re.Pattern[str], ReferenceType]]:
    longest = sorted(_types().items(), key=lambda item: -len(item[0]))
    return [(re.compile(rf"(?i)\b{re.escape(words)}\b"), one) for words, one in longest]
