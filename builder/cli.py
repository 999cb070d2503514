"""The command line: `builder build`, `pages`, `serve`, `check`, `release`, `anchors`, `review` …

Exit codes: 0 good, 1 problems, 2 wrong use. Messages go to standard error; standard output is for
what other programs read. What a command needs is imported when it runs, so that `builder annotate`
does not wait for a renderer.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder import __version__
from builder.anchoring.command_line import anchors
from builder.messages import (
    Group,
    end,
    end_with,
    print_line,
    progress,
    say,
    show,
    tell,
    told_stages,
)
from builder.model import Problem
from builder.options import config_option, frozen_option, settings_of, workers_of, workers_options
from builder.releasing.command_line import release
from builder.reviewing.command_line import review
from builder.unchanged import alone, last_outcome
from builder.undisturbed import undisturbed

if TYPE_CHECKING:
    from builder.site import Run
    from builder.working import Workers


@click.group(
    cls=Group,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog='Try "builder build --help".',
)
@click.version_option(__version__, prog_name="builder")
def main() -> None:
    """Turn a folder of documents into an annotated, citable, searchable site.

    \b
    A collection is a folder with
      mkdocs.yml    what it is called ("site_name: …" is enough)
      seeds/        the documents: .txt, .md, .markdown

    \b
    Examples:
      builder build                     make site/
      builder serve                     look at it while you edit
      builder check --site              is everything in order?
      builder release                   database and archive for download
      builder review                    which names wait for an editor?
      builder anchors log SLUG          what became of its addresses?
      builder annotate notes.txt        what is in this text, as JSON
    """


@main.command()
@config_option
@frozen_option
@click.option(
    "--offline",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Also put a copy there that opens and searches from disk, without a server.",
)
@workers_options
def build(
    config_file: Path | None,
    frozen: bool,
    offline: Path | None,
    jobs: int | None,
    executor: str | None,
) -> None:
    """Build the whole site.

    A build that fails leaves the site of before and every ledger as they were. A document with a
    problem is named, the others are built, and the exit code is 1. What became of addresses is
    told, a line for each document.

    \b
    Examples:
      builder build
      builder build --offline ~/Desktop/collection
      builder build --executor dask:127.0.0.1:8786
      SITE_URL=https://example.org/docs/ builder build
    """
    settings = settings_of(config_file, jobs=jobs)
    stages = told_stages()
    with alone(settings, frozen=frozen, waiting=_waiting) as before:
        outcome = None if offline else last_outcome(before)
        if outcome is None:
            with undisturbed():
                from builder import site  # brings all that builds with it

            with workers_of(settings, jobs, executor) as workers:
                run = site.Run(frozen, say, progress, workers, stages)
                outcome = site.build_anew(before, run, offline=offline)
    where = f"site in {settings.relative(settings.site)}/"
    if offline is not None:
        where += f", copy for disk in {offline}"
    end(outcome, where, stages, changed=outcome.site_changed)


@main.command()
@config_option
@frozen_option
@workers_options
def pages(config_file: Path | None, frozen: bool, jobs: int | None, executor: str | None) -> None:
    """Run the build step alone: write pages and ledgers, for any renderer.

    \b
    Examples:
      builder pages && mkdocs build
      builder pages && zensical build && builder finish
    """
    from builder import site

    settings = settings_of(config_file, jobs=jobs)
    with workers_of(settings, jobs, executor) as workers:
        run = _run(frozen, workers)
        outcome = site.build_pages(settings, run)
    where = f"pages in {settings.relative(settings.content)}/"
    end(outcome, where, run.stages, changed=bool(outcome.pages_written))


@main.command()
@config_option
@click.argument(
    "site", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
def finish(config_file: Path | None, site: Path | None) -> None:
    """Add to a rendered site what its renderer cannot: a search entry for every passage.

    SITE is the rendered folder, else site_dir of mkdocs.yml. It may come from mkdocs, properdocs
    or Zensical; finishing it twice does no harm. "builder build" does this by itself.
    """
    from builder.collection import read_collection
    from builder.finishing import finish as finish_site

    settings = settings_of(config_file)
    state = read_collection(settings)
    problems = [*state.problems, *finish_site(settings, site or settings.site, state)]
    end_with(problems)


@main.command()
@config_option
@workers_options
@click.option("--site", is_flag=True, help="Also check every link, id and title of the built site.")
def check(config_file: Path | None, jobs: int | None, executor: str | None, site: bool) -> None:
    """Say what is wrong with sources, catalogue and ledgers; write nothing.

    Of addresses: what is lost, doubled or reused, waits for an answer, or is not yet on record.
    Candidates with many mentions, decisions that do nothing, archived copies of what nothing links,
    dates or addresses in headers that cannot be read, and keys there that are not known: warnings.

    \b
    Examples:
      builder check
      builder build && builder check --site
    """
    from builder.checking import problems_of

    settings = settings_of(config_file, jobs=jobs)
    if site and not settings.site.is_dir():
        raise click.UsageError('there is no built site; run "builder build" first')
    with workers_of(settings, jobs, executor) as workers:
        problems = problems_of(settings, workers, progress, site=site)
    end_with(problems)


@main.command()
@config_option
@click.option("--address", "-a", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT")
@click.option("--open", "open_browser", is_flag=True, help="Open the site in the browser.")
def serve(config_file: Path | None, address: str, open_browser: bool) -> None:
    """Show the site and follow every change of sources, catalogue and pages.

    A preview gives provisional addresses and never writes a ledger. Stop it with Ctrl+C.

    \b
    Examples:
      builder serve --open
      builder serve -a 127.0.0.1:8080
    """
    from builder.publishing.preview import preview, read_address

    try:
        host_and_port = read_address(address)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--address") from error
    settings = settings_of(config_file)
    preview(settings, host_and_port, open_browser=open_browser, tell=tell, show=show)


@main.command()
@config_option
@click.option(
    "--explain", is_flag=True, help="Name the rules behind each mention, and what was left out."
)
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
def annotate(config_file: Path | None, files: tuple[Path, ...], explain: bool) -> None:
    """Print what is in each FILE, one JSON object a line; write no file.

    Catalogue and settings are those of --config-file, else of the current folder, else only what
    the package brings. Nothing but the JSON goes to standard output.

    \b
    Examples:
      builder annotate seeds/*.txt > annotations.jsonl
      builder annotate notes.txt | jq .figures
      builder annotate --explain notes.txt | jq .passed_over
    """
    from builder.annotate_files import annotate_files

    settings = settings_of(config_file, needed=False)
    problems: list[Problem] = []
    for line in annotate_files(settings, files, problems, explain=explain):
        print_line(line)
    end_with(problems)


def _waiting() -> None:
    say("waiting: another run is at work here")


def _run(frozen: bool, workers: Workers) -> Run:
    from builder.site import Run

    return Run(frozen, say, progress, workers, told_stages())


main.add_command(review)
main.add_command(anchors)
main.add_command(release)


if __name__ == "__main__":
    main()
