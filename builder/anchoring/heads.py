"""The header of a ledger, read and changed without a look at its records.

A build of ten thousand documents asks every ledger which source it is of, and few for more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from builder.ledger_file import SOURCE, parse_ledger
from builder.model import Place


@dataclass(frozen=True, slots=True)
class Head:
    """What a ledger's header says: its document, its source, its former slugs, its end.

    `slug` is the file's name. `document` is the id that no renaming changes. `path` and `sha256`
    are those of the source, "" where the header names none; `line` is where it does. `was` holds
    the former slugs, oldest first; `gone` the ISO date of the removal, else "".
    """

    slug: str
    document: str = ""
    path: str = ""
    sha256: str = ""
    was: tuple[str, ...] = ()
    gone: str = ""
    line: int = 1

    def place(self, anchors: str) -> Place:
        """Return where the ledger names its source; `anchors` is the folder as messages name it."""
        return Place(f"{anchors}/{self.slug}.txt", self.line)

    @property
    def former(self) -> frozenset[str]:
        """The slugs that the document had and does not have now."""
        return frozenset(self.was) - {self.slug}


def read_head(slug: str, text: str) -> Head:
    """Return what the header of a ledger's text says; what it does not say is left empty."""
    values: dict[str, str] = {}
    line = 1
    for number, row in enumerate(text.partition("\n\n")[0].split("\n"), 1):
        key, _, value = row.partition(" ")
        values[key] = value
        if key == "source":
            line = number
    source = SOURCE.fullmatch(values.get("source", ""))
    return Head(
        slug=slug,
        document=values.get("document", slug),
        path=source["name"] if source else "",
        sha256=source["hash"] if source else "",
        was=tuple(values.get("slug-was", "").split()),
        gone=values.get("gone", ""),
        line=line,
    )


def with_header(text: str, **changes: str) -> str:
    """Return a ledger's text with values of its header changed; an empty value takes the line out.

    A key with a hyphen is written with an underscore: `slug_was`.
    """
    header, blank, records = text.partition("\n\n")
    lines = header.rstrip("\n").split("\n")
    for name, value in changes.items():
        key = name.replace("_", "-")
        said = [i for i, line in enumerate(lines) if line.partition(" ")[0] == key]
        for i in reversed(said):
            del lines[i]
        if value:
            lines.insert(said[0] if said else len(lines), f"{key} {value}")
    return "\n".join(lines) + (blank + records if blank else "\n")


def superseded(heads: Mapping[str, Head], texts: Mapping[str, str]) -> dict[str, str]:
    """Return the slugs of ledgers that a renaming left behind, each with the slug that follows it.

    A renaming writes the new file before it removes the old one; a run that dies between leaves
    both. The old one is done with only where the new one holds all of its ids.
    """
    followers: dict[str, list[Head]] = {}
    for head in heads.values():
        for slug in head.former:
            followers.setdefault(slug, []).append(head)
    return {
        slug: head.slug
        for slug, some in followers.items()
        for head in some
        if slug in heads and _follows(head, heads[slug]) and _holds_all(head.slug, slug, texts)
    }


def _follows(new: Head, old: Head) -> bool:
    past = (*old.was, old.slug)
    return new.document == old.document and new.was[: len(past)] == past


def _holds_all(new: str, old: str, texts: Mapping[str, str]) -> bool:
    return set(_ids(texts[old], old)) <= set(_ids(texts[new], new))


def _ids(text: str, slug: str) -> Iterator[str]:
    for record in parse_ledger(text, slug).records:
        yield record.id
        yield from (f"{record.id}-{figure.id}" for figure in record.figures)


def renamings(heads: Iterable[Head]) -> tuple[tuple[str, str], ...]:
    """Return every former slug with the slug that its document has now, sorted."""
    return tuple(sorted((was, head.slug) for head in heads for was in head.former))


def first_slugs(heads: Iterable[Head]) -> tuple[tuple[str, str], ...]:
    """Return every slug whose document had another one first, with that one, sorted."""
    return tuple(sorted((one.slug, one.document) for one in heads if one.document != one.slug))
