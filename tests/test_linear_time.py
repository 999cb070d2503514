"""No text takes more than linear time: four times of it take about four times as long."""

import gc
import time
from collections.abc import Callable

import pytest

from builder.annotate import annotate
from builder.catalogue import Catalogue
from builder.model import Annotated
from builder.read import source_from_bytes
from builder.structure import structure

_LENGTH = 15_000  # characters; quadratic time would take sixteen times as long for four times of it
_SLACK = 9  # linear time takes four times as long; the rest is for a busy machine
_SHORTEST = 0.05  # seconds below which a clock tells nothing

# What looks back, looks ahead, opens without closing, or stands in one line without an end.
REPEATED = {
    "digits": "1234567890",
    "one letter": "a",
    "open parentheses": "(",
    "open brackets": "[",
    "links without an end": "[a](",
    "tags without an end": "<a ",
    "emphasis without an end": "*a ",
    "backticks": "`a",
    "dollar signs": "$",
    "amounts": "$1,",
    "a list of letters": "a, ",
    "a list of numbers": "5 to 10 to ",
    "numbers in words": "one hundred and ",
    "capitalized words": "Alpha Border Council ",
    "a name without an end": "National Program of the ",
    "titles": "President ",
    "acronyms": "(ABC) ",
    "countries": "Georgia, ",
    "dates": "1/1/2020-",
    "quotation marks": '"a" ',
    "addresses": "http://a.b/c ",
    "short lines": "x1\n",
    "headings": "a\n=\n",
    "items": "- item one\n",
    "quotations": "> q\n",
    "a table": "| Alpha | 12% | $3 million | Mexico |\n",
}
SPACED = {"spaces": " ", "no-break spaces": "\u00a0", "blank lines": "\n"}


def timed(text: str, catalogue: Catalogue) -> float:
    source = source_from_bytes(text.encode(), "hostile.md")
    gc.collect()
    before = time.process_time()
    annotated: Annotated = annotate(structure(source), catalogue)
    taken = time.process_time() - before
    assert annotated.document.blocks
    return taken


def fastest(length: int, made: Callable[[int], str], catalogue: Catalogue) -> float:
    return min(timed(made(length), catalogue) for _ in range(2))


def repeated(sign: str) -> Callable[[int], str]:
    return lambda length: sign * (length // len(sign))


def spaced(sign: str) -> Callable[[int], str]:
    return lambda length: f"x{sign * length}y"


MADE = {name: repeated(sign) for name, sign in REPEATED.items()}
MADE |= {name: spaced(sign) for name, sign in SPACED.items()}


@pytest.mark.slow
@pytest.mark.parametrize("made", MADE.values(), ids=MADE)
def test_time_grows_with_the_text(made, plain):
    timed("The National Harbor Program spends $5 million in Mexico.", plain)  # knowledge
    short = fastest(_LENGTH, made, plain)
    long = fastest(4 * _LENGTH, made, plain)
    assert long <= max(_SLACK * short, _SHORTEST)
