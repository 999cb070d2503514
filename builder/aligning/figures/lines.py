"""Writes the figures' lines of a ledger: new numbers, changed values, and what is gone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote, unquote

from builder.aligning.figures.addresses import Carried, home_of, is_standing
from builder.aligning.figures.contexts import WIDE, WIDEST, context
from builder.aligning.figures.origins import spans_of
from builder.aligning.figures.values import plain
from builder.ledger_file import FigureRecord, Record
from builder.model import Span

# What would end a field of the ledger: white space, the quotation mark, "%"
_UNSAFE = re.compile(r'[\s"%]')


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
        self._touched: dict[str, dict[str, FigureRecord]] = {}
        self._moved: dict[str, str] = {}

    def by_record(self) -> dict[str, tuple[FigureRecord, ...]]:
        """Return the lines of each record, ordered by number."""
        lines = {name: record.figures for name, record in self._records.items()}
        lines |= {name: () for name in self.borne if name not in lines}
        for name, touched in self._touched.items():
            lines[name] = tuple(sorted(touched.values(), key=lambda line: _number(line.id)))
        return lines

    def unborne(self) -> list[str]:
        """Return the ids, all of them known before, that no figure of today bears as its own."""
        borne = {name for names in self.borne.values() for name in names}
        return [name for name in self._before if name not in borne]

    def line(self, name: str) -> FigureRecord | None:
        """Return the line of an id as it will be written, None where it was never issued."""
        home, _, number = name.rpartition("-")
        touched = self._touched.get(home)
        return self._before.get(name) if touched is None else touched.get(number)

    def was(self, name: str) -> str | None:
        """Return the literal that stood where a figure stands before its last change."""
        line = self.line(name)
        earlier = line.get("was") if line else None
        return None if earlier is None else unquote(earlier)

    def write(self, one: Carried, come_from: Sequence[str | None]) -> None:
        """Write the figures of a passage of today, which had the ids `come_from` before."""
        unchanged = not one.mentions or one.is_unchanged
        if unchanged and _is_recorded(one, come_from):
            self.borne[one.id] = [name for name in come_from if name is not None]
            return
        numbers = self._numbers(one.id, come_from)
        contexts = _contexts(one.block.text, one.spans, numbers)
        printed = zip(numbers, one.literals, contexts, come_from, strict=True)
        for number, literal, around, origin in printed:
            fields = () if origin is None else self._fields(origin, literal, unchanged=unchanged)
            self._lines_of(one.id)[number] = FigureRecord(number, literal, around, fields)
            self._lead_on(f"{one.id}-{number}", origin)
        self.borne[one.id] = [f"{one.id}-{number}" for number in numbers]

    def _lines_of(self, name: str) -> dict[str, FigureRecord]:
        """Return the lines of a record by number, to be changed."""
        if name not in self._touched:
            record = self._records.get(name)
            self._touched[name] = {line.id: line for line in record.figures} if record else {}
        return self._touched[name]

    def _numbers(self, passage: str, come_from: Sequence[str | None]) -> list[str]:
        """Return the numbers of a passage's figures: those they had here, else the next ones."""
        known = self._records[passage].figures if passage in self._records else ()
        numbers = {f"{passage}-{line.id}": line.id for line in known}
        here = set(come_from)
        # What went to another passage and is back has its own number again.
        for line in known:
            if (into := line.get("into")) and f"{passage}-{line.id}" not in here:
                numbers[into] = line.id
        highest = max((_number(line.id) for line in known), default=0)
        found = []
        for origin in come_from:
            number = numbers.pop(origin, None) if origin is not None else None
            if number is None:
                highest += 1
                number = f"f{highest}"
            found.append(number)
        return found

    def _fields(self, origin: str, literal: str, *, unchanged: bool) -> tuple[tuple[str, str], ...]:
        old = self._before[origin]
        fields = {key: value for key, value in old.fields if key not in ("gone", "into")}
        if not unchanged and plain(old.literal) != plain(literal):
            # The last change is what is told, also where the first literal is back: a reader who
            # cited the one between must learn why it is no longer there.
            fields |= {"was": _UNSAFE.sub(_encoded, old.literal), "changed": self._today}
        return tuple(fields.items())

    def _lead_on(self, name: str, origin: str | None) -> None:
        """Let what a figure was before lead to it, also what its own id led to in between."""
        if origin is not None and origin != name:
            self._moved[origin] = name
        if name in self._before and (into := self._before[name].get("into")):
            self._moved.setdefault(into, name)

    def leave(self, passages: Container[str]) -> None:
        """Say of each figure that stands no more where it is now, or since when it is gone."""
        spans: dict[str, dict[str, Span]] = {}
        for name in self.unborne():
            figure, home, into = (self._before[name], home_of(name), self._moved.get(name))
            if into is None and not (home in passages and is_standing(figure)):
                continue
            fields = {key: value for key, value in figure.fields if key != "gone"}
            fields |= {"into": into} if into else {"gone": self._today}
            around = figure.context
            if home in passages:
                if home not in spans:
                    spans[home] = spans_of(self._records[home], back=True)
                if at := spans[home].get(figure.id):
                    around = context(self._records[home].text, at, words=WIDE)
            self._lines_of(home)[figure.id] = replace(
                figure, context=around, fields=tuple(fields.items())
            )


def _is_recorded(one: Carried, come_from: Sequence[str | None]) -> bool:
    """Tell whether the lines of an unchanged passage may stay just as they are."""
    standing = [line for line in one.before.figures if is_standing(line)] if one.before else []
    return [(f"{one.id}-{line.id}", line.literal) for line in standing] == [
        *zip(come_from, one.literals, strict=True)
    ]


def _number(figure: str) -> int:
    return int(figure[1:])


def _encoded(match: re.Match[str]) -> str:
    return quote(match[0], safe="")


def _contexts(text: str, spans: Sequence[Span], numbers: list[str]) -> list[str]:
    """Return the contexts to print; `numbers` are put in order where nothing tells figures apart.

    A ledger tells equal literals in equal contexts apart by their order alone. Where that is not
    the order of the text any more, their contexts are wide; else, of 1,000 addresses one is wrong.
    """
    contexts = [context(text, at) for at in spans]
    for members in _alike(text, spans, contexts, range(len(spans))):
        if not _ascend(numbers, members):
            for i in members:
                contexts[i] = context(text, spans[i], words=WIDEST)
            for same in _alike(text, spans, contexts, members):
                ordered = sorted((numbers[i] for i in same), key=_number)
                for i, number in zip(same, ordered, strict=True):
                    numbers[i] = number
    return contexts


def _alike(
    text: str, spans: Sequence[Span], contexts: Sequence[str], members: Sequence[int]
) -> list[list[int]]:
    """Return figures of equal literals in equal contexts."""
    alike: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for i in members:
        alike[text[spans[i].start : spans[i].end], contexts[i]].append(i)
    return [same for same in alike.values() if len(same) > 1]


def _ascend(numbers: Sequence[str], members: Sequence[int]) -> bool:
    ordered = [_number(numbers[i]) for i in members]
    return ordered == sorted(ordered)
