"""What is printed wrongly in a document, as editors state it in `misprints.yaml`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from builder.model import Place, Problem
from builder.strict_yaml import Record

FILE = "misprints"
_FIELDS = ("printed", "reading", "document")


@dataclass(frozen=True, slots=True)
class Misprint:
    """A word printed wrongly in one document, and how it reads right: shown as "[sic]"."""

    printed: str
    reading: str
    document: str
    place: Place = field(compare=False)


def read_misprints(content: Record, problems: list[Problem]) -> Iterator[Misprint]:
    """Yield the misprints of a file; add what is wrong there to the problems."""
    problems += content.unknown_keys((FILE,))
    items = content.get(FILE) or []
    if not isinstance(items, list):
        what, hint = f'"{FILE}" is not a list', "write `- printed: …` entries"
        problems.append(Problem(content.place(FILE), what, hint))
        return
    for item in items:
        if not isinstance(item, Record):
            hint = "write `printed:`, `reading:` and `document:`"
            problems.append(Problem(content.place(), f"{item!r} is not a misprint", hint))
            continue
        problems += item.unknown_keys(_FIELDS)
        missing = [name for name in _FIELDS if not item.get(name)]
        if missing:
            what = "a misprint needs " + ", ".join(missing)
            problems.append(Problem(item.place(), what))
            continue
        printed, reading, document = (str(item[name]) for name in _FIELDS)
        yield Misprint(printed, reading, document, item.place())
