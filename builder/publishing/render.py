"""Runs MkDocs in this process over the content folder, into a folder of our choice."""

from __future__ import annotations

import datetime
import logging
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from builder.model import Place, Problem, Problems
from builder.publishing.configuration import FRAME
from builder.publishing.content_files import Files
from builder.publishing.fast_render import Load, lay_all, render_fast
from builder.publishing.kept_frame import emptied
from builder.publishing.renderer_config import config_name, load
from builder.publishing.site_folder import SiteFolder
from builder.rendering.pages import Run
from builder.settings import Settings
from builder.today import EPOCH

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

# The page that a message of MkDocs is about: "Doc file 'about/index.md' contains a link …".
_PAGE_OF_MESSAGE = re.compile(r"'(?P<page>[^']+\.md)'")


def render(
    settings: Settings,
    destination: Path,
    *,
    date: datetime.date,
    say: Callable[[str], None] = lambda message: None,
    site_url: str = "",
    fast: bool = True,
) -> list[Problem]:
    """Render the content folder into `destination`, as `render_site` does into a site's folder.

    Nothing is kept for the next time.
    """
    with tempfile.TemporaryDirectory(prefix=".builder-", dir=destination.parent) as place:
        cache = Path(place)
        folder = SiteFolder(destination, cache / "sites")
        how = Rendering(date=date, say=say, site_url=site_url, fast=fast)
        problems = render_site(settings, folder, how, cache)
        folder.publish()
    return problems


@dataclass(frozen=True, slots=True)
class Rendering:
    """How a site is rendered: stamped with a date, and for which address.

    `site_url` stands for the collection's own address. Unless `fast`, every page is rendered in
    full. `finished` is what becomes of the HTML of a hand-written page; what MkDocs renders below
    the folders `apart` is left to the caller. `files` are those of the content folder, where they
    are known, and `run` applies a function to many items; None leaves that to the renderer.
    """

    date: datetime.date
    say: Callable[[str], None] = lambda message: None
    site_url: str = ""
    fast: bool = True
    finished: Callable[[str], str] = lambda html: html
    apart: tuple[str, ...] = ()
    files: Files | None = None
    run: Run | None = None


class _SlowError(Exception):
    """A configuration asks for every page to be rendered in full."""


def render_site(
    settings: Settings, folder: SiteFolder, how: Rendering, cache: Path
) -> list[Problem]:
    """Bring what is rendered of the next site up to date; return the warnings.

    What the collection does not have is lent by the package, and `how.say` tells so. Raises
    Problems when the renderer fails.
    """

    def load_for(site: Path) -> MkDocsConfig:
        config = load(settings, site, how.say)
        config.site_url = how.site_url or config.site_url
        return config

    with _messages(settings) as messages, _stamped(how.date):
        try:
            return _run(settings, folder, how, cache, load_for, messages)
        except (Exception, SystemExit) as error:  # MkDocs' Abort is a SystemExit
            failures = [message for message in messages if not message.warning]
            reason = str(error) or type(error).__name__
            if not failures:
                place = Place(config_name(settings), 1)
                failures = [Problem(place, f"the renderer stopped: {reason}")]
            raise Problems([*failures, *(m for m in messages if m.warning)]) from error


def _run(
    settings: Settings,
    folder: SiteFolder,
    how: Rendering,
    cache: Path,
    load_for: Load,
    messages: list[Problem],
) -> list[Problem]:
    def load_fast(site: Path) -> MkDocsConfig:
        from builder.rendering.frame import why_slow  # brings MkDocs with it

        config = load_for(site)
        reason = why_slow(config)
        if reason:
            raise _SlowError(reason)
        return config

    if how.fast:
        try:
            return render_fast(
                settings,
                folder,
                load=load_fast,
                collect=lambda: list(messages),
                said=how.site_url,
                cache=cache,
                files=how.files,
                finished=how.finished,
                apart=how.apart,
                run=how.run,
            )
        except _SlowError as error:
            how.say(f"every page is rendered in full, for mkdocs.yml asks for it: {error}")
    place = emptied(cache / FRAME)
    _render_in_full(load_for(place))
    files = how.files or Files.of(settings.content)
    lay_all(folder, place, how.finished, files, how.apart)
    return list(messages)


def _render_in_full(config: MkDocsConfig) -> None:
    from mkdocs.commands.build import build

    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()


def epoch_of(date: datetime.date) -> str:
    """Return the value of SOURCE_DATE_EPOCH for a date: its midnight, UTC."""
    midnight = datetime.datetime.combine(date, datetime.time(), datetime.UTC)
    return str(int(midnight.timestamp()))


@contextmanager
def _stamped(date: datetime.date) -> Iterator[None]:
    """Set SOURCE_DATE_EPOCH while the renderer runs, unless the user has set it."""
    given = os.environ.get(EPOCH)
    os.environ[EPOCH] = given or epoch_of(date)
    try:
        yield
    finally:
        if given is None:
            del os.environ[EPOCH]


class _Collector(logging.Handler):
    """Turns the renderer's warnings and errors into problems."""

    def __init__(self, settings: Settings, problems: list[Problem]) -> None:
        super().__init__(logging.WARNING)
        self.settings = settings
        self.problems = problems

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        page = _PAGE_OF_MESSAGE.search(message)
        if page:
            path = f"{self.settings.relative(self.settings.content)}/{page['page']}"
        else:
            path = config_name(self.settings)
        warning = record.levelno < logging.ERROR
        self.problems.append(Problem(Place(path, 1), message, warning=warning))


@contextmanager
def _messages(settings: Settings) -> Iterator[list[Problem]]:
    """Collect what MkDocs and its plugins log, instead of letting it out on the terminal."""
    problems: list[Problem] = []
    logger, collector = logging.getLogger("mkdocs"), _Collector(settings, problems)
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(collector)
    try:
        yield problems
    finally:
        logger.removeHandler(collector)
        logger.propagate = propagate
