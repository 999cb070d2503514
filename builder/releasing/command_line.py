"""The command line of releases: `builder release`."""

from __future__ import annotations

from pathlib import Path

import click

from builder.messages import end_with, say, tell
from builder.options import config_option, settings_of


@click.command()
@config_option
@click.option(
    "--to",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Put the files there instead of into the site, which stays as it is.",
)
def release(config_file: Path | None, to: Path | None) -> None:
    """Make a database and an archive of the finished site, for people to take away.

    \b
    NAME.sqlite           all tables, with full-text search
    NAME.datasette.json   what Datasette tells of them (--metadata)
    NAME.zip              the whole site; unpacked, it opens without a server
    NAME.sha256           their checksums

    They go to data/ in the site, and its page of data links to them. They are always made whole,
    from the site alone, and the same site gives the same bytes. The next "builder build" makes a
    site without them, for they would be out of date: run this after it.

    \b
    Examples:
      builder build && builder release
      builder release --to ~/Desktop
    """
    from builder.releasing.release import release as make_release

    made, problems = make_release(settings_of(config_file), to, say)
    for file in made:
        tell(f"{file.name}: {file.size_in_words}")
    end_with(problems)
