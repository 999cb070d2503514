"""What goes into carrying figures, and what comes out: passages with figures, figures with ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from builder.ledger_file import FigureRecord, Record, one_line
from builder.model import Block, Mention, Span


@dataclass(frozen=True, slots=True)
class Carried:
    """A passage of today: its id, its figures in the order of the text, and what it comes from.

    `before` is the record that the id has in the ledger (live or gone), None where the id is new.
    `sources` are further records whose text has gone into it: merged passages, in every build as
    long as they lead here, and the passage that a new one was split from.
    """

    id: str
    block: Block
    mentions: tuple[Mention, ...]
    before: Record | None = None
    sources: tuple[Record, ...] = ()

    @property
    def spans(self) -> list[Span]:
        """Where the figures stand in the passage."""
        return [mention.at for mention in self.mentions]

    @property
    def literals(self) -> list[str]:
        """The figures as they are printed."""
        return [self.block.text[mention.at.start : mention.at.end] for mention in self.mentions]

    @property
    def is_unchanged(self) -> bool:
        """Whether the passage reads as its record does."""
        text = self.block.text
        return self.before is not None and self.before.text in (text, one_line(text))

    def homes(self) -> list[str]:
        """Return the records from which figures may have come: its own first, then further ones."""
        return list(dict.fromkeys(self._homes()))

    def _homes(self) -> Iterator[str]:
        if self.before is not None:
            yield self.id
        yield from (source.id for source in self.sources)
        for figure in self.before.figures if self.before is not None else ():
            # What went from here to another passage may come back.
            if into := figure.get("into"):
                yield home_of(into)


@dataclass(frozen=True, slots=True)
class FigureAddress:
    """What a figure of today bears: its id, further ids that lead to it, and what it read before.

    `was` is the literal that stood there before the last change, as printed, else None.
    """

    id: str
    aliases: tuple[str, ...] = ()
    was: str | None = None


@dataclass(frozen=True, slots=True)
class CarriedFigures:
    """The figures of a document with their addresses; the keys are ids of records.

    `records` holds what to write of each record, passages of today and others, ordered by number.
    `addresses` holds for each passage of today one address per mention, in order. `lost` holds for
    each record the ids of figures that lead to it and to no figure of today: they stand wherever
    the record's own id stands (its passage, its tombstone, the passage that it is part of).
    """

    records: Mapping[str, tuple[FigureRecord, ...]]
    addresses: Mapping[str, tuple[FigureAddress, ...]]
    lost: Mapping[str, tuple[str, ...]]


def home_of(name: str) -> str:
    """Return the record that issued a figure's id: "p12" of "p12-f1"."""
    return name.rpartition("-")[0]


def is_standing(figure: FigureRecord) -> bool:
    """Tell whether a figure stood in its passage when the ledger was written."""
    return not figure.fields or (figure.get("gone") is None and figure.get("into") is None)
