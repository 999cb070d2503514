"""Writes the figures' lines of a ledger: new numbers, changed values, and what is gone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote, unquote

from builder.aligning.figure_contexts import WIDE, WIDEST, context
from builder.aligning.figure_origins import is_standing, is_unchanged, standing_spans
from builder.aligning.figure_values import plain
from builder.ledger_file import FigureRecord, Record
from builder.model import Block, Span

# What would end a field of the ledger: white space, the quotation mark, "%"
_UNSAFE = re.compile(r'[\s"%]')


def field_of(figure: FigureRecord, key: str) -> str | None:
    """Return a field of a figure's line."""
    return next((value for name, value in figure.fields if name == key), None)


def home_of(name: str) -> str:
    """Return the record that issued a figure's id: "p12" of "p12-f1"."""
    return name.rpartition("-")[0]


class FigureLines:
    """The figures' lines of a document as they will be written.

    `borne` holds for each passage of today the ids of its figures, in order.
    """

    def __init__(self, records: Mapping[str, Record], today: str) -> None:
        self.borne: dict[str, list[str]] = {}
        self._records = records
        self._today = today
        self._before = {
            f"{record.id}-{figure.id}": figure
            for record in records.values()
            for figure in record.figures
        }
        self._lines: dict[str, dict[str, FigureRecord]] = {}  # of records that are touched
        self._left: dict[str, str] = {}
        self._back: dict[str, str] = {}

    def by_record(self) -> dict[str, tuple[FigureRecord, ...]]:
        """Return the lines of each record, ordered by number."""
        lines = {name: record.figures for name, record in self._records.items()}
        for name, changed in self._lines.items():
            lines[name] = tuple(sorted(changed.values(), key=lambda line: _number(line.id)))
        return lines

    def unborne(self) -> list[str]:
        """Return the ids, all of them known before, that no figure of today bears as its own."""
        borne = {name for names in self.borne.values() for name in names}
        return [name for name in self._before if name not in borne]

    def line(self, name: str) -> FigureRecord | None:
        """Return the line of an id as it will be written, None where it was never issued."""
        home, _, number = name.rpartition("-")
        if home in self._lines:
            return self._lines[home].get(number)
        return self._before.get(name)

    def _touched(self, name: str) -> dict[str, FigureRecord]:
        """Return the lines of a record by number, to be changed."""
        if name not in self._lines:
            record = self._records.get(name)
            self._lines[name] = {line.id: line for line in record.figures} if record else {}
        return self._lines[name]

    def was(self, name: str) -> str | None:
        """Return the literal that stood where a figure stands before its last change."""
        line = self.line(name)
        earlier = field_of(line, "was") if line else None
        return None if earlier is None else unquote(earlier)

    def write(
        self, passage: str, block: Block, spans: Sequence[Span], come_from: Sequence[str | None]
    ) -> None:
        """Write the figures of a passage of today, which had the ids `come_from` before."""
        before = self._records.get(passage)
        if not spans:
            self.borne[passage] = []
            if before is None:
                self._touched(passage)
            return
        same_text = is_unchanged(block, before)
        if before and same_text and _is_recorded(before, block, spans, come_from):
            self.borne[passage] = [name for name in come_from if name is not None]
            return
        lines = self._touched(passage)
        numbers = self._numbers(passage, come_from)
        contexts = _contexts(block.text, spans, numbers)
        for at, number, origin, around in zip(spans, numbers, come_from, contexts, strict=True):
            literal = block.text[at.start : at.end]
            fields = {} if origin is None else self._fields(origin, literal, same_text=same_text)
            lines[number] = FigureRecord(number, literal, around, tuple(fields.items()))
            name = f"{passage}-{number}"
            if origin is not None and origin != name:
                self._left[origin] = name
            if into := field_of(self._before[name], "into") if name in self._before else None:
                self._back[into] = name
        self.borne[passage] = [f"{passage}-{number}" for number in numbers]

    def _numbers(self, passage: str, come_from: Sequence[str | None]) -> list[str]:
        """Return the numbers of a passage's figures: those they had here, else the next ones."""
        lines = self._lines[passage]
        own = {name for name in come_from if name is not None and home_of(name) == passage}
        returned = {
            into: line.id
            for line in lines.values()
            if (into := field_of(line, "into")) and f"{passage}-{line.id}" not in own
        }
        highest = max(map(_number, lines), default=0)
        numbers = []
        for origin in come_from:
            number = origin.rpartition("-")[2] if origin in own and origin else None
            number = number or returned.pop(origin or "", None)
            if number is None:
                highest += 1
                number = f"f{highest}"
            numbers.append(number)
        return numbers

    def _fields(self, origin: str, literal: str, *, same_text: bool) -> dict[str, str]:
        old = self._before[origin]
        fields = {key: value for key, value in old.fields if key not in ("gone", "into")}
        if not same_text and plain(old.literal) != plain(literal):
            # The last change is what is told, also where the first literal is back: a reader who
            # cited the one between must learn why it is no longer there.
            fields |= {"was": _UNSAFE.sub(_encoded, old.literal), "changed": self._today}
        return fields

    def leave(self, passages: Container[str]) -> None:
        """Say of each figure that stands no more where it is now, or since when it is gone."""
        borne = {name for names in self.borne.values() for name in names}
        spans: dict[str, dict[str, Span]] = {}
        for name, figure in self._before.items():
            if name in borne:
                continue
            home = home_of(name)
            into = self._left.get(name) or self._back.get(name)
            if into is None and not (home in passages and is_standing(figure)):
                continue
            if home not in spans:
                spans[home] = standing_spans(self._records[home], back=True)
            fields = {key: value for key, value in figure.fields if key != "gone"}
            fields |= {"into": into} if into else {"gone": self._today}
            around = figure.context
            if home in passages and figure.id in spans[home]:
                at, text = spans[home][figure.id], self._records[home].text
                around = context(text, at, before=WIDE, after=WIDE)
            self._touched(home)[figure.id] = replace(
                figure, context=around, fields=tuple(fields.items())
            )


