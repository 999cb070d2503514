"""Tells whether anything has changed since the last build, by a look at the files and no more.

What decides what a build makes is told from size and times of every file: of what goes in as it
was before the build read it, of what comes out as the build left it. Where both are as they were,
the last build has said all there is to say.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, fields
from hashlib import blake2b
from pathlib import Path

from builder.finishing import CACHE
from builder.model import Place, Problem
from builder.outcome import Outcome
from builder.publishing.fast_render import FRAME
from builder.publishing.kept_frame import configuration_of, load_frame
from builder.publishing.starter import starter_folder
from builder.publishing.writing import read_list, write_file
from builder.settings import Settings
from builder.storing.code_version import code_version
from builder.today import EPOCH

KEPT = Path(".cache") / "unchanged.json"

# A file that changed so shortly before it was looked at may change again and look the same.
_TICK = 50_000_000  # nanoseconds
_OWN = ("anchors", "versions")


@dataclass(frozen=True, slots=True)
class Inputs:
    """A digest of what goes into a build, and whether it can be relied on."""

    digest: str
    is_settled: bool


def inputs_of(settings: Settings, *, frozen: bool) -> Inputs:
    """Return what goes into a build now."""
    told = {one.name: str(getattr(settings, one.name)) for one in fields(settings)}
    told.pop("jobs")  # another number of processes makes the same site
    said = (code_version(), sorted(told.items()), frozen, os.environ.get(EPOCH, ""))
    seen = _Seen(repr((*said, configuration_of(settings))))
    for entry in _files(settings.seeds, leave_out=_OWN):
        seen.add(entry)
    generated = read_list(settings.content).keys()
    cut = len(f"{settings.content}/")
    for entry in _files(settings.content):
        if entry.path[cut:] not in generated and not entry.name.startswith("."):
            seen.add(entry)
    own = [settings.root / "site_overrides", starter_folder() / "site_overrides"]
    for folder in (*own, *sorted(_theme_of(settings) - set(own))):
        for entry in _files(folder):
            seen.add(entry)
    return Inputs(seen.digest, seen.newest < time.time_ns() - _TICK)


def _theme_of(settings: Settings) -> set[Path]:
    """Return the folders of templates that the last rendering knew of."""
    frame = load_frame(settings.root / CACHE / FRAME)
    return set(map(Path, frame.folders)) if frame else set()


def last_outcome(settings: Settings, inputs: Inputs) -> Outcome | None:
    """Return what the last build has told, None where anything has changed since."""
    try:
        kept = json.loads((settings.root / KEPT).read_bytes())
        if kept["inputs"] != inputs.digest or kept["outputs"] != _outputs(settings):
            return None
        if not _is_known(settings):
            return None
        problems = tuple(
            Problem(Place(*place), what, hint, warning)
            for place, what, hint, warning in kept.pop("problems")
        )
        counts = {name: kept[name] for name in _COUNTS}
    except (OSError, ValueError, TypeError, LookupError):
        return None
    return Outcome(problems=problems, **counts)


def keep_outcome(settings: Settings, inputs: Inputs, outcome: Outcome) -> None:
    """Keep what a build has told, for the next one; where that cannot be, it is done without."""
    with suppress(OSError):
        if not (inputs.is_settled and _is_known(settings)):
            (settings.root / KEPT).unlink(missing_ok=True)
            return
        problems = [
            ((one.place.path, one.place.line), one.what, one.hint, one.warning)
            for one in outcome.problems
        ]
        told = {name: getattr(outcome, name) for name in _COUNTS}
        outputs = _outputs(settings)
        data = json.dumps(
            {"inputs": inputs.digest, "outputs": outputs, "problems": problems, **told}
        )
        write_file(settings.root / KEPT, data.encode())


def _is_known(settings: Settings) -> bool:
    """Tell whether it is known on what rendering depends: not where hooks or plugins take part."""
    return (settings.root / CACHE / FRAME / "frame.json").is_file()


_COUNTS = ("documents", "passages", "mentions", "figures", "candidates")


def _outputs(settings: Settings) -> str:
    """Return a digest of what a build leaves: ledgers, versions, pages, the folders of the site."""
    seen = _Seen("")
    for name in _OWN:
        for entry in _files(settings.seeds / name):
            seen.add(entry)
    for entry in _files(settings.content):
        seen.add(entry)
    # Files of a site are replaced and never written to: their folders tell of a change.
    with suppress(OSError):
        seen.add_file(settings.site)
    for entry in _folders(settings.site):
        seen.add(entry)
    return seen.digest


class _Seen:
    """A digest of files by their paths, sizes and times."""

    def __init__(self, told: str) -> None:
        self._digest = blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16)
        self.newest = 0

    def add(self, entry: os.DirEntry[str]) -> None:
        """Take up an entry of a folder."""
        self._take(entry.path, entry.stat(follow_symlinks=False))

    def add_file(self, path: Path) -> None:
        """Take up a file; OSError where there is none."""
        self._take(str(path), path.stat())

    def _take(self, path: str, about: os.stat_result) -> None:
        told = f"{path}\0{about.st_size} {about.st_mtime_ns} {about.st_ctime_ns} {about.st_ino}\0"
        self._digest.update(told.encode("utf-8", "surrogateescape"))
        self.newest = max(self.newest, about.st_ctime_ns)

    @property
    def digest(self) -> str:
        """The digest of all that was taken up."""
        return self._digest.hexdigest()


def _files(folder: Path, leave_out: tuple[str, ...] = ()) -> Iterator[os.DirEntry[str]]:
    """Yield all files below a folder, in order, but those in its folders `leave_out`."""
    for entry in _entries(str(folder)):
        if not entry.is_dir(follow_symlinks=False):
            yield entry
        elif entry.name not in leave_out:
            yield from _files(Path(entry.path))


def _folders(folder: Path) -> Iterator[os.DirEntry[str]]:
    for entry in _entries(str(folder)):
        if entry.is_dir(follow_symlinks=False):
            yield entry
            yield from _folders(Path(entry.path))


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return []
