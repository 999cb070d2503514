"""Loads the configuration of MkDocs for a collection, with what it lacks lent to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import markupsafe
from jinja2.ext import Extension

from builder.config_file import PLUGIN
from builder.looking import Look
from builder.publishing.starter import entry_name, is_starter_page, lent_settings, starter_folder
from builder.publishing.writing import read_list
from builder.settings import Settings

if TYPE_CHECKING:
    import jinja2
    from mkdocs.config.defaults import MkDocsConfig

# What opens the theme's menu: `<input type="checkbox" id="__drawer" autocomplete="off">`.
_COMPLETED_CHECKBOX = re.compile(r'(<input [^<>]*type="checkbox"[^<>]*) autocomplete="off"')


def load(settings: Settings, destination: Path, say: Callable[[str], None]) -> MkDocsConfig:
    """Return the collection's configuration, with what it lacks lent to it."""
    from mkdocs.config import load_config
    from mkdocs.utils.yaml import yaml_load

    assert settings.config_file is not None
    with settings.config_file.open("rb") as file:
        own = yaml_load(file)
    with (starter_folder() / "mkdocs.yml").open("rb") as file:
        lent = yaml_load(file)
    lent["theme"].pop("custom_dir", None)
    added = lent_settings(own, lent)
    if added:
        say(f"{config_name(settings)} leaves to the builder: {', '.join(sorted(added))}")
    if settings.site_url and not own.get("site_url"):
        added["site_url"] = settings.site_url
    theme = added.get("theme", own.get("theme"))
    own_overrides = settings.root / "site_overrides"
    if isinstance(theme, dict) and "custom_dir" not in theme and own_overrides.is_dir():
        added["theme"] = {**theme, "custom_dir": str(own_overrides)}
    if "nav" in added:
        added["nav"] = [*added["nav"], *_own_pages(settings)]
    plugins = added.get("plugins", own.get("plugins"))
    if plugins:
        added["plugins"] = _without_ours(plugins)
    config = load_config(
        str(settings.config_file),
        site_dir=str(destination),
        **{**added, "docs_dir": str(settings.content)},
    )
    _lend_templates(config)
    name_as_text(config)
    _render_compactly(config)
    return config


def config_name(settings: Settings) -> str:
    """Return how messages call the configuration."""
    return settings.config_file.name if settings.config_file else "mkdocs.yml"


def name_as_text(config: MkDocsConfig) -> None:
    """Escape the collection's name and description, which the theme prints as HTML.

    They are marked as escaped, so that a template which escapes them does not do it again.
    """
    config.site_name = markupsafe.escape(config.site_name)
    if config.site_description:
        config.site_description = markupsafe.escape(config.site_description)


def write_compactly(environment: jinja2.Environment) -> None:
    """Let the tags of templates leave no blank lines: in the theme's own they are half of a page.

    It works on templates that are read afterwards.
    """
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.add_extension(_ValidTheme)


class _ValidTheme(Extension):
    """Leaves out of the theme's templates what HTML does not allow: no checkbox is completed."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return _COMPLETED_CHECKBOX.sub(r"\1", source)


def _own_pages(settings: Settings) -> list[str]:
    """Return the collection's hand-written pages, for a menu that is not its own."""
    listed = read_list(settings.content)
    there = Look.at(settings.content, into_links=True).files()
    pages = (path for path in there if path not in listed)
    return sorted(path for path in pages if path.endswith(".md") and not is_starter_page(path))


def _without_ours(plugins: Any) -> Any:
    """Return the plugins but our own: what it does for `mkdocs build` is done here already."""
    if isinstance(plugins, dict):
        return {name: options for name, options in plugins.items() if name != PLUGIN}
    return [item for item in plugins if entry_name(item) != PLUGIN]


def _lend_templates(config: MkDocsConfig) -> None:
    """Let the package's templates stand behind the collection's own, file by file."""
    ours = str(starter_folder() / "site_overrides")
    directories = config.theme.dirs
    if not any(Path(folder).resolve() == Path(ours).resolve() for folder in directories):
        directories.insert(1 if config.theme.custom_dir else 0, ours)


def _render_compactly(config: MkDocsConfig) -> None:
    own = config.theme.get_env

    def compact() -> jinja2.Environment:
        environment = own()
        write_compactly(environment)
        return environment

    config.theme.get_env = compact  # type: ignore[method-assign]  # as our plugin's on_env does
