"""Prints how long the commands take on this collection (never an assertion: machines differ).

python benchmarks/times.py [RUNS]
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = (
    ("start-up (builder --version)", ("--version",), False),
    ("builder build, first", ("build", "--no-frozen"), True),
    ("builder build, again", ("build", "--no-frozen"), False),
    ("builder pages, again", ("pages", "--no-frozen"), False),
    ("builder check --site", ("check", "--site"), False),
    ("builder annotate seeds/*", ("annotate", "SEEDS"), False),
)


def seconds(arguments: tuple[str, ...], folder: Path) -> float:
    """Return how long one command takes, from the start of the process to its end."""
    seeds = sorted(str(path.relative_to(folder)) for path in (folder / "seeds").glob("*.txt"))
    command = [sys.executable, "-m", "builder.cli"]
    for argument in arguments:
        command += seeds if argument == "SEEDS" else [argument]
    start = time.perf_counter()
    subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - start


def main() -> None:
    """Time each command on a copy of this collection, and print the medians."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "collection"
        for name in ("seeds", "site_overrides", "content/about"):
            shutil.copytree(ROOT / name, folder / name)
        shutil.copy(ROOT / "mkdocs.yml", folder)
        print(f"{'':32}{'median':>8}{'slowest':>9}  ({runs} runs, seconds)")
        for label, arguments, afresh in COMMANDS:
            times = []
            for _ in range(runs):
                if afresh:
                    shutil.rmtree(folder / "site", ignore_errors=True)
                times.append(seconds(arguments, folder))
            print(f"{label:32}{statistics.median(times):8.2f}{max(times):9.2f}")


if __name__ == "__main__":
    main()
