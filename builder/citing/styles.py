"""The styles in which citations are shown, as `data/citation_styles.yaml` lists them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from builder.strict_yaml import load_data


@dataclass(frozen=True, slots=True)
class Style:
    """A style, and what it is given of a document; the fields are those of the data file.

    `note` and `reference` are what it calls its two forms; `reference` is "" where it has none.
    """

    key: str
    name: str
    file: str
    note: str
    reference: str
    genre: Literal["always", "unnamed", "listed"]
    genres: Mapping[str, str]
    publisher: bool
    circa: str
    comma: bool

    def not_stated(self, date: str, sign: str) -> str:
        """Return a date that the document does not state, or doubts, as the style writes it."""
        return str(load_data("citation_styles")["dates"][sign]).format(date, circa=self.circa)

    def genre_of(self, kind: str, *, named: bool, described: bool = False) -> str:
        """Return what the style calls a kind of document, "" where it does not tell it.

        `named` tells whether the title says it already, `described` that this is no title, but a
        description of what the document is.
        """
        if self.genre == "listed" and kind not in self.genres:
            return ""
        if named and (described or self.genre != "always"):
            return ""
        return self.genres.get(kind, kind)

    def text(self) -> bytes:
        """Return the CSL style itself."""
        return files("builder").joinpath(*self.file.split("/")).read_bytes()


@cache
def styles() -> tuple[Style, ...]:
    """Return the styles in the order in which they are offered."""
    listed: Mapping[str, Mapping[str, Any]] = load_data("citation_styles")["styles"]
    return tuple(Style(key=key, **fields) for key, fields in listed.items())


def document_type() -> str:
    """Return the CSL type that every style is given for a document."""
    return str(load_data("citation_styles")["type"])
