"""Keeps the shapes that styles have formatted, so that the next build formats only new ones."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.resources import files
from os import getpid
from pathlib import Path

from builder.citing.engine import formats
from builder.citing.reference import Reference
from builder.citing.shape import Formats, Shape
from builder.citing.styles import styles
from builder.citing.work import page_shape, shape_of, work_of

KEPT = Path(".cache") / "citations.jsonl"

Run = Callable[[Callable[[Shape], Formats | None], list[Shape]], Iterable[Formats | None]]
"""A `map` that keeps the order."""


def formats_for(
    references: Iterable[Reference], kept: Path | None = None, run: Run = map
) -> Callable[[Shape], Formats | None]:
    """Return the formats of all shapes that references have, and of pages of this site.

    Those in the file `kept` are taken from there, the others made and the file written anew with
    all that are used. A file that is damaged, or made by other styles or other code, is made again;
    one that cannot be written is done without.
    """
    wanted = _shapes(references)
    had = _read(kept) if kept else {}
    missing = [shape for shape in wanted if shape not in had]
    made = dict(zip(missing, run(formats_or_none, missing), strict=True))
    held = {shape: had[shape] if shape in had else made[shape] for shape in wanted}
    if kept and (missing or len(held) < len(had)):
        _write(kept, held)
    return lambda shape: held[shape] if shape in held else formats_or_none(shape)


@lru_cache(maxsize=4096)
def formats_or_none(shape: Shape) -> Formats | None:
    """Return the formats of a shape, None where the style or its program trips over it."""
    try:
        return formats(shape)
    except Exception:  # it raises whatever Python does; one shape must not stop ten thousand pages
        return None


def _shapes(references: Iterable[Reference]) -> list[Shape]:
    """Return the different shapes, in an order that depends on nothing else."""
    found = {page_shape(style) for style in styles()}
    for reference in references:
        work = work_of(reference)
        found.update(shape_of(work, style) for style in styles())
    return sorted(found)


def _read(kept: Path) -> Mapping[Shape, Formats | None]:
    try:
        seal, _, body = kept.read_text(encoding="utf-8").partition("\n")
    except (OSError, ValueError):
        return {}
    if seal != _seal(body):
        return {}
    return {Shape(*shape): Formats(*made) if made else None for shape, made in json.loads(body)}


def _write(kept: Path, held: Mapping[Shape, Formats | None]) -> None:
    body = json.dumps(list(held.items()))
    making = kept.with_name(f"{kept.name}.{getpid()}")
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        making.write_text(f"{_seal(body)}\n{body}", encoding="utf-8")
        making.replace(kept)
    except OSError:
        with suppress(OSError):
            making.unlink(missing_ok=True)


def _seal(body: str) -> str:
    """Return the first line of the file: it fits only what our styles and code made, whole."""
    return json.dumps(hashlib.sha256(f"{_key()}\n{body}".encode()).hexdigest())


@cache
def _key() -> str:
    """Return what tells whether a shape would be formatted as before: styles, code, program."""
    told = hashlib.sha256(version("citeproc-py").encode())
    for style in styles():
        told.update(style.text())
    for name in ("engine", "mending", "shape"):
        told.update(files("builder.citing").joinpath(f"{name}.py").read_bytes())
    return told.hexdigest()
