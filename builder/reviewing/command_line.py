"""The command `builder review`: shows the queue of candidates and takes decisions on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from builder.options import F, config_option, settings_of
from builder.reviewing.decision_file import REVIEWED_KINDS
from builder.reviewing.decisions import Verb

SHOWN = 50
"""So many candidates are shown unless somebody wants more: a sitting's work."""

_FILTERS = (
    click.option(
        "--kind",
        "-k",
        "kinds",
        multiple=True,
        type=click.Choice(REVIEWED_KINDS),
        help="Only of this kind; may be given several times.",
    ),
    click.option(
        "--min", "least", type=click.IntRange(min=0), default=0, help="Only with so many mentions."
    ),
    click.option(
        "--match",
        "-m",
        multiple=True,
        metavar="PATTERN",
        help="Only names that fit: 'Ministry of *'. Capitals do not count.",
    ),
    click.option(
        "--document",
        "-d",
        "documents",
        multiple=True,
        metavar="SLUG",
        help="Only what this document names.",
    ),
)
_DECIDING = (
    click.option("--note", default="", metavar="TEXT", help="Why, for those who come after you."),
    click.option("--dry-run", is_flag=True, help="Print the lines and write nothing."),
    click.option("--yes", "-y", is_flag=True, help="Write without asking."),
)


def _with(options: Sequence[Callable[[F], F]]) -> Callable[[F], F]:
    def add(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return add


@click.group(invoke_without_command=True, subcommand_metavar="[accept|alias|never|apply …]")
@config_option
@_with(_FILTERS)
@click.option(
    "--order",
    type=click.Choice(("mentions", "documents", "name")),
    default="mentions",
    show_default=True,
    help="What stands first.",
)
@click.option(
    "--limit",
    "-n",
    type=click.IntRange(min=0),
    default=SHOWN,
    show_default=True,
    help="How many candidates; 0 is all.",
)
@click.option(
    "--sentences",
    type=click.IntRange(0, 20),
    default=2,
    show_default=True,
    help="How many sentences of each.",
)
@click.option("--keys", is_flag=True, help="Print the keys of the catalogue, for --of, instead.")
@click.option("--json", "as_lines", is_flag=True, help="Print JSON lines; write no file.")
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the queue is written.  [default: review-queue.yaml beside mkdocs.yml]",
)
@click.pass_context
def review(context: click.Context, /, config_file: Path | None, **options: Any) -> None:
    """Show the queue: names found in the documents that no editor has decided on.

    The queue is printed, and written to review-queue.yaml. Decide there, on each line, and have it
    applied; or decide here, by name or by filter. Decisions are lines in
    seeds/catalogue/review.yaml; to undo one, delete its line.

    \b
    Examples:
      builder review --kind program --min 5
      builder review apply
      builder review accept "Container Watch Initiative"
      builder review alias "Container Watch" --of container-watch-initiative
      builder review never "Board Room" --in port-security-plan
      builder review accept --kind organization --min 20 --match "Ministry of *"
    """
    if context.invoked_subcommand is None:
        from builder.reviewing.desk import show_keys, show_queue

        if options.pop("keys"):
            show_keys(settings_of(config_file), options["kinds"], options["match"])
        else:
            show_queue(settings_of(config_file), **options)
        return
    context.obj = config_file
    source = click.core.ParameterSource.DEFAULT
    given = [name for name in options if context.get_parameter_source(name) is not source]
    if given:
        command = context.invoked_subcommand
        raise click.UsageError(f'write the options behind "{command}": review {command} …')


@review.command()
@config_option
@click.argument("names", nargs=-1, metavar="[NAME…]")
@click.option("--as", "kind", type=click.Choice(REVIEWED_KINDS), help="It is of this kind.")
@click.option("--key", default="", help="The key, and address, that it gets.")
@click.option("--name", default="", help="The name under which it is listed.")
@click.option("--sort", default="", help='What it is listed under: "statute".')
@_with(_FILTERS)
@_with(_DECIDING)
@click.pass_context
def accept(context: click.Context, /, names: tuple[str, ...], **options: Any) -> None:
    """Accept candidates as entities: each gets its page and its address.

    Name them, or give a filter; what a filter chooses is shown before it is written.

    \b
    Examples:
      builder review accept "Container Watch Initiative" --sort initiative
      builder review accept "Council of Ministers" --as organization
      builder review accept --kind organization --min 20 --match "Ministry of *"
    """
    if len(names) != 1 and (options["key"] or options["name"]):
        raise click.UsageError("--key and --name are for one NAME")
    said = {name: options.pop(name) for name in ("key", "name", "sort")}
    _decide(context, "accept", {**said, "as": options.pop("kind") or ""}, names=names, **options)


@review.command()
@config_option
@click.argument("names", nargs=-1, metavar="[NAME…]")
@click.option(
    "--of", "key", required=True, metavar="KEY", help="The key of what they are names of."
)
@click.option("--as", "kind", type=click.Choice(REVIEWED_KINDS), help="KEY is of this kind.")
@_with(_FILTERS)
@_with(_DECIDING)
@click.pass_context
def alias(context: click.Context, /, key: str, **options: Any) -> None:
    """Make candidates names of an entity, which the catalogue holds or which is accepted.

    \b
    Examples:
      builder review alias "Container Watch" --of container-watch-initiative
      builder review alias --match "*Container Watch*" --of container-watch-initiative
    """
    _decide(context, "alias", {"of": key, "as": options.pop("kind") or ""}, **options)


@review.command()
@config_option
@click.argument("names", nargs=-1, metavar="[NAME…]")
@click.option("--in", "document", default="", metavar="SLUG", help="Only in this document.")
@_with(_FILTERS)
@_with(_DECIDING)
@click.pass_context
def never(context: click.Context, /, document: str, **options: Any) -> None:
    """Never mark these names: nowhere, or not in one document.

    \b
    Examples:
      builder review never "Board Room"
      builder review never "Global Coalition" --in port-security-plan
      builder review never --kind program --match "* Room" --dry-run
    """
    _decide(context, "never", {"in": document}, **options)


@review.command()
@config_option
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Print the lines and write nothing.")
@click.pass_context
def apply(
    context: click.Context, /, config_file: Path | None, file: Path | None, dry_run: bool
) -> None:
    """Take over the decisions that you have written into the queue.

    FILE is the queue, else review-queue.yaml. Lines that still say "decide" stay undecided. What
    was taken over before is not written again.
    """
    from builder.reviewing.desk import apply_queue

    apply_queue(settings_of(config_file or context.obj), file, dry_run=dry_run)


def _decide(
    context: click.Context,
    verb: Verb,
    said: dict[str, str],
    *,
    config_file: Path | None,
    **options: Any,
) -> None:
    from builder.reviewing.desk import decide

    decide(settings_of(config_file or context.obj), verb, said, **options)
