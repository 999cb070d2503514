"""The MkDocs plugin `collection`: `mkdocs build` and `mkdocs serve` run the build step first.

The plugin only hands over: build step, ledgers and finish are plain functions elsewhere.
"""

from __future__ import annotations

import logging
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority

from builder.collection import CollectionState, read_collection
from builder.collection_pages import indexed_collection, write_collection_pages
from builder.finishing import finish
from builder.limits import USUAL
from builder.looking import Look
from builder.model import Problem, Problems
from builder.newest_date import newest_date
from builder.publishing.lock import locked
from builder.publishing.preview_server import keep_to_this_machine
from builder.publishing.render import epoch_of
from builder.publishing.renderer_config import name_as_text, write_compactly
from builder.publishing.starter import generated_paths
from builder.rendering.frame import why_slow
from builder.rendering.ready_pages import ReadyPages
from builder.settings import Settings, read_settings
from builder.site import Run, write_ledgers
from builder.today import EPOCH, today
from builder.undisturbed import let_go
from builder.unseen import visible

if TYPE_CHECKING:
    import jinja2
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer

# A name below "mkdocs", so that strict mode counts our warnings.
log = logging.getLogger("mkdocs.plugins.collection")


class CollectionConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs' own
    """The plugin's options; `builder.config_file.OPTIONS` says what they mean."""

    seeds = config_options.Type(str, default="seeds")
    jobs = config_options.Type(int, default=0)
    candidates_from = config_options.Type(int, default=10)
    pagefind_from = config_options.Type(int, default=500)
    identity = config_options.Type(str, default="")
    license = config_options.Type(str, default="")
    license_url = config_options.Type(str, default="")
    fast = config_options.Type(bool, default=True)
    max_source_bytes = config_options.Type(int, default=USUAL.max_source_bytes)
    max_source_lines = config_options.Type(int, default=USUAL.max_source_lines)
    max_line_length = config_options.Type(int, default=USUAL.max_line_length)
    max_front_matter = config_options.Type(int, default=USUAL.max_front_matter)
    max_yaml_bytes = config_options.Type(int, default=USUAL.max_yaml_bytes)
    max_yaml_depth = config_options.Type(int, default=USUAL.max_yaml_depth)


class CollectionPlugin(BasePlugin[CollectionConfig]):  # type: ignore[no-untyped-call]  # MkDocs' own
    """Runs the build step before MkDocs reads its pages, and the finish when it is done."""

    def __init__(self) -> None:
        self._serving = False
        self._settings: Settings | None = None
        self._state: CollectionState | None = None
        self._given_epoch = os.environ.get(EPOCH)

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note whether this is a preview, which must not issue addresses."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Let the collection's name be text, whatever characters it has."""
        name_as_text(config)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Write the pages, and the ledgers unless this is a preview or a frozen run."""
        try:
            self._settings = settings = read_settings(Path(config.config_file_path))
            with locked(settings.root):
                # What we set below is the stamp of the pages, and not the day of the next run.
                day = today({EPOCH: self._given_epoch or ""})
                look = Look.at(settings.content, into_links=True)
                let_go()
                read = partial(read_collection, settings, provisional=self._serving, day=day)
                state, index = indexed_collection(settings, read, look)
                self._state = state
                run = Run(frozen=bool(os.environ.get("CI")))
                written = write_collection_pages(settings, state, index, look=look)
                ledgers = [] if self._serving else write_ledgers(settings, state, run, index)
        except Problems as error:
            _log_problems(error.problems)
            raise PluginError("the collection cannot be built") from error
        _log_problems([*state.problems, *written.problems, *ledgers])
        os.environ[EPOCH] = self._given_epoch or epoch_of(newest_date(state))
        if settings.fast and not why_slow(config):
            ready = ReadyPages(settings.content, generated_paths(settings.content))
            config.plugins["collection/ready"] = ready

    def on_env(self, env: jinja2.Environment, **_: Any) -> None:
        """Let pages be as compact as those of `builder build`."""
        write_compactly(env)

    # The search plugin writes its index in the same event; ours must come after it.
    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Give the rendered site its search entries."""
        if self._settings is None or self._state is None:
            return
        _log_problems(finish(self._settings, Path(config.site_dir), self._state))

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Watch the sources and what the editors know; keep to the pages' policy."""
        keep_to_this_machine(server)
        if self._settings is not None:
            server.watch(str(self._settings.seeds))
        return server

    def on_shutdown(self) -> None:
        """Leave the environment as it was."""
        if self._given_epoch is None:
            os.environ.pop(EPOCH, None)


def _log_problems(problems: list[Problem] | tuple[Problem, ...]) -> None:
    for problem in problems:
        log.log(logging.WARNING if problem.warning else logging.ERROR, "%s", visible(str(problem)))
