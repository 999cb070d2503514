"""Reads the ledgers and the register of a collection as they stand on disk."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from builder.anchoring.evidence import known_register
from builder.anchoring.heads import Head, superseded
from builder.anchoring.keeping import is_child
from builder.anchoring.register import NAME, read_register
from builder.anchoring.seen import Seen
from builder.anchoring.texts import LedgerFile, LedgerTexts, Told, told_of
from builder.files import check_name
from builder.ledger_file import parse_ledger
from builder.model import DIGITS, Place, Problem, Problems
from builder.published import ledger_files
from builder.settings import Settings
from builder.storing.codec import from_row, to_row
from builder.storing.store import Store
from builder.versioning.kept import recorded_digits


@dataclass(frozen=True, slots=True)
class Ledgers:
    """The ledgers by the slug of their file: their texts, their headers; and the register.

    `leftovers` are slugs of which a renaming that died has left files, each with the slug that
    follows it; their ledgers are left out. `folder` is where all stand, as messages name it.
    """

    folder: str
    texts: LedgerTexts
    heads: Mapping[str, Head]
    leftovers: Mapping[str, str]
    register: Mapping[str, str]


def read_ledgers(settings: Settings, store: Store | None = None) -> Ledgers:
    """Read every ledger of which the `store` has not what an earlier run read.

    Raises Problems when one, or the register, cannot be read.
    """
    folder = settings.relative(settings.anchors)
    told, doubtful = _read(settings, Seen(store, "ledgers"))
    texts = LedgerTexts(settings.anchors, folder, told)
    file = settings.anchors / NAME
    register = read_register(file, settings.relative(file))
    heads = {head.slug: head for head in texts.heads}
    _refuse_damaged(doubtful, texts, folder)
    leftovers = superseded(heads, texts)
    for slug in leftovers:
        del heads[slug], texts[slug]
    _refuse_namesakes(heads, texts, folder)
    leftovers.update(_folders_left(settings, heads))
    register = known_register(settings, register, heads.values())
    return Ledgers(folder, texts, heads, leftovers, register)


def _read(settings: Settings, seen: Seen) -> tuple[dict[str, Told], list[str]]:
    """Return what is known of each ledger, by slug, and the slugs of those that may be damaged.

    Raises Problems with each that is no file or cannot be read: its addresses are published.
    """
    told: dict[str, Told] = {}
    doubtful: list[str] = []
    problems: list[Problem] = []
    for slug, file, name in ledger_files(settings):
        row = seen.recall(slug, file)
        if row is not None:
            told[slug] = from_row(Told, row)
            continue
        try:
            check_name(name)
            text = LedgerFile(file, name).text()
        except Problems as error:
            problems.extend(error.problems)
            continue
        told[slug] = told_of(slug, text)
        if told[slug].head.path and text.startswith("anchors "):
            seen.note(slug, file, to_row(told[slug]))
        else:
            doubtful.append(slug)
    if problems:
        raise Problems(problems)
    seen.keep()
    return told, doubtful


def _refuse_damaged(slugs: Collection[str], texts: Mapping[str, str], folder: str) -> None:
    """Raise Problems for ledgers whose header does not say of what they are."""
    problems: list[Problem] = []
    for slug in slugs:
        path = f"{folder}/{slug}.txt"
        try:
            parse_ledger(texts[slug], path)
        except Problems as error:
            problems.extend(error.problems)
        else:
            what, hint = "names no source", f'restore it: "git checkout -- {path}"'
            problems.append(Problem(Place(path, 1), what, hint))
    if problems:
        raise Problems(problems)


def _refuse_namesakes(heads: Mapping[str, Head], texts: Mapping[str, str], folder: str) -> None:
    """Raise Problems for former slugs that are those of a document which stands."""
    problems: list[Problem] = []
    for slug, head in heads.items():
        path = f"{folder}/{slug}.txt"
        for was in sorted(head.former & heads.keys()):
            what = f'slug-was names "{was}", and {folder}/{was}.txt is the ledger of a document'
            restore = f"git checkout -- {path}"
            if slug in heads[was].former:
                what = f'slug-was names "{was}", and {folder}/{was}.txt names "{slug}" in turn'
                restore += f" {folder}/{was}.txt"
            hint = f'take "{was}" out of this line, or restore the ledger: "{restore}"'
            problems.append(Problem(Place(path, _line_of("slug-was", texts[slug])), what, hint))
    if problems:
        raise Problems(problems)


def _line_of(key: str, text: str) -> int:
    """Return the line of the header on which a key stands."""
    lines = text.partition("\n\n")[0].split("\n")
    return next((n for n, line in enumerate(lines, 1) if line.partition(" ")[0] == key), 1)


def _folders_left(settings: Settings, heads: Mapping[str, Head]) -> Iterator[tuple[str, str]]:
    """Yield former slugs whose versions have not followed their document, with its slug."""
    for slug, head in heads.items():
        for was in head.former:
            if was not in heads and is_child(was) and (settings.versions / was).is_dir():
                yield was, slug


def known_digits(settings: Settings, head: Head) -> frozenset[str]:
    """Return the first digits of every SHA-256 that a document's source has had."""
    return recorded_digits(settings.versions / head.slug) | {head.sha256[:DIGITS]}
