"""Invented documents for the search of a big collection."""

from functools import partial
from hashlib import sha256
from pathlib import Path

from builder.searching.described import Described
from builder.searching.prepared import prepare
from builder.searching.records import Passage, Record
from builder.searching.shards import Member


def record(slug: str, year: str = "", *texts: str, title: str = "") -> Record:
    """Return a document of a year with some passages."""
    facets = {"year": (year,)} if year else {}
    about = Described(f"documents/{slug}/", title or f"Title of {slug}", "A place", facets)
    passages = (Passage(f"p{number}", text) for number, text in enumerate(texts or ("Text.",), 1))
    return Record(about, tuple(passages))


def member(of: Record) -> Member:
    """Return a document as it is given to the search."""
    data = prepare(of)
    slug = of.described.address.split("/")[1]
    year = next(iter(of.described.facets.get("year", ())), "")
    return Member(slug, year, sha256(data).hexdigest(), partial(bytes, data))


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder, by their paths in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def words_in(data: bytes) -> dict[str, bytes]:
    """Return the words of a list with their segments, read as the page reads them."""
    words, at = {}, 0

    def number() -> int:
        nonlocal at
        value, weight = 0, 1
        while data[at] > 127:
            value, weight, at = value + (data[at] - 128) * weight, weight * 128, at + 1
        at += 1
        return value + data[at - 1] * weight

    while at < len(data):
        size = number()
        word, at = data[at : at + size].decode(), at + size
        size = number()
        words[word], at = data[at : at + size], at + size
    return words
