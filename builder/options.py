"""Options that several commands take, and the collection that they name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from builder.settings import (
    CONFIG_NAMES,
    Settings,
    find_config,
    read_settings,
    settings_without_collection,
)

F = TypeVar("F", bound=Callable[..., Any])


def config_option(command: F) -> F:
    """Add --config-file to a command."""
    return click.option(
        "--config-file",
        "-f",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="The collection's mkdocs.yml; else the one of the current folder.",
    )(command)


def settings_of(config_file: Path | None, *, needed: bool = True) -> Settings:
    """Return the settings of the collection that the user means, or say that there is none."""
    found = config_file or find_config(Path.cwd())
    if found is not None:
        return read_settings(found)
    if needed:
        names = " or ".join(CONFIG_NAMES)
        raise click.UsageError(
            f"there is no {names} here; go to the collection's folder, name the file with "
            '--config-file, or write one: "site_name: My documents"'
        )
    return settings_without_collection(Path.cwd())
