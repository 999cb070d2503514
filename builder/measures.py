"""What the editors measure: `seeds/catalogue/measures.yaml`, read and proved on its examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from builder.catalogue import Catalogue
from builder.files import read_text
from builder.limits import USUAL, Limits
from builder.measuring.proof import prove
from builder.measuring.reading import read_measure
from builder.measuring.rules import Measure
from builder.model import Problem, Problems
from builder.strict_yaml import Record, load

__all__ = ["Measure", "load_measures"]

_NAME = "measures"


def load_measures(
    folder: Path,
    root: Path | None = None,
    catalogue: Catalogue | None = None,
    limits: Limits = USUAL,
) -> tuple[Measure, ...]:
    """Return the measures of a collection's catalogue folder, in the order of the file.

    No file means no measures. Places in messages are relative to `root`. Without a `catalogue` only
    the form is checked. Raises Problems with everything that is wrong.
    """
    path = folder / f"{_NAME}.yaml"
    if not (path.exists() or path.is_symlink()):
        return ()
    shown = str(path.relative_to(root)) if root and path.is_relative_to(root) else str(path)
    text = read_text(path, shown, limit=limits.of("max_yaml_bytes"))
    problems: list[Problem] = []
    measures = list(_read(load(text, shown, limits=limits), shown, problems))
    problems += _clashes(measures)
    if catalogue is not None and not problems:
        problems += [problem for measure in measures for problem in prove(measure, catalogue)]
    if problems:
        raise Problems(problems)
    return tuple(measures)


def _read(content: Any, shown: str, problems: list[Problem]) -> Iterator[Measure]:
    if not isinstance(content, Record):  # a list alone reads like a named list
        items, content = content, Record(shown, 1)
        content[_NAME] = items
    problems += content.unknown_keys((_NAME,))
    items = content.get(_NAME) or []
    if not isinstance(items, list):
        what = f'"{_NAME}" is not a list'
        problems.append(Problem(content.place(_NAME), what, "write `- key: …` entries"))
        return
    for item in items:
        measure, wrong = read_measure(item, content)
        problems += wrong
        if measure is not None:
            yield measure


def _clashes(measures: Iterable[Measure]) -> Iterator[Problem]:
    """Yield a problem for each key and each name that stands twice."""
    first_of: dict[str, Measure] = {}
    for measure in measures:
        for name in (measure.key, measure.name.casefold()):
            first = first_of.setdefault(name, measure)
            if first is not measure:
                what = f'"{name}" is taken by another measure'
                yield Problem(measure.place, what, f"the other one stands at {first.place}")
