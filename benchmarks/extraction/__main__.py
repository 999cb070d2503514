"""Prints how well figures, countries, programs and people are found, beside two general tools.

    python benchmarks/extraction [--set NAME GOLD DOCUMENTS]… [--show FIELD] [--without-rivals]

Every tool reads the same documents and is scored by the same scorer (`scoring.py`) against
annotations made by hand. The two tools are installed on demand, each into an environment of its own
under `benchmarks/environments/`; where that fails their columns say so. Gold and development
documents are not part of this project: a set whose folder is missing is named and left out.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from environments import RIVALS, environment
from scoring import FIELDS, Score, score

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BESIDE = ROOT.parent / "shared"
SETS = (
    ("seeds", BESIDE / "gold/seeds", ROOT / "seeds"),
    ("dev", BESIDE / "gold/dev", BESIDE / "corpus/dev"),
)


def main() -> int:
    """Score every tool on every set, and print one table."""
    arguments = _arguments()
    scores: dict[tuple[str, str], Score] = {}
    sets = [*SETS, *((name, Path(gold), Path(folder)) for name, gold, folder in arguments.set)]
    for name, gold, folder in sets:
        if not gold.is_dir() or not folder.is_dir():
            print(f"{name}: left out, {gold} or {folder} is missing")
            continue
        for tool, python in _tools(with_rivals=not arguments.without_rivals):
            found = _run(tool, python, _documents(gold, folder))
            shown = arguments.show if tool == "ours" else ""
            scores[name, tool] = score(gold, found, show=shown)
    if not scores:
        return 1
    _print_table(scores)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks/extraction", description=__doc__)
    parser.add_argument("--without-rivals", action="store_true", help="score only ours")
    parser.add_argument("--show", default="", help=f"print our misses: {', '.join(FIELDS)}")
    parser.add_argument(
        "--set", nargs=3, action="append", default=[], metavar=("NAME", "GOLD", "DOCUMENTS")
    )
    return parser.parse_args()


def _tools(*, with_rivals: bool) -> Iterable[tuple[str, Path]]:
    yield "ours", Path(sys.executable)
    for rival in RIVALS if with_rivals else ():
        python = environment(rival, HERE.parent / "environments")
        if python:
            yield rival, python


def _documents(gold: Path, folder: Path) -> list[Path]:
    """Return the documents that the gold annotates."""
    return [folder / path.name.removesuffix(".json") for path in sorted(gold.glob("*.json"))]


def _run(tool: str, python: Path, documents: list[Path]) -> list[dict[str, object]]:
    """Return what a tool finds, one mapping a document; `seconds` is what the reading took."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        subprocess.run(
            [python, HERE / f"run_{tool}.py", *documents],
            stdout=output,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            check=True,
        )
        output.seek(0)
        return [json.loads(line) for line in output]


def _print_table(scores: dict[tuple[str, str], Score]) -> None:
    sets = list(dict.fromkeys(name for name, _ in scores))
    tools = list(dict.fromkeys(tool for _, tool in scores))
    heads = [f"{name}: {tool}" for name in sets for tool in tools]
    print(f"{'':34}" + "".join(f"{head:>{len(head) + 2}}" for head in heads))
    rows = next(iter(scores.values())).rows()
    for row in rows:
        cells = [scores[name, tool].rows().get(row, "") for name in sets for tool in tools]
        line = "".join(f"{cell:>{len(head) + 2}}" for head, cell in zip(heads, cells, strict=True))
        print(f"{row:34}{line}")


if __name__ == "__main__":
    sys.exit(main())
