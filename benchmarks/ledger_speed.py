"""Prints what it costs to align a document with its ledger, and whether that grows with size alone.

    python benchmarks/ledger_speed.py [ROUNDS]

The aligner alone, ledger text and blocks in memory, processor time of one core. Sizes are measured
in turns, the small one right before the large one, so that a machine that grows slower between two
rounds does not look like growth; "× a block" is the median of the rounds' own quotients.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from builder.ledger import align  # noqa: E402  # after the path to it
from edits import Editor, Triple, delete, insert, triples, words  # noqa: E402
from invented import Passage, invented  # noqa: E402

DAY = date(2026, 1, 5)
SIZES = (40, 400, 4000)
AT_LEAST = 0.02  # seconds of a measurement; what is faster runs several times
Change = Callable[[list[Passage]], Sequence[Triple]]
Case = tuple[str, Sequence[Triple]]  # a ledger's text, and the blocks of today


def unchanged(passages: list[Passage]) -> Sequence[Triple]:
    """Return the same blocks."""
    return triples(passages)


def three_edits(passages: list[Passage]) -> Sequence[Triple]:
    """Change words of one passage, remove one and insert one to three, for each forty blocks."""
    editor = Editor(passages, 3)
    for _ in range(len(passages) // 40):
        for operation in (words, delete, insert):
            operation(editor)
    return triples(editor.passages)


def every_passage_edited(passages: list[Passage]) -> Sequence[Triple]:
    """Change one word of every passage."""
    random = Random(1)
    blocks = []
    for kind, above, text in triples(passages):
        said = text.split(" ")
        said[random.randrange(len(said))] = "otherwise"
        blocks.append((kind, above, " ".join(said)))
    return blocks


def rewritten(passages: list[Passage]) -> Sequence[Triple]:
    """Put another text in the place of every passage."""
    return triples(invented(len(passages) + 1, len(passages)))


def section_moved(passages: list[Passage]) -> Sequence[Triple]:
    """Move the second half before the first."""
    half = len(passages) // 2
    return triples([*passages[half:], *passages[:half]])


def reversed_(passages: list[Passage]) -> Sequence[Triple]:
    """Turn the document round."""
    return triples(passages[::-1])


def halved(passages: list[Passage]) -> Sequence[Triple]:
    """Remove every other passage."""
    return triples(passages[::2])


def cut_in_two(passages: list[Passage]) -> Sequence[Triple]:
    """Cut every passage in the middle."""
    blocks = []
    for kind, above, text in triples(passages):
        said = text.split(" ")
        half = (len(said) + 1) // 2
        blocks += [(kind, above, " ".join(part)) for part in (said[:half], said[half:]) if part]
    return blocks


def joined(passages: list[Passage]) -> Sequence[Triple]:
    """Make one block of each two."""
    blocks = triples(passages)
    return [
        (kind, above, f"{text} {other}")
        for (kind, above, text), (_, _, other) in zip(blocks[::2], blocks[1::2], strict=False)
    ]


INVENTED: tuple[Change, ...] = (
    unchanged, three_edits, every_passage_edited, rewritten, section_moved, reversed_, halved,
    cut_in_two, joined,
)  # fmt: skip


def equal(size: int) -> Case:
    """Return a document of equal blocks of which one in the middle is removed and one is new."""
    blocks: list[Triple] = [("item", (), "Not applicable to this reporting period")] * size
    new = ("item", (), "Applicable since the second of May")
    return align("", blocks, today=DAY).ledger, [*blocks[: size // 2], new, *blocks[: size // 2]]


def alike(size: int) -> Case:
    """Return a document of blocks of one template, in each of which the sum has changed."""

    def blocks(more: int) -> list[Triple]:
        return [
            ("item", (), f"${number + more} million to region {number} for courts and clinics")
            for number in range(size)
        ]

    return align("", blocks(0), today=DAY).ledger, blocks(7)


def alike_and_shuffled(size: int) -> Case:
    """Return a document of blocks of one template, every sum changed and the order too."""
    ledger, blocks = alike(size)
    return ledger, Random(2).sample(list(blocks), len(blocks))


def rewritten_twice(size: int) -> Case:
    """Return a document that was rewritten once, with all its tombstones, and now is again."""
    ledger, second = changed(rewritten)(size)
    ledger = align(ledger, second, today=DAY, accept=True).ledger
    return ledger, triples(invented(size + 2, size))


def one_block(size: int) -> Case:
    """Return a document of one block, 250 bytes for each that others have, of which words change.

    At 4,000 it is one of a megabyte.
    """
    said = " ".join(text for _, _, text in triples(invented(size, size))).split(" ")
    length, block = 0, []
    for number in range(size * 50):
        block.append(f"{said[number % len(said)]}{number % 97}")
        length += len(block[-1]) + 1
        if length >= size * 250:
            break
    ledger = align("", [("paragraph", (), " ".join(block))], today=DAY).ledger
    block[len(block) // 2] = "otherwise"
    del block[len(block) // 3]
    return ledger, [("paragraph", (), " ".join(block))]


def changed(change: Change) -> Callable[[int], Case]:
    """Return the case of an invented document that a change has been made to."""

    def case(size: int) -> Case:
        passages = invented(size, size)
        return align("", triples(passages), today=DAY).ledger, change(passages)

    case.__name__ = change.__name__
    return case


CASES = (
    *(changed(change) for change in INVENTED), rewritten_twice, equal, alike, alike_and_shuffled,
    one_block,
)  # fmt: skip


def seconds(case: Case) -> float:
    """Return the processor time of one alignment."""
    runs, start = 0, time.process_time()
    while (spent := time.process_time() - start) < AT_LEAST:
        align(case[0], case[1], today=DAY, accept=True)
        runs += 1
    return spent / runs


def main() -> None:
    """Measure all cases in all sizes, and print medians, spread and growth."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    print(
        f"{rounds} rounds, milliseconds: median (fastest to slowest), × a block against 40 blocks"
    )
    for make in CASES:
        cases = [make(size) for size in SIZES]
        times = [[seconds(case) for case in cases] for _ in range(rounds)]
        shown = []
        for at, size in enumerate(SIZES):
            column = [row[at] * 1000 for row in times]
            growth = statistics.median(row[at] / row[0] * SIZES[0] / size for row in times)
            spread = f"({min(column):.2f} to {max(column):.2f})"
            shown.append(f"{statistics.median(column):10.2f} {spread:22}×{growth:5.2f}")
        print(f"{make.__name__.strip('_').replace('_', ' '):22}{''.join(shown)}", flush=True)


if __name__ == "__main__":
    main()
