"""What a command tells the person at the terminal; standard output is left to other programs.

What is told may quote a document, a file's name or a setting, and nothing of these may act on the
terminal: move the cursor, paint over a line, name a link, turn the direction of what follows.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from time import perf_counter
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from builder.counting import counted
from builder.model import Place, Problem, Problems
from builder.stages import Stage, Stages
from builder.summary import stage_line, summary
from builder.unseen import on_one_line, visible

if TYPE_CHECKING:
    from builder.outcome import Outcome

T = TypeVar("T")

# A bar for less than this many documents would be gone before it is read.
_WORTH_A_BAR = 20

_CLEAR = "\r\x1b[K"  # to the beginning of the line, and away with what stands there


def say(message: str) -> None:
    """Tell the user something that is no problem; quiet in a pipe."""
    if sys.stderr.isatty():
        tell(message)


def tell(message: str) -> None:
    """Tell the user something that is no problem, in a pipe too."""
    _echo(visible(message))


def _echo(line: str) -> None:
    """Print a line, on a terminal in the place of the name of the stage that stands there."""
    click.echo(f"{_CLEAR if sys.stderr.isatty() else ''}{line}", err=True)


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
        _echo(f"{click.style(visible(place), bold=True)} {mark}{visible(rest)}")


def progress(items: Iterable[T], label: str, length: int) -> Iterator[T]:
    """Show a bar on a terminal for work that takes a while: how far, how long yet, how fast."""
    if not sys.stderr.isatty() or length < _WORTH_A_BAR:
        yield from items
        return
    since = perf_counter()

    def rate(_item: T | None) -> str:
        return f"{shown.pos / max(perf_counter() - since, 0.001):,.0f} a second"

    shown = click.progressbar(
        items, label=label, length=length, show_pos=True, item_show_func=rate, file=sys.stderr
    )
    with shown:
        yield from shown


def told_stages() -> Stages:
    """Return stages of which a terminal shows the one at work, and a log has a line each."""
    return Stages(_begins, _ends)


def _begins(name: str) -> None:
    if sys.stderr.isatty():
        click.echo(f"{_CLEAR}{name} …", err=True, nl=False)


def _ends(stage: Stage) -> None:
    if sys.stderr.isatty():
        click.echo(_CLEAR, err=True, nl=False)
    else:
        tell(stage_line(stage))


def end(outcome: Outcome, where: str, stages: Stages, *, changed: bool) -> None:
    """Print what a build has done, and leave with the right exit code: a `Program` at once."""
    show(outcome.problems)
    for line in outcome.told:
        tell(line)
    for line in summary(outcome, stages, where, changed=changed):
        tell(line)
    _leave(outcome.problems, at_once=click.get_current_context().find_object(Program) is not None)


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


def _leave(problems: tuple[Problem, ...], *, at_once: bool = False) -> None:
    failures = sum(not problem.warning for problem in problems)
    if failures:
        click.echo(counted(failures, "problem"), err=True)
    if at_once:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(1 if failures else 0)
    if failures:
        raise click.exceptions.Exit(1)


class Program:
    """Says that a command is all that its process does, which may then end without ado.

    To take apart what a build of ten thousand documents holds takes as long as a stage of it.
    """


class Group(click.Group):
    """Turns our problems into messages and exit codes, whatever command met them."""

    def __call__(self, *given: Any, **named: Any) -> Any:
        """Run as the program of this process; tests call `main`."""
        return self.main(*given, obj=Program(), **named)

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except Problems as error:
            fail_with(error.problems)
        except OSError as error:
            place = Place(str(error.filename or "builder"), 0)
            hint = "check the place and its permissions"
            fail_with([Problem(place, f"the system says: {error.strerror or error}", hint)])
