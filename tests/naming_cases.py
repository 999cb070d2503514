"""Cases of the finders of names: a table of marked texts, and what a finder makes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from builder.catalogue import Catalogue
from builder.fold import fold
from builder.model import Found, Metadata, Reading
from builder.strict_yaml import load
from marked import remark, unmark

Finder = Callable[[Reading, Catalogue], Iterable[Found]]
_BLOCKS = " ¶ "


def cases(name: str) -> list[str]:
    """Return the marked texts of tests/cases/<name>.yaml."""
    path = Path(__file__).parent / "cases" / f"{name}.yaml"
    groups = load(path.read_text(encoding="utf-8"), path.name)
    return [case for group in groups for case in group["cases"]]


def reading(*blocks: str) -> Reading:
    """Return what a finder gets of a document with these blocks."""
    return Reading(tuple(fold(b) for b in blocks), ("paragraph",) * len(blocks), Metadata())


def marked(case: str, finder: Finder, catalogue: Catalogue) -> tuple[str, str]:
    """Return a case's text as the finder marks it, and as it should be marked."""
    blocks = [unmark(block) for block in case.split(_BLOCKS)]
    found = list(finder(reading(*(text for text, _ in blocks)), catalogue))
    ours = [
        remark(text, [(one.at, one.entity) for one in found if one.block == number])
        for number, (text, _) in enumerate(blocks)
    ]
    return _BLOCKS.join(ours), _BLOCKS.join(remark(text, expected) for text, expected in blocks)


def keys(text: str, finder: Finder, catalogue: Catalogue) -> list[str]:
    """Return the entities found in one block."""
    return [found.entity for found in finder(reading(text), catalogue)]
