"""Runs MkDocs in this process over the content folder, into a folder of our choice."""

from __future__ import annotations

import datetime
import logging
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from builder.model import Place, Problem, Problems
from builder.publishing.renderer_config import config_name, load
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
    """Render the content folder into `destination`, stamped with `date`; return the warnings.

    What the collection does not have is lent by the package, and `say` tells so. `site_url` stands
    for the collection's own address. Unless `fast`, every page is rendered in full. Raises Problems
    when the renderer fails.
    """
    with _messages(settings) as messages, _stamped(date):
        try:
            config = load(settings, destination, say)
            config.site_url = site_url or config.site_url
            messages += _run(settings, config, fast=fast, say=say)
        except (Exception, SystemExit) as error:  # MkDocs' Abort is a SystemExit
            failures = [message for message in messages if not message.warning]
            reason = str(error) or type(error).__name__
            if not failures:
                place = Place(config_name(settings), 1)
                failures = [Problem(place, f"the renderer stopped: {reason}")]
            raise Problems([*failures, *(m for m in messages if m.warning)]) from error
    return messages


def epoch_of(date: datetime.date) -> str:
    """Return the value of SOURCE_DATE_EPOCH for a date: its midnight, UTC."""
    midnight = datetime.datetime.combine(date, datetime.time(), datetime.UTC)
    return str(int(midnight.timestamp()))


def _run(
    settings: Settings, config: MkDocsConfig, *, fast: bool, say: Callable[[str], None]
) -> list[Problem]:
    # Imported late: they bring MkDocs with them.
    from mkdocs.commands.build import build

    from builder.publishing.fast_render import render_fast
    from builder.rendering.frame import why_slow

    reason = why_slow(config) if fast else ""
    if reason:
        say(f"every page is rendered in full, for mkdocs.yml asks for it: {reason}")
    if fast and not reason:
        return render_fast(settings, config)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()
    return []


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
