"""The ledger's file: records one blank line apart, so that neighbouring edits merge in git.

The first record is the header, one `key value` a line. Every other has a head line
(`p12 item new=2026-12-02`), the visible text on one line, and one line per figure. A ledger is
edited by git and by people, so whatever is not exactly of this form is refused with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from builder.model import Place, Problem, Problems
from builder.slugs import slugify

FORMAT = "1"
HEADER_KEYS = frozenset("anchors document splitter source title issuer date slug-was gone".split())
FIELDS = frozenset("new gone into led was changed id not".split())
# "p12", "p12a"; no document has ten million passages, and no ledger may make us count so far
BLOCK_ID = re.compile(r"p(?:0|[1-9]\d{0,6})[a-z]{0,6}")
# What no heading's slug may look like: p12, p12-f1
OWN_ID = re.compile(rf"{BLOCK_ID.pattern}(?:-|\Z)")
FIELD = r"(?P<fields>(?: [a-z]+=\S+)*)"
# p12 item new=2026-12-02
HEAD = re.compile(rf"(?P<id>{BLOCK_ID.pattern}) (?P<kind>[^\s=]+){FIELD}")
# f1 was=$26%20billion changed=2026-12-02 "$27 billion" | has requested _ for
FIGURE = re.compile(rf'(?P<id>f[1-9]\d{{0,6}}){FIELD} "(?P<literal>.*?)" \| (?P<context>.*)')
# seeds/002-fact-sheet.txt 9f86d081… (64 digits)
SOURCE = re.compile(r"(?P<name>.+) (?P<hash>[0-9a-f]{64})")
# <<<<<<< HEAD … >>>>>>> theirs: what git leaves of a merge that it could not finish
_CONFLICT = re.compile(r"^<{7} .*\n(?:.*\n)*?>{7} ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FigureRecord:
    """One figure's id (`f1`), its printed form, and the words around it, `_` in its place."""

    id: str
    literal: str
    context: str
    fields: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str | None:
        """Return a field of the line."""
        return next((value for key, value in self.fields if key == name), None)


@dataclass(frozen=True, slots=True)
class Record:
    """One issued id: what the block was and read when it was last seen. `line` counts from 1."""

    id: str
    kind: str
    text: str
    fields: tuple[tuple[str, str], ...] = ()
    figures: tuple[FigureRecord, ...] = ()
    line: int = 0

    def get(self, name: str) -> str | None:
        """Return a field of the head line."""
        for key, value in self.fields:
            if key == name:
                return value
        return None

    def but(self, **fields: str) -> Record:
        """Return the record with some fields of the head line changed or added."""
        return replace(self, fields=tuple({**dict(self.fields), **fields}.items()))

    def without(self, *names: str) -> Record:
        """Return the record without some fields of the head line."""
        return replace(self, fields=tuple(item for item in self.fields if item[0] not in names))


@dataclass(frozen=True, slots=True)
class Ledger:
    """A parsed ledger file: its header, in order, and its records."""

    header: tuple[tuple[str, str], ...]
    records: tuple[Record, ...] = ()

    def get(self, name: str) -> str | None:
        """Return a value of the header."""
        return next((value for key, value in self.header if key == name), None)


def parse_ledger(text: str, path: str) -> Ledger:
    """Read a ledger file; `path` is told in messages. Raises Problems with each wrong line."""
    groups = list(_groups(text))
    conflict = _CONFLICT.search(text) if "\n>>>>>>> " in text else None
    if conflict:
        what = "a merge left a conflict here"
        hint = f'keep one side ("git checkout --theirs {path}") and build'
        line = text.count("\n", 0, conflict.start()) + 1
        raise Problems([Problem(Place(path, line), what, hint)])
    if not groups or groups[0][1][0] != f"anchors {FORMAT}":
        what = f'does not begin with "anchors {FORMAT}"' if groups else "is empty"
        hint = f'this version reads no other ledger; restore it: "git checkout -- {path}"'
        raise Problems([Problem(Place(path, 1), what, hint)])
    problems: list[Problem] = []
    header = tuple(_header(groups[0], path, problems))
    records = []
    taken: set[str] = set()
    for line, lines in groups[1:]:
        record = _record(line, lines, path, problems)
        if record is None:
            continue
        for name in (record.id, *([slug] if (slug := record.get("id")) else [])):
            if name in taken:
                problems.append(Problem(Place(path, line), f"the id {name} stands here twice"))
            taken.add(name)
        records.append(record)
    if problems:
        raise Problems(problems)
    return Ledger(header, tuple(records))