def _is_recorded(
    before: Record, block: Block, spans: Sequence[Span], come_from: Sequence[str | None]
) -> bool:
    """Tell whether the lines of an unchanged passage may stay just as they are."""
    standing = [line for line in before.figures if is_standing(line)]
    return [(f"{before.id}-{line.id}", line.literal) for line in standing] == [
        (name, block.text[at.start : at.end]) for name, at in zip(come_from, spans, strict=True)
    ]


def _number(figure: str) -> int:
    return int(figure[1:])


def _encoded(match: re.Match[str]) -> str:
    return quote(match[0], safe="")


def _contexts(text: str, spans: Sequence[Span], numbers: list[str]) -> list[str]:
    """Return the contexts to print; `numbers` are put in order where nothing tells figures apart.

    A ledger tells equal literals in equal contexts apart by their order alone. Where that is not
    the order of the text any more, their contexts are widened until they differ.
    """
    contexts = [context(text, at) for at in spans]
    alike: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for i, at in enumerate(spans):
        alike[text[at.start : at.end], contexts[i]].append(i)
    for members in alike.values():
        if len(members) > 1 and not _ascend(numbers, members):
            _widen(text, spans, numbers, members, contexts)
    return contexts


def _widen(
    text: str,
    spans: Sequence[Span],
    numbers: list[str],
    members: Sequence[int],
    contexts: list[str],
) -> None:
    for width in range(2, WIDEST + 1):
        for i in members:
            contexts[i] = context(text, spans[i], before=width, after=width)
        if len({contexts[i] for i in members}) == len(members):
            return
    alike: defaultdict[str, list[int]] = defaultdict(list)
    for i in members:
        alike[contexts[i]].append(i)
    for same in alike.values():
        ordered = sorted((numbers[i] for i in same), key=_number)
        for i, number in zip(same, ordered, strict=True):
            numbers[i] = number


def _ascend(numbers: Sequence[str], members: Sequence[int]) -> bool:
    ordered = [_number(numbers[i]) for i in members]
    return ordered == sorted(ordered)
