"""Keeps the shapes that styles have formatted, so that the next build formats only new ones."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from builder.citing.engine import formats
from builder.citing.shape import Formats, Shape
from builder.citing.styles import styles
from builder.model import Place, Problem
from builder.publishing.writing import write_file

KEPT = Path(".cache") / "citations.json"

made_once = cache(formats)
"""Returns the formats of a shape, as `formats` does."""


class KeptFormats:
    """Gives the formats of shapes: those in the file `kept` from there, the others made.

    A file that is damaged, or made by other styles or other code, is not used. What a style cannot
    format is none of its formats: a warning in `problems`, and never kept.
    """

    def __init__(self, kept: Path | None = None) -> None:
        self._kept = kept
        self._had = _read(kept) if kept else {}
        self._used: dict[Shape, Formats | None] = {}
        self.problems: list[Problem] = []

    def __call__(self, shape: Shape) -> Formats | None:
        """Return the formats of a shape, None where its style cannot format it."""
        if shape not in self._used:
            self._used[shape] = self._had.get(shape) or self._made(shape)
        return self._used[shape]

    def _made(self, shape: Shape) -> Formats | None:
        try:
            return made_once(shape)
        except Exception as error:  # citeproc-py raises whatever Python does
            style = next(style for style in styles() if style.key == shape.style)
            what = f"cannot format {shape} ({type(error).__name__}: {error})"
            hint = f"citations in {style.name} are left out where they would be of this form"
            self.problems.append(Problem(Place(style.file, 0), what, hint, warning=True))
            return None

    def keep(self) -> None:
        """Write all that are known into the file; one that cannot be written is done without."""
        used = {shape: formats for shape, formats in self._used.items() if formats}
        made = dict(sorted({**self._had, **used}.items()))
        if self._kept and made != self._had:
            held = list(made.items())
            data = json.dumps({"seal": _seal(held), "formats": held})
            with suppress(OSError):
                write_file(self._kept, data.encode())


def _read(kept: Path) -> Mapping[Shape, Formats]:
    try:
        held = json.loads(kept.read_bytes())
        if held["seal"] != _seal(held["formats"]):
            return {}
    except (OSError, ValueError, TypeError, LookupError):
        return {}
    return {
        Shape(*shape): Formats(made[0], made[1], made[2], tuple(made[3]))
        for shape, made in held["formats"]
    }


def _seal(held: object) -> str:
    """Return what fits only what our styles and code made, whole."""
    return hashlib.sha256(f"{_key()}\n{json.dumps(held)}".encode()).hexdigest()


@cache
def _key() -> str:
    """Return what tells whether a shape would be formatted as before: styles, code, program."""
    told = hashlib.sha256(version("citeproc-py").encode())
    for style in styles():
        told.update(style.text())
    for name in ("engine", "mending", "shape"):
        told.update(files("builder.citing").joinpath(f"{name}.py").read_bytes())
    return told.hexdigest()
