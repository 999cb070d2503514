"""Prints what becomes of invented and of broken documents, from bytes to pages.

    python benchmarks/fuzz.py [FOLDER] [--inputs 20000] [--jobs 2] [--seed 1] [--failures DIR]

Half of the inputs are Hypothesis's inventions, the others are the documents of FOLDER (else of
seeds/), each cut, doubled, nested and broken in some ways. Each is refused with one message, or
built: nothing trips, nothing takes more than two CPU seconds, every character of the source is
shown or is markup, and the pages hold no element, attribute or id that they may not hold. What
fails goes to the folder of failures, each with what was told.
"""

from __future__ import annotations

import argparse
import faulthandler
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from fuzzing import INVENTED, OUTCOMES, Tally, try_invented, try_mutated  # noqa: E402  # as above

CHUNK = 100  # inputs that a process tries at a time
LONG = 600  # seconds of a chunk after which a process that hears no alarm is given up
MUTATED = "real documents, broken"
BAD = OUTCOMES[2:]


def main() -> None:
    """Try the inputs and print a row of each kind; leave with 1 where any failed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "seeds")
    parser.add_argument("--inputs", type=int, default=20_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--failures", type=Path)
    arguments = parser.parse_args()
    paths = sorted(
        path for path in arguments.folder.rglob("*") if path.suffix in (".txt", ".md", ".markdown")
    )
    rows: dict[str, Tally] = {kind: Tally() for kind in (MUTATED, *INVENTED)}
    lost = 0
    with ProcessPoolExecutor(arguments.jobs) as pool:
        waiting = {
            pool.submit(_try, kind, paths, many, number): kind
            for kind, many, number in _chunks(arguments.inputs, arguments.seed)
        }
        for done, task in enumerate(as_completed(waiting), 1):
            try:
                tally = task.result()
                rows[waiting[task]].add(tally)
                _keep(tally, arguments.failures)
            except BrokenProcessPool:
                lost += 1
            _show_progress(done, len(waiting))
    _print(rows)
    if lost:
        print(f"\n{lost} chunks of {CHUNK} inputs were lost: a process ended")
    sys.exit(1 if lost or any(tally.counts[bad] for tally in rows.values() for bad in BAD) else 0)


def _chunks(inputs: int, start: int) -> Iterator[tuple[str, int, int]]:
    """Yield kind, number of inputs and seed of what a process does at a time."""
    kinds = (*INVENTED, *[MUTATED] * len(INVENTED))
    number = 0
    while number * CHUNK < inputs:
        kind = kinds[number % len(kinds)]
        yield kind, min(CHUNK, inputs - number * CHUNK), start * 1_000_000 + number
        number += 1


def _try(kind: str, paths: Sequence[Path], many: int, number: int) -> Tally:
    faulthandler.dump_traceback_later(LONG, exit=True)
    try:
        if kind == MUTATED:
            return try_mutated(paths, many, number)
        return try_invented(kind, many, number)
    finally:
        faulthandler.cancel_dump_traceback_later()


def _show_progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} of {total} chunks", end="", file=sys.stderr)


def _print(rows: dict[str, Tally]) -> None:
    heads = "".join(f"{outcome:>9}" for outcome in OUTCOMES)
    print(f"{'':24}{'inputs':>9}{heads}  mean s  slowest s")
    total = Tally()
    for kind, tally in rows.items():
        print(_line(kind, tally))
        total.add(tally)
    print(_line("all", total))


def _line(kind: str, tally: Tally) -> str:
    inputs = sum(tally.counts.values())
    counts = "".join(f"{tally.counts[outcome]:9,}" for outcome in OUTCOMES)
    return f"{kind:24}{inputs:9,}{counts}{tally.seconds / max(1, inputs):8.3f}{tally.slowest:11.2f}"


def _keep(tally: Tally, folder: Path | None) -> None:
    """Write the inputs that failed, each named by its hash, with what was told of it."""
    for outcome, data, told in tally.failures if folder else ():
        file = folder / sha256(data).hexdigest()[:12]
        folder.mkdir(parents=True, exist_ok=True)
        file.with_suffix(".bin").write_bytes(data)
        file.with_suffix(".told").write_text(f"{outcome}\n{told}", "utf-8", "backslashreplace")


if __name__ == "__main__":
    main()
