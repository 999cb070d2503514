"""Reads source files: decodes them, and takes what their front matter states."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

from builder.dating.stated import read_date
from builder.encodings import decode, refuse_no_text
from builder.files import check_name, read_bytes
from builder.fold import fold
from builder.front_matter import is_unread, read_front_matter, stated_metadata
from builder.limits import NO_LIMITS, USUAL, Limits
from builder.model import Known, Place, Problem, Problems, Source
from builder.strict_yaml import load_data
from builder.unseen import ANNOTATIONS, BIDI, CONTROLS, DEPRECATED, JOINERS, NO_WIDTH, NONCHARACTERS
from builder.web_address import host_of, read_address

LINE = re.compile(r"(?P<text>[^\r\n]*)(?:\r\n?|\n|\Z)")
# Anything but white space and what nobody sees
VISIBLE = re.compile(
    rf"[^\s\u2800\u3164{CONTROLS}{BIDI}{DEPRECATED}{ANNOTATIONS}{NO_WIDTH}{JOINERS}{NONCHARACTERS}]"
)
# What git leaves around the two sides of a conflict: "<<<<<<< HEAD", ">>>>>>> theirs"
OURS = re.compile(r"^<{7} ", re.MULTILINE)
THEIRS = re.compile(r"^>{7} ", re.MULTILINE)
DATED_NAME = re.compile(r"(?P<date>(?:19|20)\d{2}-\d{2}-\d{2})[-_ ]")  # "2024-09-24-fact-sheet.md"
DATED_PATH = re.compile(r"/(?P<y>(?:19|20)\d{2})/(?P<m>\d{2})/(?P<d>\d{2})/")  # "/2023/11/16/"


def read_source(path: Path, root: Path, *, pipes: bool = False, limits: Limits = USUAL) -> Source:
    """Read one file; `root` is the collection's folder, from which its path is told.

    `pipes` allows what is no regular file, such as `/dev/stdin`. Raises Problems when the file
    cannot be read, is not UTF-8, is empty, passes the `limits`, or has a name or front matter that
    cannot be read: always with the line.
    """
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
    check_name(name)
    data = read_bytes(path, name, pipes=pipes, limit=limits.of("max_source_bytes"))
    refuse_no_text(data, name)
    source = source_from_bytes(data, name, limits)
    _refuse_conflict(source)
    return source


def _refuse_conflict(source: Source) -> None:
    """Raise Problems where git left a merge unfinished: what follows is no text of a document."""
    # What every such line holds is looked for first: that is far cheaper than to try each line.
    begins = OURS.search(source.text) if "<<<<<<< " in source.text else None
    if begins and THEIRS.search(source.text, begins.end()):
        line = source.text.count("\n", 0, begins.start()) + 1
        what, hint = "a merge left a conflict here", "keep the words that hold, and no line of git"
        raise _problem(source.path, line, what, hint)


def source_from_bytes(data: bytes, name: str, limits: Limits = NO_LIMITS) -> Source:
    """Return the source that `data` holds; `name` is the path told to people. Raises Problems.

    Bytes that were published once have no `limits`, for they have to be read for ever.
    """
    text = decode(data, name)
    _refuse_lines(text, name, limits)
    record, body = read_front_matter(text, name, limits)
    if not VISIBLE.search(text, body):
        raise _problem(name, 1, "holds no text", "give it a text, or take the file away")
    metadata = stated_metadata(record)
    source = Source(name, hashlib.sha256(data).hexdigest(), text, metadata, Place(name, 1), body)
    return infer(source)


def _refuse_lines(text: str, name: str, limits: Limits) -> None:
    """Raise Problems for a text of too many lines, and for a line that is too long."""
    lines, length = limits.of("max_source_lines"), limits.of("max_line_length")
    if not (lines.passed_by(len(text)) or length.passed_by(len(text))):
        return  # and most are
    for number, line in enumerate(LINE.finditer(text), 1):
        if length.passed_by(len(line["text"])):
            raise _problem(name, number, *length.told("this line holds more characters"))
        if lines.passed_by(number) and line["text"]:
            raise _problem(name, number, *lines.told("holds more lines"))


def _problem(path: str, line: int, what: str, hint: str) -> Problems:
    return Problems([Problem(Place(path, line), what, hint)])


def infer(source: Source) -> Source:
    """Fill in what the address, the file's name and the title let one infer, marked as inferred."""
    metadata = source.metadata
    url = metadata.url.value
    changes: dict[str, Known] = {}
    if metadata.issuer.value is None and url:
        issuer = issuer_of(url)
        if issuer:
            changes["issuer"] = Known(issuer, "inferred", f"from the address {host_of(url)}")
    if metadata.date.value is None:
        changes |= _dated(source.path, url)
    if metadata.type.value is None and metadata.title.value:
        kind = type_of(metadata.title.value)
        if kind:
            changes["type"] = Known(kind, "inferred", "from the title")
    # What the file says and nobody can read is told with what stands in its place.
    told = {
        field: replace(known, how=f"{known.how}; {before.how}")
        for field, known in changes.items()
        if is_unread(before := getattr(metadata, field))
    }
    return source.described(metadata.but(**changes | told))


def _dated(path: str, url: str | None) -> dict[str, Known]:
    name = DATED_NAME.match(Path(path).name)
    if name and read_date(name["date"]):
        return {"date": Known(name["date"], "inferred", "from the file's name")}
    found = date_of_address(url)
    return {"date": Known(found, "inferred", "from the original address")} if found else {}


def date_of_address(url: str | None) -> str | None:
    """Return the day that a web address states in its path, as EDTF, None where it states none."""
    address = read_address(url)
    match = DATED_PATH.search(address.path) if address else None
    return read_date(f"{match['y']}-{match['m']}-{match['d']}") if match else None


@cache
def _issuers() -> tuple[tuple[str, str], ...]:
    rows = load_data("issuers")["rows"]
    return tuple(sorted(((r["host"], r["issuer"]) for r in rows), key=lambda r: -len(r[0])))


def issuer_of(url: str) -> str | None:
    """Return who publishes at a web address, or None."""
    host = host_of(url)
    for known, issuer in _issuers():
        if host == known or host.endswith("." + known):
            return issuer
    return None


@cache
def _types() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = load_data("document_types")["rows"]
    return tuple((re.compile(row["pattern"], re.I), row["type"]) for row in rows)


def type_of(title: str) -> str | None:
    """Return the kind of document that a title announces, or None."""
    title = " ".join(fold(title).replace("\u2060", "").split())
    return next((kind for pattern, kind in _types() if pattern.search(title)), None)
