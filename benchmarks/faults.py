"""Kills builds at random points, and prints where they died and what they left.

    python benchmarks/faults.py [COLLECTION] [--points 200] [--seed 7]

Each point is an edit, a build that is killed, and a build after it; see tests/killing.py. The
collection is copied to a temporary folder; without one, five invented documents are. Ends with 1
where anything was not as it should be.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from killing import Point, Twins, write_small  # noqa: E402  # after the path to it


def main() -> None:
    """Kill builds, and print a row of each kind of place where they died."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("collection", type=Path, nargs="?")
    parser.add_argument("--points", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    started = time.process_time()
    points = []
    with tempfile.TemporaryDirectory(prefix="builder-faults-") as place:
        source = arguments.collection or write_small(Path(place) / "small")
        twins = Twins(source, Path(place), arguments.seed)
        for number, point in enumerate(twins.points(arguments.points), start=1):
            points.append(point)
            for failure in point.failures:
                print(f"point {number}, {point.edit}, died {point.died}: {failure}", flush=True)
    _print_table(points)
    failed = sum(bool(point.failures) for point in points)
    print(
        f"{len(points)} points, {failed} with failures; {time.process_time() - started:.0f} CPU s"
    )
    sys.exit(1 if failed else 0)


def _print_table(points: list[Point]) -> None:
    print(f"{'died':36}{'points':>7}{'old':>6}{'new':>6}{'same':>6}{'failed':>8}")
    counts = Counter(_kind(point) for point in points)
    for kind, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        own = [point for point in points if _kind(point) == kind]
        sites = Counter(point.site for point in own)
        failed = sum(bool(point.failures) for point in own)
        figures = "".join(f"{sites[site]:>6}" for site in ("old", "new", "same"))
        print(f"{kind:36}{count:>7}{figures}{failed:>8}")


def _kind(point: Point) -> str:
    """Return the kind of place where a build died: the event, and the part of the collection."""
    words = point.died.split(" ")
    after = words[0] == "after" and words[1] == "open"
    event, path = (" ".join(words[:2]), words[2]) if after else (words[0], " ".join(words[1:]))
    for part in ("seeds", "content", ".cache"):
        if f"/{part}/" in path:
            return f"{event} in {part}"
    return point.died if "/" not in path else f"{event} elsewhere"


if __name__ == "__main__":
    main()
