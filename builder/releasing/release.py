"""Makes a release of the finished site: database, archive, checksums, and their links.

Everything is made whole beside its place and moved there at the end: who downloads meanwhile has
the old files or the new ones, and a full disk leaves the old ones as they were.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from builder.model import Place, Problem, Problems
from builder.publishing.exchange import workplace
from builder.publishing.lock import locked
from builder.releasing.archive import write_archive
from builder.releasing.database import write_database
from builder.releasing.datasette import datasette_metadata
from builder.releasing.finished import Finished, read_finished, sha256_of
from builder.releasing.release_page import PAGE, ReleaseFile, with_release, without_release
from builder.settings import Settings
from builder.site_files import DATA

SUMS = ".sha256"

# The files of a release by their ending, and what a reader is told of them, as HTML.
_FILES: Mapping[str, str] = {
    ".sqlite": "all tables as one SQLite database with full-text search",
    ".datasette.json": "titles, descriptions and facets of the database, for"
    " <code>datasette {name}.sqlite --metadata {name}.datasette.json</code>",
    ".zip": "the whole site with its data files; unpack it and open <code>index.html</code>",
}
_SUM = re.compile(r"(?P<sum>[0-9a-f]{64})  (?P<name>[^/\\\n]+)")  # "9f86d081…  collection.zip"


def release(
    settings: Settings, to: Path | None = None, say: Callable[[str], None] = lambda message: None
) -> tuple[list[ReleaseFile], list[Problem]]:
    """Make the release of a finished site, in its `data/` or in a folder that `to` names.

    Returns its files, and warnings. Raises Problems where there is no finished site, where its
    files are not those of one build, and where other files stand in the way.
    """
    site = settings.site.resolve()
    with locked(settings.root, lambda: say("waiting: another run is at work here")):
        finished = read_finished(site, settings.relative(settings.site))
        folder = _folder(site, to)
        former = released(site / DATA)
        _refuse_others(finished, folder, settings.relative(folder))
        with workplace(to.resolve() / "release" if to else site) as work:
            made = _make(finished, work, {f"{DATA}{name}" for name in former}, say)
            sums = f"{finished.name}{SUMS}"
            lines = [f"{one.sha256}  {one.name}\n" for one in made]
            (work / sums).write_text("".join(lines), encoding="utf-8", newline="\n")
            warnings = [] if to else _fill_page(finished, work, made, sums)
            _put(work, folder, former if not to else set())
    return made, warnings


def _folder(site: Path, to: Path | None) -> Path:
    """Return where the files go; raise Problems where that would make them part of the site."""
    if to is None:
        return site / DATA
    folder = to.resolve()
    if folder == site or site in folder.parents:
        what = "lies in the site, which the release is made from"
        raise Problems([Problem(Place(to.as_posix(), 0), what, "name a folder outside of it")])
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def released(folder: Path) -> set[str]:
    """Return the names of the files that earlier releases have left in a folder."""
    names = set()
    for sums in sorted(folder.glob(f"*{SUMS}")):
        name = sums.name.removesuffix(SUMS)
        ours = {f"{name}{ending}" for ending in _FILES}
        found = _SUM.findall(sums.read_text(encoding="utf-8", errors="replace"))
        if found and {listed for _, listed in found} <= ours:
            names |= {sums.name, *(listed for _, listed in found)}
    return names


def _refuse_others(finished: Finished, folder: Path, called: str) -> None:
    """Raise Problems rather than replace a file that no release has left."""
    ours = released(folder)
    names = [f"{finished.name}{ending}" for ending in (*_FILES, SUMS)]
    in_the_way = [name for name in names if name not in ours and (folder / name).exists()]
    if in_the_way:
        hint = "move it away, or name another folder with --to"
        raise Problems(
            Problem(Place(f"{called}/{name}", 0), "is not a file of a release", hint)
            for name in in_the_way
        )


def _make(
    finished: Finished, work: Path, former: set[str], say: Callable[[str], None]
) -> list[ReleaseFile]:
    """Make the files in an empty folder; `former` are those of earlier releases in the site."""
    name = finished.name
    say("making the database")
    write_database(finished, work / f"{name}.sqlite")
    (work / f"{name}.datasette.json").write_bytes(datasette_metadata(finished, name))
    say("packing the site")
    write_archive(finished, work / f"{name}.zip", left_out=former)
    return [
        _made(work / f"{name}{ending}", words.format(name=name)) for ending, words in _FILES.items()
    ]


def _made(file: Path, words: str) -> ReleaseFile:
    with file.open("rb") as handle:
        os.fsync(handle.fileno())
    return ReleaseFile(file.name, words, file.stat().st_size, sha256_of(file))


def _fill_page(finished: Finished, work: Path, made: list[ReleaseFile], sums: str) -> list[Problem]:
    """Make the page that links to the files; return a warning where it has no place for that."""
    page = finished.site / PAGE
    there = page.read_bytes() if page.is_file() else b""
    filled = with_release(without_release(there), made, sums)
    if filled is None:
        what = "has no place for the links to the release"
        hint = 'the element <div data-release></div> is that place; run "builder build"'
        return [Problem(finished.place(PAGE), what, hint, warning=True)]
    (work / Path(PAGE).name).write_bytes(filled)
    return []


def _put(work: Path, folder: Path, former: set[str]) -> None:
    """Move what was made to its place; the page comes last, when what it links to stands."""
    page = Path(PAGE).name
    new = sorted((file for file in work.iterdir()), key=lambda file: (file.name == page, file.name))
    for file in new:
        file.replace(folder / file.name)
    for name in former - {file.name for file in new}:
        (folder / name).unlink(missing_ok=True)
