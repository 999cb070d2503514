"""Tells whether anything has changed since the last build, by a look at the files and no more.

What decides what a build makes is told from size and times of every file: of what goes in as it
was before the build read it, of what comes out as the build left it. Where both are as they were,
the last build has said all there is to say. So a build keeps how things stood: sources, pages
written by hand and templates before it read anything, and everything else when it was done.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields, replace
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

from builder.anchoring.register import NAME as REGISTER
from builder.finding import ON_RECORD
from builder.looking import Look
from builder.model import Place, Problem
from builder.outcome import Outcome
from builder.publishing.cache_folder import CACHE, SITES
from builder.publishing.configuration import configuration_of, theme_of
from builder.publishing.lock import locked
from builder.publishing.site_record import is_as_recorded, stamp_of
from builder.publishing.starter import starter_folder
from builder.publishing.target import refuse_others
from builder.publishing.writing import TEMPORARY, write_file
from builder.settings import Settings
from builder.storing.code_version import code_version
from builder.today import EPOCH

KEPT = Path(CACHE) / "unchanged.json"

# A file that changed so shortly before it was looked at may change again and look the same.
_TICK = 50_000_000  # nanoseconds
# Of fewer documents all is looked at sooner than a process is started for it.
_MANY = 500
_COUNTS = ("documents", "passages", "mentions", "figures", "candidates")


class Before:
    """How things stand before a build, each told when it is first asked for.

    `ahead` gives what is in the content folder where another process looks at it in the meantime.
    """

    ahead: Callable[[], Look] | None = None

    def __init__(self, settings: Settings, *, frozen: bool) -> None:
        self.settings, self._frozen = settings, frozen
        self._since = time.time_ns()

    def look(self) -> Before:
        """Look at everything but the content folder, before a build reads any of it; return this.

        Who reads what was written by hand there asks for `content` before.
        """
        _ = self.told, self.sources, self.catalogue, self.theme, self.ledgers
        return self

    @cached_property
    def told(self) -> str:
        """A digest of program, settings, configuration and environment."""
        told = {one.name: str(getattr(self.settings, one.name)) for one in fields(self.settings)}
        told.pop("jobs")  # another number of processes makes the same site
        own = code_version(), sorted(told.items()), self._frozen, os.environ.get(EPOCH, "")
        said = repr((*own, configuration_of(self.settings)))
        return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    @cached_property
    def folders(self) -> list[Path]:
        """The folders of templates: those that every rendering has, and what the last one knew."""
        return _folders(self.settings) or _own_folders(self.settings)

    @cached_property
    def sources(self) -> Look:
        """What goes in."""
        return Look.at(self.settings.seeds, ON_RECORD)

    @cached_property
    def catalogue(self) -> Look:
        """What editors know, in a folder that may lie elsewhere."""
        return Look.at(self.settings.catalogue, into_links=True)

    @cached_property
    def theme(self) -> list[Look]:
        """The templates."""
        return [Look.at(folder, into_links=True) for folder in self.folders]

    @cached_property
    def ledgers(self) -> list[Look]:
        """What earlier builds have put on record."""
        return _look_at_ledgers(self.settings)

    @cached_property
    def content(self) -> Look:
        """What was written by hand, and what the last build has left."""
        return self.ahead() if self.ahead else _look_at_content(self.settings)

    @property
    def _looks(self) -> tuple[Look, ...]:
        return self.sources, self.catalogue, self.content, *self.theme

    @cached_property
    def is_settled(self) -> bool:
        """Whether what goes in can be told from what may yet become of it."""
        newest = max(one.newest for one in self._looks)
        return newest < self._since - _TICK


def _look_at_content(settings: Settings) -> Look:
    return Look.at(settings.content, into_links=True)


def _look_at_ledgers(settings: Settings) -> list[Look]:
    return [Look.at(settings.seeds / name) for name in ON_RECORD]


def _own_folders(settings: Settings) -> list[Path]:
    return sorted({settings.root / "site_overrides", starter_folder() / "site_overrides"})


def _folders(settings: Settings) -> list[Path]:
    """Return the folders of templates; none where it is not known on what a rendering depends.

    That is so where hooks or plugins take part.
    """
    known = theme_of(settings.root / CACHE)
    return [] if known is None else sorted({*_own_folders(settings), *map(Path, known)})


@contextmanager
def alone(
    settings: Settings, *, frozen: bool, waiting: Callable[[], None] = lambda: None
) -> Iterator[Before]:
    """Hold the lock of a collection, and give how things stand there before a build.

    Waits for another run to end; then `waiting` is called. Raises Problems where no site may be
    put.
    """
    with locked(settings.root, waiting):
        refuse_others(settings.site, settings.relative(settings.site))
        before = Before(settings, frozen=frozen)
        if settings.jobs == 1 or _documents_before(settings) < _MANY:
            yield before
            return
        from builder.processes import beside  # brings what processes are started with

        with beside(_look_at_content, settings) as before.ahead:
            yield before


def _documents_before(settings: Settings) -> int:
    try:
        return int(json.loads((settings.root / KEPT).read_bytes())["documents"])
    except (OSError, ValueError, TypeError, LookupError):
        return 0


def last_outcome(before: Before) -> Outcome | None:
    """Return what the last build has told, None where anything has changed since."""
    settings = before.settings
    try:
        kept = json.loads((settings.root / KEPT).read_bytes())
        # What takes long to look at comes last.
        for name, now in _parts(before):
            if not kept[name] or kept[name] != now():
                return None
        if not is_as_recorded(settings.site.resolve(), settings.root / CACHE / SITES):
            return None
        if not _folders(settings) or kept["content"] != before.content.digest():
            return None
        problems = tuple(
            Problem(Place(*place), what, hint, warning)
            for place, what, hint, warning in kept["problems"]
        )
        counts = {name: kept[name] for name in _COUNTS}
    except (OSError, ValueError, TypeError, LookupError):
        return None
    return Outcome(problems=problems, **counts)


def keep_outcome(
    before: Before,
    outcome: Outcome,
    changed: Iterable[str],
    linked: Iterable[str] = (),
    issued: Collection[str] = (),
) -> None:
    """Keep what a build has told, for the next one; where that cannot be, it is done without.

    `changed` are the paths in the content folder that the build has written or removed, `linked`
    those that it has given another name in the site; `issued` are the slugs of which it has put
    something on record.
    """
    settings = before.settings
    with suppress(OSError):
        content = _left(before.content, set(changed), set(linked))
        knows = _folders(settings) == before.folders
        ledgers = _look_at_ledgers(settings)
        knows = knows and not _changed_by_others(before.ledgers, ledgers, issued)
        if content is None or not (knows and before.is_settled and outcome.is_lasting):
            (settings.root / KEPT).unlink(missing_ok=True)
            return
        told = {name: getattr(outcome, name) for name in _COUNTS}
        told |= {name: now() for name, now in _parts(before)}
        told["content"] = content.digest()
        told["ledgers"] = [one.digest() for one in ledgers]
        told["problems"] = [
            ((one.place.path, one.place.line), one.what, one.hint, one.warning)
            for one in outcome.problems
        ]
        write_file(settings.root / KEPT, json.dumps(told).encode())


def _unlinked(numbers: tuple[int, ...]) -> tuple[int, ...]:
    """Return what a file is known by whatever names it has besides."""
    return numbers[:2] + numbers[3:]


def _parts(before: Before) -> list[tuple[str, Callable[[], object]]]:
    """Return what tells how things stand, but for the content folder; the site by its record."""
    settings = before.settings
    records = settings.root / CACHE / SITES
    return [
        ("told", lambda: before.told),
        ("sources", lambda: before.sources.digest()),
        ("catalogue", lambda: before.catalogue.digest()),
        ("theme", lambda: [one.digest() for one in before.theme]),
        ("ledgers", lambda: [one.digest() for one in before.ledgers]),
        ("site", lambda: stamp_of(settings.site.resolve(), records)),
    ]


def _changed_by_others(
    before: Iterable[Look], after: Iterable[Look], issued: Collection[str]
) -> bool:
    """Tell whether somebody else has changed what is on record of a slug while a build ran."""
    changed = (
        path for then, now in zip(before, after, strict=True) for path in now.changed_since(then)
    )
    # "slug.txt", "slug/file"; whoever adds a slug writes its line of the register anew.
    names = {path.partition("/")[0] for path in changed}
    own = {REGISTER, *issued}
    return any(name.removesuffix(".txt") not in own for name in names if name[0] != ".")


def _left(before: Look, changed: set[str], linked: set[str]) -> Look | None:
    """Return how the content folder stands after a build, by a look at what it has touched.

    All else is told as it was before the build; None where somebody else has changed what lies
    beside a changed file.
    """
    after = replace(before, folders=dict(before.folders), behind=set(before.behind))
    touched = {path.rpartition("/")[0] for path in changed}
    touched |= {path.rpartition("/")[0] for path in linked} & before.folders.keys()
    for folder in touched | {"", TEMPORARY}:
        after.look_at(folder)
        stood, _ = before.folders.get(folder, ((), ()))
        for name in {*after.folders[folder][0], *stood}:
            path = f"{folder}/{name}" if folder else name
            if path in changed or name.startswith("."):  # lists, and nothing of the site
                continue
            now, then = after.numbers(path), before.numbers(path)
            same = now == then if path not in linked else _unlinked(now) == _unlinked(then)
            if not same:
                return None
    return after
