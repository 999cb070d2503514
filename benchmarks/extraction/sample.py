"""Prints a random sample of what is found in a folder of documents, to be judged by reading.

    python benchmarks/extraction/sample.py FOLDER [--kind figure] [--number 200] [--seed 1]

Documents are drawn first, then mentions among theirs, each mention as likely as any other; the same
seed over the same folder draws the same. The mention stands in [brackets] in its sentence.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

from builder.annotate import annotate
from builder.catalogue import load_catalogue
from builder.kinds import KINDS
from builder.model import Document, Mention
from builder.read import source_from_bytes
from builder.structure import structure

DOCUMENTS = 500
WIDTH = 130  # characters shown before and after a mention


def main() -> None:
    """Print the sample, one mention a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kind", default="figure", choices=[kind.name for kind in KINDS])
    parser.add_argument("--number", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    draw = random.Random(arguments.seed)
    paths = sorted(path for path in arguments.folder.rglob("*") if path.suffix in (".md", ".txt"))
    drawn = draw.sample(paths, min(DOCUMENTS, len(paths)))
    told = [line for path in drawn for line in _mentions(path, arguments.kind)]
    for number, line in enumerate(draw.sample(told, min(arguments.number, len(told))), start=1):
        print(f"{number:3} {line}")


def _mentions(path: Path, kind: str) -> Iterator[str]:
    document = structure(source_from_bytes(path.read_bytes(), f"seeds/{path.name}"))
    for mention in annotate(document, load_catalogue(None)).mentions:
        if mention.kind == kind:
            yield f"{_read_as(mention)} | {_in_context(document, mention)}"


def _read_as(mention: Mention) -> str:
    figure = mention.figure
    if figure is None:
        return mention.entity
    value = figure.value if figure.value is not None else f"{figure.low}–{figure.high}"
    said = f"{figure.comparator} {value} {figure.unit}, of {figure.of!r}"
    return f"{said}, {figure.change}, {figure.period!r}, {figure.status}"


def _in_context(document: Document, mention: Mention) -> str:
    text, at = document.blocks[mention.block].text, mention.at
    before = text[max(0, at.start - WIDTH) : at.start]
    return f"{before}[{text[at.start : at.end]}]{text[at.end : at.end + WIDTH]}"


if __name__ == "__main__":
    main()
