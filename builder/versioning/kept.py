"""Reads `seeds/versions/<slug>/`: what is on record of the versions of a source.

`<12 digits of SHA-256>.yaml` says since when a version stands and after which. Once it has made way
to another, `.txt` holds its bytes and `.ledger` the ledger as it stood for it. Nobody edits these
files, but git merges them and people delete them: what is not right is told, and the rest holds.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from builder.files import read_bytes, shown_name
from builder.ledger_file import Ledger, parse_ledger
from builder.model import DIGITS, Place, Problem, Problems
from builder.settings import Settings
from builder.strict_yaml import Record, load
from builder.versioning.earlier import with_hash
from builder.versioning.succession import Recorded, in_circles

Passages = tuple[tuple[str, str], ...]
"""Addresses with their texts, in order."""

_KEYS = ("sha256", "since", "after")
_HEX = "[0-9a-f]"
# The files of a version: "57df446b9168.yaml", "57df446b9168.txt", "57df446b9168.ledger"
_NAME = re.compile(rf"(?P<digits>{_HEX}{{{DIGITS}}})\.(?P<kind>yaml|txt|ledger)")
_CONFLICT = re.compile(r"^<{7} ", re.MULTILINE)  # "<<<<<<< HEAD"
_SHA256 = re.compile(rf"{_HEX}{{64}}")
_DIGITS = re.compile(rf"{_HEX}{{{DIGITS}}}")


@dataclass(slots=True)
class Kept:
    """What is on record of a document's versions, by their digits.

    `passages` are of those that have made way to another, `ledgers` what theirs said where it can
    be read, `named` all that a file is named after, readable or not. `folder` is where the files
    stand, as messages name it.
    """

    folder: str = ""

    recorded: dict[str, Recorded] = field(default_factory=dict)
    texts: dict[str, bytes] = field(default_factory=dict)
    passages: dict[str, Passages] = field(default_factory=dict)
    ledgers: dict[str, Ledger] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def path(self, digits: str, kind: str) -> str:
        """Return where a file of a version stands, as messages name it."""
        return f"{self.folder}/{digits}.{kind}"


def recorded_digits(folder: Path) -> frozenset[str]:
    """Return the digits of the versions on record in a folder, by the names of its files."""
    names = map(_NAME.fullmatch, _names(folder))
    return frozenset(name["digits"] for name in names if name and name["kind"] == "yaml")


def read_kept(settings: Settings, slug: str, first: str) -> Kept:
    """Read what is on record of a document's versions.

    `first` is the SHA-256 of the first one, from the ledger. What cannot be read is told in
    `problems`, with its line.
    """
    folder = settings.versions / slug
    kept = Kept(settings.relative(folder))
    for name in _names(folder):
        try:
            _read_file(folder / name, kept)
        except Problems as error:
            kept.problems.extend(error.problems)
    _add_first(kept, first)
    there = set(kept.texts)
    kept.problems += [*_false_texts(kept), *_loose_ends(kept), *_without_text(kept, there)]
    return kept


def live_passages(ledger: str, path: str) -> Passages:
    """Return the addresses in a ledger that have a passage, with its text. Raises Problems."""
    return live_in(parse_ledger(ledger, path))


def live_in(ledger: Ledger) -> Passages:
    """Return the addresses in a ledger that have a passage, with its text."""
    return tuple(
        (record.id, record.text) for record in ledger.records if record.get("gone") is None
    )


def _names(folder: Path) -> list[str]:
    """Return the names of a folder's files, but for hidden ones: half-written, or the system's."""
    try:
        return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
    except (FileNotFoundError, NotADirectoryError):
        return []


def _read_file(file: Path, kept: Kept) -> None:
    """Take in one file of the folder. Raises Problems."""
    path = f"{kept.folder}/{shown_name(file.name)}"
    name = _NAME.fullmatch(file.name)
    if not name:
        what, hint = "this is no file of a version", "the builder keeps them; move it elsewhere"
        raise Problems([Problem(Place(path, 1), what, hint, warning=True)])
    digits, kind = name["digits"], name["kind"]
    kept.named.add(digits)
    data = read_bytes(file, path)
    if kind == "txt":
        kept.texts[digits] = data
    elif kind == "ledger":
        kept.passages[digits] = ()  # it has made way, whatever the file says
        kept.ledgers[digits] = parse_ledger(_decoded(data, path), path)
        kept.passages[digits] = live_in(kept.ledgers[digits])
    else:
        kept.recorded[digits] = _recorded(_decoded(data, path), path, digits)


def _decoded(data: bytes, path: str) -> str:
    try:
        return data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Problems([Problem(Place(path, line), "not UTF-8", _restore(path))]) from error


def _recorded(text: str, path: str, digits: str) -> Recorded:
    conflict = _CONFLICT.search(text)
    if conflict:
        line = text.count("\n", 0, conflict.start()) + 1
        what, hint = "two branches had this version, each its own way", "keep the lines of either"
        raise Problems([Problem(Place(path, line), what, hint)])
    value = load(text, path)
    if not isinstance(value, Record):
        what = f"does not say since when version {digits} stands"
        raise Problems([Problem(Place(path, 1), what, _restore(path))])
    problems = list(value.unknown_keys(_KEYS))
    sha256, since, after = (str(value.get(key) or "") for key in _KEYS)
    if not _SHA256.fullmatch(sha256) or not sha256.startswith(digits):
        what = f"sha256 is not that of version {digits}"
        problems.append(Problem(value.place("sha256"), what, _restore(path)))
    if not _is_date(since):
        what = f'since is "{since[:40]}", which is no date'
        problems.append(Problem(value.place("since"), what, "write it as 2026-12-02"))
    if not _DIGITS.fullmatch(after):
        what = f'after is "{after[:40]}", which names no version'
        hint = f"write the first {DIGITS} digits of its SHA-256"
        problems.append(Problem(value.place("after"), what, hint))
    if problems:
        raise Problems(problems)
    return Recorded(sha256, since, after)


def _is_date(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _add_first(kept: Kept, first: str) -> None:
    """Add the first version, which no file but the ledger need name; "" where none does."""
    if not first:
        return
    if first[:DIGITS] not in kept.recorded:
        kept.recorded[first[:DIGITS]] = Recorded(first)
        return
    # A ledger that was lost and begun anew begins with a later version: by its text the first is
    # known all the same.
    for digits, data in kept.texts.items():
        sha256 = hashlib.sha256(data).hexdigest()
        if digits not in kept.recorded and sha256.startswith(digits):
            kept.recorded[digits] = Recorded(sha256)


def _false_texts(kept: Kept) -> Iterator[Problem]:
    """Yield a problem for each text that is not the one published, and leave it out."""
    for digits, data in list(kept.texts.items()):
        recorded = kept.recorded.get(digits)
        found = with_hash(data, recorded.sha256) if recorded else None
        if found is not None:
            kept.texts[digits] = found
            continue
        del kept.texts[digits]
        if recorded:
            path = kept.path(digits, "txt")
            what = f"this is not the text of version {digits}: its SHA-256 is another one"
            yield Problem(Place(path, 1), what, f"{_restore(path)}, or delete it")


def _loose_ends(kept: Kept) -> Iterator[Problem]:
    """Yield a problem for each version that does not say what it is, or after which it came."""
    told = {problem.place.path for problem in kept.problems}
    for digits in sorted(kept.named - kept.recorded.keys()):
        path = kept.path(digits, "yaml")
        if path not in told:
            what = f"nothing says since when version {digits} stands"
            yield Problem(Place(path, 1), what, f'"git restore {path}" brings it back')
    for one in kept.recorded.values():
        if one.after and one.after not in kept.named | kept.recorded.keys():
            path = kept.path(one.digits, "yaml")
            other = kept.path(one.after, "yaml")
            what = f"there is no version {one.after}, after which this one came"
            yield Problem(Place(path, 1), what, f'"git restore {other}" brings it back')
    for one in in_circles(kept.recorded.values()):
        path = kept.path(one.digits, "yaml")
        yield Problem(Place(path, 1), "this version comes after itself", _restore(path))


def _without_text(kept: Kept, there: set[str]) -> Iterator[Problem]:
    """Yield a warning for each version that has made way and of which there are no bytes."""
    for digits in sorted(kept.ledgers.keys() & kept.recorded.keys() - there):
        path = kept.path(digits, "txt")
        what = f"the text of version {digits} is not there"
        hint = f'"git restore {path}" brings it back; the version stays listed without'
        yield Problem(Place(path, 0), what, hint, warning=True)


def _restore(path: str) -> str:
    return f'nobody edits this file: "git restore {path}" brings it back'
