"""Prints where addresses lead after every kind of edit, over many documents.

    python benchmarks/ledger_stress.py [--documents 300] [--failures FOLDER] [ROW…]

The trials are those of tests/trials.py. With a folder, each row's failing cases are written there.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from edits import SPLITTERS  # noqa: E402  # after the path to it
from trials import ROWS, Tally, try_rounds, try_row, try_splitter  # noqa: E402


def main() -> None:
    """Run the trials and print a row of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--failures", type=Path)
    parser.add_argument("rows", nargs="*", help="only rows whose name contains one of these")
    arguments = parser.parse_args()
    print(f"{'':42}touched   right%  wrong%   lost%  others not right  asked refused")
    for name, tally in _tallies(arguments.documents, arguments.rows):
        print(_line(name, tally), flush=True)
        if arguments.failures and tally.told:
            arguments.failures.mkdir(parents=True, exist_ok=True)
            file = arguments.failures / f"{name.replace(' ', '_').replace(',', '')}.txt"
            file.write_text("\n\n".join(tally.told), "utf-8")


def _tallies(many: int, wanted: list[str]) -> Iterator[tuple[str, Tally]]:
    def asked(name: str) -> bool:
        return not wanted or any(word in name for word in wanted)

    for row in ROWS:
        if asked(row.name):
            yield row.name, try_row(row, many)
    for splitter in SPLITTERS:
        if asked(f"splitter {splitter}"):
            for way, tally in zip(("there", "back"), try_splitter(splitter, many), strict=True):
                yield f"splitter {splitter}, {way}", tally
    for answering, how in ((True, "answered"), (False, "accepted as proposed")):
        if asked("ten rounds"):
            yield f"ten rounds, {how}", try_rounds(many, answering=answering)


def _line(name: str, tally: Tally) -> str:
    total = tally.touched.total() or 1
    shares = (f"{100 * tally.touched[key] / total:8.2f}" for key in ("right", "wrong", "lost"))
    others = tally.others.total() - tally.others["right"]
    counts = f"{others:>7} of {tally.others.total():<7}{tally.asked:>7}{tally.refused:>7}"
    return f"{name:42}{tally.touched.total():7} {''.join(shares)} {counts}"


if __name__ == "__main__":
    main()
