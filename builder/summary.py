"""The lines at the end of a run: where its time went, what there is now, and where it lies."""

from __future__ import annotations

from collections.abc import Iterator

from builder.counting import counted, size_in_words
from builder.outcome import Outcome
from builder.stages import Stage, Stages


def stage_line(stage: Stage) -> str:
    """Return the line that a log has of a stage."""
    memory = f", memory at most {_memory(stage)}" if stage.memory else ""
    worked = f"processor {stage.processor:.1f} s"
    return f"{stage.name}: {stage.seconds:.1f} s ({worked}{memory})"


def summary(outcome: Outcome, stages: Stages, where: str, *, changed: bool) -> Iterator[str]:
    """Yield the last lines of a run; `where` says where its work lies."""
    if stages.done:
        yield _times(stages)
    yield ", ".join(_counts(outcome))
    unchanged = "" if changed or outcome.told else ", nothing changed"
    yield f"{counted(outcome.pages_written, 'page')} written; {where}{unchanged}"


def _times(stages: Stages) -> str:
    each = ", ".join(f"{stage.name} {stage.seconds:.1f}" for stage in stages.done)
    last = stages.done[-1]
    memory = f", memory at most {_memory(last)}" if last.memory else ""
    return f"{each}: {stages.seconds:.1f} s (processor {stages.processor:.1f} s{memory})"


def _memory(stage: Stage) -> str:
    worker = (
        f", {size_in_words(stage.worker_memory)} in another process" if stage.worker_memory else ""
    )
    return f"{size_in_words(stage.memory)}{worker}"


def _counts(outcome: Outcome) -> Iterator[str]:
    yield counted(outcome.documents, "document")
    yield counted(outcome.passages, "passage")
    yield counted(outcome.mentions, "mention")
    yield counted(outcome.figures, "figure")
    new = f" ({outcome.new_candidates:,} new)" if outcome.new_candidates else ""
    yield f"{counted(outcome.candidates, 'candidate')}{new}"
    failures = sum(not problem.warning for problem in outcome.problems)
    warnings = len(outcome.problems) - failures
    if failures or not warnings:
        yield counted(failures, "problem")
    if warnings:
        yield counted(warnings, "warning")
