"""Prints what a build costs, cold and warm, and how it grows with the number of documents.

    python benchmarks/build_cost.py DOCUMENTS [--sizes 1000 10000] [--verify] [--jobs N]

DOCUMENTS is a folder of sources; every n-th of them is taken for a smaller size, so that the sizes
are alike. Each is built cold in a folder of its own; then one passage of one document is added
(twice, for the first change of a day renews the stamp of all pages), then nothing. With --verify
the warm site is compared with a cold build of the same state, byte by byte.

Seconds are those of the clock and of the processor (all processes), memory is the largest sum of
their proportional set sizes (PSS). Builds are processes of their own, as a user starts them.
"""

from __future__ import annotations

import argparse
import math
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from filecmp import cmp
from pathlib import Path

ADDED = "\n\nA sentence that was not there before names Mexico and 500 teams.\n"
_PAUSE = 0.5  # seconds between two looks at memory
_SETTLED = 3.0  # seconds after which the time of a file's change is trusted


@dataclass(frozen=True, slots=True)
class Cost:
    """What a build took: seconds of the clock and of the processor, megabytes, and its words."""

    clock: float
    processor: float
    megabytes: float
    said: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("documents", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--verify", action="store_true")
    parser.add_argument("--jobs", type=int, default=0)
    arguments = parser.parse_args()
    sources = sorted(
        path for path in arguments.documents.rglob("*") if path.suffix in (".md", ".txt")
    )
    cold: list[tuple[int, Cost]] = []
    print("| documents | build | seconds | processor s | MB (PSS) |\n|--:|---|--:|--:|--:|")
    for size in arguments.sizes:
        with tempfile.TemporaryDirectory(prefix="build-cost-") as folder:
            collection = _collection(sources, arguments.documents, size, Path(folder, "collection"))
            costs = _measured(collection, arguments.jobs)
            for name, cost in costs:
                _print(size, name, cost)
            cold.append((size, costs[0][1]))
            print("\n".join(f"<!-- {line} -->" for line in costs[0][1].said.split("\n")))
            if arguments.verify:
                _verify(collection, arguments.jobs)
    if len(cold) > 1:
        print(f"\nGrowth exponent of processor seconds: {_exponent(cold):.2f}")


def _collection(sources: Sequence[Path], within: Path, size: int, target: Path) -> Path:
    step = max(1, len(sources) // size)
    for path in sources[::step][:size]:
        copy = target / "seeds" / path.relative_to(within)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    (target / "mkdocs.yml").write_text("site_name: Measured\n", "utf-8")
    return target


def _measured(collection: Path, jobs: int) -> list[tuple[str, Cost]]:
    costs = [("cold", _build(collection, jobs))]
    texts = sorted((collection / "seeds").rglob("*.md"))
    for number, name in ((1, "one document changed, first of the day"), (2, "one changed")):
        with texts[number * len(texts) // 3].open("a", encoding="utf-8") as file:
            file.write(ADDED)
        time.sleep(_SETTLED)
        costs.append((name, _build(collection, jobs)))
    costs.append(("nothing changed", _build(collection, jobs)))
    return costs


def _build(collection: Path, jobs: int) -> Cost:
    command = [sys.executable, "-m", "builder.cli", "build", "--no-frozen", "--jobs", str(jobs)]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            command, cwd=collection, stderr=said, stdout=said, start_new_session=True
        )
        largest = 0.0
        while process.poll() is None:
            largest = max(largest, _memory(process.pid))
            time.sleep(_PAUSE)
        clock = time.monotonic() - start
        said.seek(0)
        lines = [line for line in said.read().split("\n") if line]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(clock, worked, largest, "\n".join(lines[-5:]))


def _memory(session: int) -> float:
    """Return the megabytes of all processes of a session, shared pages divided among them."""
    kilobytes = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(folder.name)) == session:
                lines = (folder / "smaps_rollup").read_text().split("\n")
                kilobytes += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        except (OSError, StopIteration, ValueError):
            continue  # it has ended in the meantime
    return kilobytes / 1024


def _print(size: int, name: str, cost: Cost) -> None:
    numbers = f"{cost.clock:.1f} | {cost.processor:.1f} | {cost.megabytes:.0f}"
    print(f"| {size:,} | {name} | {numbers} |", flush=True)


def _verify(collection: Path, jobs: int) -> None:
    """Compare a warm site with a cold one of the same state, and say what differs."""
    other = collection.with_name("cold")
    shutil.copytree(collection / "seeds", other / "seeds")
    shutil.copyfile(collection / "mkdocs.yml", other / "mkdocs.yml")
    _build(other, jobs)
    files = {path.relative_to(collection / "site") for path in _files(collection / "site")}
    others = {path.relative_to(other / "site") for path in _files(other / "site")}
    differing = files ^ others
    differing |= {
        path
        for path in files & others
        if not cmp(collection / "site" / path, other / "site" / path, shallow=False)
    }
    print(f"\nWarm and cold: {len(files):,} files, {len(differing):,} differ")
    for path in sorted(differing)[:20]:
        print(f"* {path}")


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _exponent(cold: Sequence[tuple[int, Cost]]) -> float:
    (few, less), (many, more) = cold[0], cold[-1]
    return math.log(more.processor / less.processor) / math.log(many / few)


if __name__ == "__main__":
    main()
