"""What the rivals read and print; runs in their environments, which hold nothing of ours."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

# What the gold does not annotate: the front matter, and the addresses of links.
_LEFT_OUT = re.compile(r"\A---\n.*?\n---\n|(?<=\])\([^()\s]*\)", re.S)

Figure = dict[str, object]


def print_figures(figures_in: Callable[[str], Iterable[Figure]]) -> None:
    """Print one JSON line for each file of the command line.

    `figures_in` reads one line of text; its `start` and `end` count in that line. The time of a
    first reading, in which tools load their tables, does not count.
    """
    list(figures_in("It gave $3 million to 20 people in 3 to 5 years, 40 percent of 12 kg."))
    for name in sys.argv[1:]:
        text = Path(name).read_bytes().decode("utf-8")
        start = time.process_time()
        figures = [figure for line in _lines(text) for figure in _moved(figures_in, *line)]
        seconds = time.process_time() - start
        told = {"source": name, "seconds": seconds, "bytes": len(text.encode())}
        print(json.dumps({**told, "figures": figures, "mentions": []}))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield each line that is not empty, with its offset; what is left out becomes spaces."""
    text = _LEFT_OUT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    for match in re.finditer(r"[^\n]*\S[^\n]*", text):
        yield match.start(), match[0]


def _moved(
    figures_in: Callable[[str], Iterable[Figure]], offset: int, line: str
) -> Iterator[Figure]:
    for figure in figures_in(line):
        start, end = int(str(figure["start"])), int(str(figure["end"]))
        surface = line[start:end]
        yield {**figure, "start": offset + start, "end": offset + end, "surface": surface}
