"""Puts on disk what a run has issued: ledgers, versions, the register; or says that it would.

The order is that of a run that may die at any moment: what a later run needs to understand the
state comes first. Superseded versions are kept before their ledger changes, a new slug's files
stand before those of the former one go.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from builder.anchoring.register import COPY, NAME, print_register
from builder.model import Place, Problem
from builder.publishing.writing import remove_leavings, write_file
from builder.settings import Settings

_COMMIT = 'run "builder build" and commit'


@dataclass(frozen=True, slots=True)
class Issued:
    """What a run has to write: ledgers by file, versions by file, slugs that moved, the register.

    `moved` gives for the slug of a file on disk the one that it has now; `published` what has a
    page now, by address, and `register` what had one before.
    """

    ledgers: Mapping[Path, str] = field(default_factory=dict)
    files: Mapping[Path, bytes] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)
    published: Mapping[str, str] = field(default_factory=dict)
    register: Mapping[str, str] = field(default_factory=dict)

    @property
    def slugs(self) -> frozenset[str]:
        """The slugs whose ledgers or versions are written or moved."""
        ledgers = {file.stem for file in self.ledgers}
        versions = {file.parent.name for file in self.files}
        return frozenset({*ledgers, *versions, *self.moved, *self.moved.values()})

    @property
    def all_published(self) -> Mapping[str, str]:
        """Every address that ever had a page; what the register tells of one stays."""
        return {
            **self.register,
            **{one: told or self.register.get(one, "") for one, told in self.published.items()},
        }


def keep(settings: Settings, issued: Issued) -> list[Problem]:
    """Write what a run has issued; return a warning for each thing that could not be removed."""
    for slug in (*issued.moved, *issued.moved.values()):
        if not is_child(slug):
            raise ValueError(f'no ledger is moved out of its folder: "{slug}"')
    for old, new in issued.moved.items():
        _copy_folder(settings.versions / old, settings.versions / new)
    # The line that names a new version comes last: with it the ledger stands for those bytes.
    last = {file for file in issued.files if file.suffix == ".yaml"}
    _write({file: data for file, data in issued.files.items() if file not in last})
    _write({file: text.encode() for file, text in issued.ledgers.items()})
    _write({file: issued.files[file] for file in issued.files if file in last})
    left = [one for old in issued.moved for one in _remove(settings, old)]
    if issued.all_published:
        text = print_register(issued.all_published)
        _write({folder / name: text.encode() for folder, name in _registers(settings)})
    _sweep(settings)
    return left


def _registers(settings: Settings) -> Iterator[tuple[Path, str]]:
    yield settings.anchors, NAME
    if settings.content.is_dir():
        yield settings.content, COPY


def is_child(slug: str) -> bool:
    """Tell whether a slug names a direct child of a folder, so that it may be moved or removed."""
    return slug not in ("", ".", "..") and not set(slug) & set("/\\\0")


def _remove(settings: Settings, old: str) -> Iterator[Problem]:
    """Remove ledger and versions that stand under another slug now."""
    ledger, folder = settings.anchors / f"{old}.txt", settings.versions / old
    for path, remove in ((ledger, Path.unlink), (folder, shutil.rmtree)):
        try:
            if path.is_symlink():
                path.unlink()  # what it leads to is not ours
            elif path.exists():
                remove(path)
        except OSError as error:
            what = f"this has moved, and cannot be removed here ({error.strerror})"
            place = Place(settings.relative(path), 0)
            yield Problem(place, what, "remove it by hand", warning=True)


def _sweep(settings: Settings) -> None:
    """Remove what runs that died left half-written."""
    folders = [settings.anchors, settings.versions]
    folders += settings.versions.iterdir() if settings.versions.is_dir() else ()
    for folder in folders:
        if folder.is_dir() and not folder.is_symlink():
            remove_leavings(folder)


def _copy_folder(old: Path, new: Path) -> None:
    for file in sorted(old.iterdir()) if old.is_dir() else ():
        if file.is_file() and not file.name.startswith("."):
            write_file(new / file.name, file.read_bytes())


def _write(files: Mapping[Path, bytes]) -> None:
    for file, data in files.items():
        write_file(file, data)


def not_kept(settings: Settings, issued: Issued) -> Iterator[Problem]:
    """Yield a problem for each file that a frozen run would have to write."""
    ledgers = {file.stem for file in issued.ledgers}
    versions = {file.parent.name for file in issued.files} - ledgers
    for slug in sorted(ledgers):
        place = Place(settings.relative(settings.anchors / f"{slug}.txt"), 1)
        hint = f"{_COMMIT} the ledger with the source"
        yield Problem(place, "this ledger is not up to date", hint)
    for slug in sorted(versions):
        folder = settings.relative(settings.versions / slug)
        what = "not all versions of the source are on record"
        yield Problem(Place(folder, 0), what, f"{_COMMIT} this folder with the source")
    told = ledgers | versions
    for old in sorted(issued.moved.keys() - told):
        place = Place(settings.relative(settings.anchors / f"{old}.txt"), 1)
        what = f"this ledger is now that of {issued.moved[old]}"
        yield Problem(place, what, f"{_COMMIT} both")
    before = issued.register if (settings.anchors / NAME).exists() else {}
    new = issued.published.keys() - before.keys()
    if new and not told:  # else the same command brings it up to date
        place = Place(settings.relative(settings.anchors / NAME), 1)
        what = f"this register is not up to date: it lacks {_some(new)}"
        yield Problem(place, what, f"{_COMMIT} it")


def _some(addresses: Iterable[str]) -> str:
    first, *more = sorted(addresses)
    return f"{first} and {len(more)} more" if more else first
