"""What a command tells the person at the terminal; standard output is left to other programs.

What is told may quote a document, a file's name or a setting, and nothing of these may act on the
terminal: move the cursor, paint over a line, name a link, turn the direction of what follows.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NoReturn, TypeVar

import click

from builder.counting import counted
from builder.model import Problem
from builder.unseen import on_one_line, visible

if TYPE_CHECKING:
    from builder.outcome import Outcome

T = TypeVar("T")

# A bar for less than this many documents would be gone before it is read.
_WORTH_A_BAR = 20


def say(message: str) -> None:
    """Tell the user something that is no problem; quiet in a pipe."""
    if sys.stderr.isatty():
        tell(message)


def tell(message: str) -> None:
    """Tell the user something that is no problem, in a pipe too."""
    click.echo(visible(message), err=True)


def ask(question: str) -> bool:
    """Ask for yes or no; whoever says neither has said no."""
    try:
        return click.confirm(visible(question), err=True)
    except click.Abort:  # the end of the input, Ctrl+C
        click.echo(err=True)
        return False


def print_line(line: str) -> None:
    """Print a line for other programs; where that is not possible, say so and leave.

    On a terminal what acts there is made visible; a program gets it as it is, but on one line.
    """
    try:
        click.echo(visible(line) if sys.stdout.isatty() else on_one_line(line))
    except OSError as error:  # a full disk, a reader that has seen enough
        # Or the system would try again when the process ends, and fail in its own words.
        sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115  # until the process ends
        tell(f"standard output: cannot be written ({error.strerror})")
        raise click.exceptions.Exit(1) from error


def show(problems: Iterable[Problem]) -> None:
    """Print problems, each on its line, errors and warnings told apart."""
    for problem in problems:
        place = f"{problem.place}:"
        rest = str(problem).removeprefix(place).lstrip(" ")
        mark = click.style("warning: ", fg="yellow") if problem.warning else ""
        click.echo(f"{click.style(visible(place), bold=True)} {mark}{visible(rest)}", err=True)


def progress(items: Iterable[T], label: str, length: int) -> Iterator[T]:
    """Show a bar on a terminal for work that takes a while."""
    if not sys.stderr.isatty() or length < _WORTH_A_BAR:
        yield from items
        return
    with click.progressbar(
        items, label=label, length=length, show_pos=True, file=sys.stderr
    ) as shown:
        yield from shown


def end(outcome: Outcome, where: str, *, changed: bool) -> None:
    """Print what a build has done, and leave with the right exit code."""
    show(outcome.problems)
    for line in outcome.told:
        tell(line)
    counts = ", ".join(
        (
            counted(outcome.documents, "document"),
            counted(outcome.passages, "passage"),
            counted(outcome.mentions, "mention"),
            counted(outcome.figures, "figure"),
        )
    )
    unchanged = "" if changed or outcome.told else ", nothing changed"
    click.echo(f"{counts}; {where}{unchanged}", err=True)
    _leave(outcome.problems)


def end_with(problems: Iterable[Problem]) -> None:
    """Print problems, and leave with the right exit code."""
    problems = tuple(problems)
    show(problems)
    _leave(problems)


def fail_with(problems: Iterable[Problem]) -> NoReturn:
    """Print the problems that left nothing to go on with, and leave."""
    problems = tuple(problems)
    end_with(problems)
    raise click.exceptions.Exit(1)  # warnings alone


def _leave(problems: tuple[Problem, ...]) -> None:
    failures = sum(not problem.warning for problem in problems)
    if failures:
        click.echo(counted(failures, "problem"), err=True)
        raise click.exceptions.Exit(1)
