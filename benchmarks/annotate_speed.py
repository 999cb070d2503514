"""Prints how much text each annotator reads a second, and whether time grows with size alone.

    python benchmarks/annotate_speed.py [--documents FOLDER] [--megabytes 5]

Processor time of one core, after tables are loaded; reading and structuring a file do not count.
The document of the smallest size is made of whole documents laid end to end, the larger ones of the
same over and over; the seeds are taken where no folder of .md or .txt files is given.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable
from itertools import cycle
from pathlib import Path

from builder.annotate import annotate, found_by, reading_of
from builder.catalogue import Catalogue, load_catalogue
from builder.kinds import KINDS
from builder.model import Document
from builder.read import source_from_bytes
from builder.structure import structure

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = 300  # documents for the table of kinds
PARTS = (0.1, 0.2, 0.5, 1.0)  # of the largest size


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=Path, default=ROOT / "seeds")
    parser.add_argument("--megabytes", type=float, default=5)
    arguments = parser.parse_args()
    texts = [path.read_bytes() for path in _files(arguments.documents)]
    catalogue = load_catalogue(None)
    documents = [structure(source_from_bytes(text, "seeds/one.md")) for text in texts[:SAMPLE]]
    for document in documents:
        annotate(document, catalogue)
    _print_kinds(documents, catalogue)
    _print_sizes(texts, catalogue, arguments.megabytes)


def _files(folder: Path) -> list[Path]:
    paths = (path for path in sorted(folder.rglob("*")) if path.suffix in (".md", ".txt"))
    return [path for path in paths if "anchors" not in path.parts]


def _megabytes(documents: Iterable[Document]) -> float:
    return sum(len(document.source.text.encode()) for document in documents) / 1e6


def _print_kinds(documents: list[Document], catalogue: Catalogue) -> None:
    size = _megabytes(documents)
    print(f"{len(documents)} documents, {size:.2f} MB{'':8}MB/s    s/MB")
    readings = [reading_of(document) for document in documents]
    for kind in KINDS:
        start = time.process_time()
        for reading in readings:
            found_by(kind, reading, catalogue)
        _print_row(kind.plural, time.process_time() - start, size)
    start = time.process_time()
    for document in documents:
        annotate(document, catalogue)
    _print_row("all annotators", time.process_time() - start, size)


def _print_row(name: str, seconds: float, size: float) -> None:
    print(f"{name:24}{size / seconds:8.2f}{seconds / size:8.3f}")


def _print_sizes(texts: list[bytes], catalogue: Catalogue, megabytes: float) -> None:
    print(f"\n{'one document of':24}{'MB/s':>8}{'s/MB':>8}  time a MB, against the smallest")
    first = 0.0
    texts = [_laid_end_to_end(texts, int(PARTS[0] * megabytes * 1e6))]
    for part in PARTS:
        data = _laid_end_to_end(texts, int(part * megabytes * 1e6))
        document = structure(source_from_bytes(data, "seeds/long.md"))
        start = time.process_time()
        annotate(document, catalogue)
        each = (time.process_time() - start) / (len(data) / 1e6)
        first = first or each
        print(f"{len(data) / 1e6:.2f} MB{'':17}{1 / each:8.2f}{each:8.3f}{each / first:8.2f}")


def _laid_end_to_end(texts: list[bytes], size: int) -> bytes:
    parts: list[bytes] = []
    length = 0
    for text in cycle(texts):
        body = text.split(b"\n---\n", 1)[-1] if text.startswith(b"---\n") else text
        parts.append(body)
        length += len(body) + 2
        if length >= size:
            return b"\n\n".join(parts)
    return b""


if __name__ == "__main__":
    main()
