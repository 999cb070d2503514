"""Options that several commands take, and the collection that they name."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from builder.limits import MOST_JOBS
from builder.settings import (
    CONFIG_NAMES,
    Settings,
    find_config,
    read_settings,
    settings_without_collection,
)

if TYPE_CHECKING:
    from builder.working import Workers

F = TypeVar("F", bound=Callable[..., Any])


def config_option(command: F) -> F:
    """Add --config-file to a command."""
    return click.option(
        "--config-file",
        "-f",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="The collection's mkdocs.yml; else the one of the current folder.",
    )(command)


def frozen_option(command: F) -> F:
    """Add --frozen to a command."""
    return click.option(
        "--frozen/--no-frozen",
        default=lambda: bool(os.environ.get("CI")),
        help="Never write ledgers; one that would change is a problem. Default where CI is set.",
    )(command)


def workers_options(command: F) -> F:
    """Add --jobs and --executor to a command."""
    jobs = click.option(
        "--jobs",
        "-j",
        type=click.IntRange(0, MOST_JOBS),
        metavar="N",
        help="How many processes work at once; else the setting jobs, else one a core.",
    )
    executor = click.option(
        "--executor",
        metavar="dask:ADDRESS",
        callback=_address,
        help="Let the workers of a dask cluster make documents and pages. They have the same "
        "version of this program, and share the collection's folder under the same path.",
    )
    return jobs(executor(command))


def _address(_context: click.Context, _option: click.Parameter, name: str | None) -> str | None:
    if name is None:
        return None
    from builder.executors import address_of  # slow to be imported

    try:
        return address_of(name)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


@contextmanager
def workers_of(settings: Settings, jobs: int | None, dask: str | None) -> Iterator[Workers]:
    """Give those who do the work: processes of this machine, or a dask cluster at an address."""
    from builder.working import Workers  # brings what processes are started with

    if dask is None:
        yield Workers(settings.jobs)
        return
    from builder.executors import NotInstalledError, dask_executor

    try:
        with dask_executor(dask, settings.root) as (executor, count):
            yield Workers(jobs or count, executor)
    except NotInstalledError as error:
        raise click.UsageError(str(error)) from error


def settings_of(
    config_file: Path | None, *, needed: bool = True, jobs: int | None = None
) -> Settings:
    """Return the settings of the collection that the user means, or say that there is none.

    `jobs` are in the place of those that its settings name.
    """
    found = config_file or find_config(Path.cwd())
    if found is not None:
        settings = read_settings(found)
        return settings if jobs is None else replace(settings, jobs=jobs)
    if needed:
        names = " or ".join(CONFIG_NAMES)
        raise click.UsageError(
            f"there is no {names} here; go to the collection's folder, name the file with "
            '--config-file, or write one: "site_name: My documents"'
        )
    return settings_without_collection(Path.cwd())
