"""What a collection has published: which slug a source has, and its text as it last was.

A source that cannot be taken as it is now (its text changed in a way the ledger refuses, it is not
readable any more, it is gone) must not take its passages out of the indexes: the copy beside its
page still has the text of the last build, and the ledger knows its hash.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from builder.files import check_name, read_bytes
from builder.manifest import Manifest, describe
from builder.model import Place, Problem, Problems, Source
from builder.read import source_from_bytes
from builder.settings import Settings

# The header line of a ledger that names its source: `source seeds/002-fact-sheet.txt 9f86d081…`.
LEDGER_SOURCE = re.compile(r"^source (?P<name>.+) (?P<hash>[0-9a-f]{64})$", re.MULTILINE)


def ledger_texts(settings: Settings) -> dict[str, str]:
    """Return the text of every ledger, by the document's slug, with LF at the end of lines.

    Raises Problems with each that is no file or cannot be read: its addresses are published.
    """
    files = sorted(settings.anchors.glob("*.txt")) if settings.anchors.is_dir() else []
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for file in files:
        if file.name.startswith("."):
            continue  # half-written by a run that died
        name = settings.relative(file)
        try:
            check_name(name)
            text = read_bytes(file, name).decode("utf-8", "replace")
        except Problems as error:
            problems.extend(error.problems)
        else:
            texts[file.stem] = text.replace("\r\n", "\n")
    if problems:
        raise Problems(problems)
    return texts


def issued_slugs(
    texts: Mapping[str, str], names: Iterable[str] = (), sources: Iterable[Source] = ()
) -> dict[str, str]:
    """Return the slug that each source has been published under, by the source's path.

    `names` are the paths of all source files, `sources` those that can be read. A source under a
    new path belongs to the ledger that knows its hash, if that ledger's own source is not among
    `names`: the file was renamed.
    """
    found = {slug: match for slug, text in texts.items() if (match := LEDGER_SOURCE.search(text))}
    slugs = {match["name"]: slug for slug, match in found.items()}
    present = set(names)
    orphans = {m["hash"]: slug for slug, m in found.items() if m["name"] not in present}
    for source in sources:
        if source.path not in slugs and source.sha256 in orphans:
            slugs[source.path] = orphans.pop(source.sha256)
    return slugs


def published_source(
    settings: Settings, slug: str, ledger: str, manifest: Manifest
) -> Source | None:
    """Return a document's source as it was last published, None where no copy is at hand."""
    header = LEDGER_SOURCE.search(ledger)
    copy = settings.content / "documents" / slug / "source.txt"
    if not header or not copy.is_file():
        return None
    try:
        source = source_from_bytes(copy.read_bytes(), header["name"])
    except (OSError, Problems):
        return None
    if source.sha256 != header["hash"]:
        return None
    described = describe(source, manifest, settings.relative(settings.seeds))
    return replace(described, slug=slug)


def source_is_gone(settings: Settings, slug: str, ledger: str) -> Problem:
    """Return the problem of a ledger whose source is no longer there."""
    header = LEDGER_SOURCE.search(ledger)
    name = header["name"] if header else "its source"
    line = ledger.count("\n", 0, header.start()) + 1 if header else 1
    place = Place(settings.relative(settings.anchors / f"{slug}.txt"), line)
    return Problem(
        place,
        f"{name} is no longer there, and its addresses are published",
        "put the file back; its pages stay as they were",
    )
