"""Reads source files: finds them, decodes them, and takes what their front matter states."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from builder.dating.stated import read_date
from builder.files import check_name, read_bytes
from builder.fold import fold
from builder.model import Known, Metadata, Place, Problem, Problems, Source
from builder.strict_yaml import Record, load, load_data
from builder.web_address import host_of, is_web_address, read_address

SUFFIXES = frozenset({".txt", ".md", ".markdown"})
# Folders directly under seeds/ that hold what editors and the builder know, not sources.
RESERVED = frozenset({"anchors", "versions", "catalogue"})
FRONT_MATTER_KEYS = {
    "title": ("title",),
    "issuer": ("issuer", "publisher", "agency", "organization", "author"),
    "date": ("date", "published", "published_time", "publication_date", "pubdate"),
    "type": ("type", "document_type", "genre"),
    "url": ("source_url", "url", "original_url", "canonical_url", "link"),
    "rights": ("rights", "license", "licence"),
    "retrieved": ("retrieved", "accessed", "source_retrieved"),
    "language": ("language", "lang"),
    "archive": ("source_archive_url", "archive_url"),
}
FENCE = re.compile(r"---[ \t]*\r?\n")
FENCE_END = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\r?\Z)", re.MULTILINE)
KEY_LINE = re.compile(r"[A-Za-z_][\w -]*:(?:\s|\Z)")  # "title: …"
# What git leaves around the two sides of a conflict: "<<<<<<< HEAD", ">>>>>>> theirs"
OURS = re.compile(r"^<{7} ", re.MULTILINE)
THEIRS = re.compile(r"^>{7} ", re.MULTILINE)
DATED_NAME = re.compile(r"(?P<date>(?:19|20)\d{2}-\d{2}-\d{2})[-_ ]")  # "2024-09-24-fact-sheet.md"
DATED_PATH = re.compile(r"/(?P<y>(?:19|20)\d{2})/(?P<m>\d{2})/(?P<d>\d{2})/")  # "/2023/11/16/"


def find_sources(seeds: Path) -> list[Path]:
    """Return the source files under `seeds` at any depth, sorted by path.

    Left out: hidden files and folders, the reserved folders, and links that lead outside.
    """
    return sorted(_walk(seeds), key=lambda path: path.relative_to(seeds).as_posix())


def _walk(seeds: Path) -> Iterator[Path]:
    inside = seeds.resolve()
    for folder, folders, names in os.walk(seeds):
        here = Path(folder)
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and not (here == seeds and name in RESERVED)
        ]
        for name in names:
            path = here / name
            if name.startswith(".") or path.suffix.lower() not in SUFFIXES:
                continue
            if path.is_symlink() and _leads_outside(path, inside):
                continue
            yield path


def _leads_outside(link: Path, inside: Path) -> bool:
    try:
        return not link.resolve().is_relative_to(inside)
    except (OSError, RuntimeError):  # a circle of links: whoever reads it says so
        return False


def read_source(path: Path, root: Path, *, pipes: bool = False) -> Source:
    """Read one file; `root` is the collection's folder, from which its path is told.

    `pipes` allows what is no regular file, such as `/dev/stdin`. Raises Problems when the file
    cannot be read, is not UTF-8, is empty, or has a name or front matter that cannot be read:
    always with the line.
    """
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
    check_name(name)
    source = source_from_bytes(read_bytes(path, name, pipes=pipes), name)
    _refuse_conflict(source)
    return source


def _refuse_conflict(source: Source) -> None:
    """Raise Problems where git left a merge unfinished: what follows is no text of a document."""
    begins = OURS.search(source.text)
    if begins and THEIRS.search(source.text, begins.end()):
        line = source.text.count("\n", 0, begins.start()) + 1
        what, hint = "a merge left a conflict here", "keep the words that hold, and no line of git"
        raise _problem(source.path, line, what, hint)


def source_from_bytes(data: bytes, name: str) -> Source:
    """Return the source that `data` holds; `name` is the path told to people. Raises Problems."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"not UTF-8 (byte 0x{data[error.start]:02x})"
        raise _problem(name, line, what, "save the file in the encoding UTF-8") from error
    record, body = read_front_matter(text, name)
    if not text[body:].strip("\ufeff \t\r\n\u00a0"):
        raise _problem(name, 1, "holds no text", "give it a text, or take the file away")
    metadata = _metadata(record)
    source = Source(name, hashlib.sha256(data).hexdigest(), text, metadata, Place(name, 1), body)
    return infer(source)


def _problem(path: str, line: int, what: str, hint: str) -> Problems:
    return Problems([Problem(Place(path, line), what, hint)])


def read_front_matter(text: str, name: str) -> tuple[Record, int]:
    """Return the front matter and the offset at which it ends (0 where there is none).

    Raises Problems where it begins and does not end, or is not a mapping.
    """
    start = 1 if text.startswith("\ufeff") else 0
    fence = FENCE.match(text, start)
    if not fence or not KEY_LINE.match(text, fence.end()):
        return Record(name, 1), 0
    end = FENCE_END.search(text, fence.end())
    if not end:
        raise _problem(name, 1, "the front matter is not closed", 'end it with a line "---"')
    value = load(text[fence.end() : end.start()], name, first_line=2)
    if not isinstance(value, Record):
        raise _problem(name, 2, "the front matter is not a list of keys", 'write "key: value"')
    return value, end.end()


def _metadata(record: Record) -> Metadata:
    known: dict[str, Known] = {}
    used = set()
    for field, keys in FRONT_MATTER_KEYS.items():
        key = next((k for k in keys if isinstance(record.get(k), _readable(field))), None)
        if key is None:
            continue
        # A list is one of issuers, who stand as in the manifest: "The White House; …".
        own = record[key]
        value = "; ".join(map(_shown, own)) if isinstance(own, list) else str(own)
        value = " ".join(value.split())
        if not value:
            continue
        used.add(key)
        known[field] = _stated(field, value)
    extra = tuple((key, _shown(value)) for key, value in record.items() if key not in used)
    return Metadata(**known, extra=extra)


def _readable(field: str) -> tuple[type, ...]:
    return (str, int, float, list) if field == "issuer" else (str, int, float)


def _stated(field: str, value: str) -> Known:
    if field == "date":
        found = read_date(value)
        if found is None:
            return Known(
                None, "unknown", f'the file’s header says "{value}", which is no date we can read'
            )
        return Known(found, "stated", "front matter")
    if field in ("url", "archive") and not is_web_address(value):
        return Known(None, "unknown", f'the file’s header says "{value}", which is no web address')
    return Known(value, "stated", "front matter")


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_shown(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_shown(item)}" for key, item in value.items())
    return "" if value is None else " ".join(str(value).split())


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
        changes |= _dated(source.path, url, metadata.date)
    if metadata.type.value is None and metadata.title.value:
        kind = type_of(metadata.title.value)
        if kind:
            changes["type"] = Known(kind, "inferred", "from the title")
    return replace(source, metadata=metadata.but(**changes))


def _dated(path: str, url: str | None, stated: Known) -> dict[str, Known]:
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
