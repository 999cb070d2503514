"""Reads what editors found out about archived copies: `seeds/archives.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from unicodedata import category

from builder.archives import NOTHING_CHECKED, Archived, Archives, Checked
from builder.dating.when import is_day
from builder.files import read_text
from builder.limits import USUAL, Limits
from builder.model import Place, Problem, Problems
from builder.strict_yaml import Record, load
from builder.web_address import is_web_address

FILE = "archives.yaml"
_LIST = "archives"
# What an entry holds for each status, and needs to hold.
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "works": ("archive", "checked"),
    "gone": ("checked",),
    "none": ("reason",),
}
_ALLOWED = ("archive", "checked", "status", "reason")


def load_archives(path: Path, name: str, day: date, limits: Limits = USUAL) -> Archives:
    """Read the editors' file; without one nothing is checked. `name` is the path told to people.

    `day` is that of the run: nothing can have been checked after it.

    Raises Problems with every mistake in the file.
    """
    if not (path.exists() or path.is_symlink()):
        return NOTHING_CHECKED
    text = read_text(path, name, limit=limits.of("max_yaml_bytes"))
    content = load(text, name, limits=limits)
    if content is None:
        return NOTHING_CHECKED
    problems: list[Problem] = []
    entries = dict(_entries(_list_of(content, name, problems), day, problems))
    if problems:
        raise Problems(problems)
    return Archives(entries)


def unused_entries(archives: Archives, addresses: set[str]) -> Iterator[Problem]:
    """Yield a warning for each entry that is about none of these addresses."""
    used = {archives.entry_of(address) for address in addresses}
    for address, entry in archives.entries.items():
        if address not in used:
            what = f'nothing in the collection leads to "{address}"'
            hint = "write the address as the document has it, or remove the entry"
            yield Problem(entry.place, what, hint, warning=True)


def _list_of(content: Any, name: str, problems: list[Problem]) -> Record:
    listed = content.get(_LIST) if isinstance(content, Record) else None
    if listed is None and not (isinstance(content, Record) and _LIST in content):
        raise Problems([Problem(Place(name, 1), f'has no "{_LIST}"', f'begin with "{_LIST}:"')])
    problems += content.unknown_keys((_LIST,))
    if isinstance(listed, Record):
        return listed
    if listed is not None:
        what, hint = "is not a list of addresses", 'write "https://…:" with keys below it'
        problems.append(Problem(content.place(_LIST), what, hint))
    return Record(name, 1)


def _entries(listed: Record, day: date, problems: list[Problem]) -> Iterator[tuple[str, Checked]]:
    for address, record in listed.items():
        place = listed.place(address)
        if not is_web_address(address):
            problems.append(Problem(place, f'"{address}" is no web address', "begin with https://"))
        elif not isinstance(record, Record):
            allowed = ", ".join(_ALLOWED)
            problems.append(Problem(place, "is not a list of keys", f"allowed here: {allowed}"))
        else:
            wrong = list(_wrong(record, place, day))
            problems += wrong
            if not wrong:
                yield address, Checked(_archived(record), place)


def _wrong(record: Record, place: Place, day: date) -> Iterator[Problem]:
    yield from record.unknown_keys(_ALLOWED)
    status, archive, checked = (record.get(key) for key in ("status", "archive", "checked"))
    if not isinstance(status, str) or status not in _FIELDS:
        allowed = ", ".join(_FIELDS)
        where = record.place("status") if "status" in record else place
        yield Problem(where, f'unknown status "{status or ""}"', f"one of {allowed}")
        return
    missing = [key for key in _FIELDS[status] if not str(record.get(key) or "").strip()]
    if missing:
        yield Problem(place, f'the status "{status}" needs {", ".join(missing)}')
    if archive is not None and status == "none":
        hint = 'with "works" or "gone" it has one'
        yield Problem(record.place("archive"), 'the status "none" has no archived copy', hint)
    if archive is not None and not is_web_address(str(archive)):
        what = f'"{archive}" is no web address'
        yield Problem(record.place("archive"), what, "begin with https://")
    if checked is not None and not is_day(str(checked)):
        yield Problem(record.place("checked"), f'"{checked}" is no day', "write 2026-03-01")
    elif checked is not None and str(checked) > day.isoformat():
        what = f'"{checked}" is after today, {day.isoformat()}'
        yield Problem(record.place("checked"), what, "write the day on which you looked")
    if hidden := next((sign for sign in str(record.get("reason") or "") if _is_hidden(sign)), ""):
        what = f"the reason holds U+{ord(hidden):04X}, which nobody sees"
        yield Problem(record.place("reason"), what, "write it anew")


def _is_hidden(sign: str) -> bool:
    """Tell whether nobody sees a character; joiners, with which scripts are written, may stand."""
    return category(sign) in ("Cc", "Cf", "Cs", "Co") and sign not in "\t\n\r\u200c\u200d"


def _archived(record: Record) -> Archived:
    checked = str(record.get("checked") or "")
    if record["status"] == "works":
        return Archived(str(record["archive"]), f"checked on {checked}")
    if record["status"] == "gone":
        copy = record.get("archive") or "it"
        return Archived("", "none", f"{copy} was gone when checked on {checked}")
    reason = " ".join(str(record["reason"]).split())
    return Archived("", "none", f"{reason} (checked on {checked})" if checked else reason)