def _header(
    group: tuple[int, list[str]], path: str, problems: list[Problem]
) -> Iterator[tuple[str, str]]:
    first, lines = group
    for number, line in enumerate(lines, first):
        key, _, value = line.partition(" ")
        if key not in HEADER_KEYS:
            hint = "allowed here: " + ", ".join(sorted(HEADER_KEYS))
            problems.append(Problem(Place(path, number), f'unknown key "{key[:40]}"', hint))
        elif key == "source" and not SOURCE.fullmatch(value):
            problems.append(Problem(Place(path, number), "names no source and its SHA-256"))
        elif key == "document" and slugify(value) != value:
            problems.append(Problem(Place(path, number), f'"{value[:40]}" is no slug'))
        elif key == "slug-was":
            # Folders are moved and removed by these names.
            for slug in value.split(" "):
                if not slug or slugify(slug) != slug:
                    problems.append(Problem(Place(path, number), f'"{slug[:40]}" is no slug'))
        yield key, value


def _groups(text: str) -> Iterator[tuple[int, list[str]]]:
    group: list[str] = []
    first = 1
    for number, line in enumerate(text.split("\n"), 1):
        if line:
            if not group:
                first = number
            group.append(line)
        elif group:
            yield first, group
            group = []
    if group:
        yield first, group


def _record(line: int, lines: list[str], path: str, problems: list[Problem]) -> Record | None:
    head = HEAD.fullmatch(lines[0])
    if not head or len(lines) < 2:
        hint = 'a record is a line "p12 paragraph", the text, and a line per figure'
        problems.append(Problem(Place(path, line), f'cannot read "{lines[0][:60]}"', hint))
        return None
    fields = _fields(head["fields"], Place(path, line), problems)
    figures: dict[str, FigureRecord] = {}
    for number, figure_line in enumerate(lines[2:], line + 2):
        place = Place(path, number)
        match = FIGURE.fullmatch(figure_line)
        if not match:
            hint = 'a figure is a line f1 "75%" | aircraft by _ and'
            problems.append(Problem(place, f'cannot read "{figure_line[:60]}"', hint))
        elif match["id"] in figures:
            problems.append(Problem(place, f"the id {match['id']} stands here twice"))
        else:
            own = _fields(match["fields"], place, problems)
            figures[match["id"]] = FigureRecord(
                match["id"], match["literal"], match["context"], own
            )
    return Record(head["id"], head["kind"], lines[1], fields, tuple(figures.values()), line)


def _fields(text: str, place: Place, problems: list[Problem]) -> tuple[tuple[str, str], ...]:
    fields = tuple((part.partition("=")[0], part.partition("=")[2]) for part in text.split())
    for key, value in fields:
        if key not in FIELDS:
            hint = "allowed here: " + ", ".join(sorted(FIELDS))
            problems.append(Problem(place, f'unknown field "{key}"', hint))
        elif key == "id" and (slugify(value) != value or OWN_ID.match(value)):
            problems.append(Problem(place, f'"{value[:40]}" cannot be the id of a heading'))
    return fields


def print_ledger(ledger: Ledger) -> str:
    """Return the text of a ledger file; `parse_ledger` reads it back."""
    groups = ["\n".join(f"{key} {value}".rstrip() for key, value in ledger.header)]
    for record in ledger.records:
        lines = [" ".join((record.id, record.kind, *_printed(record.fields))), record.text]
        lines += [
            " ".join(
                (figure.id, *_printed(figure.fields), f'"{figure.literal}" | {figure.context}')
            )
            for figure in record.figures
        ]
        groups.append("\n".join(lines))
    return "\n\n".join(groups) + "\n"


def _printed(fields: Sequence[tuple[str, str]]) -> Iterator[str]:
    return (f"{key}={value}" for key, value in fields)


def one_line(text: str) -> str:
    """Return a text as the ledger keeps it: on one line, never empty."""
    # All white space but the plain space is not printable.
    if text.isprintable() and "  " not in text and text == text.strip() != "":
        return text  # as the text of nearly every block
    return " ".join(text.replace("\r", " ").split()) or "_"


def one_word(kind: str) -> str:
    """Return the name of a kind as a head line keeps it, whoever names the kinds."""
    return "_".join(kind.replace("=", " ").split()) or "_"
