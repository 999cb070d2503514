"""Finds the figures of a document: numbers, and what the text says with them.

Two passes: `masks` blanks out numbers that claim nothing, `ranges` reads the rest with one
grammar. Then the clause tells bound, counted noun, change, period and status.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from builder.model import Figure, Found, Reading, Span
from builder.numbers.bounds import bound_of
from builder.numbers.changes import change_of
from builder.numbers.counted import counted
from builder.numbers.dollars import dollar_of, is_bare, is_sterling
from builder.numbers.masks import mask
from builder.numbers.numerals import number_start
from builder.numbers.periods import Period, period_of, periods_in
from builder.numbers.phrases import is_time
from builder.numbers.quantities import Quantity
from builder.numbers.ranges import quantities_in
from builder.numbers.sentences import sentences_of
from builder.numbers.statuses import status_of


def find_figures(reading: Reading, catalogue: object) -> Iterable[Found]:
    """Yield every figure of the document, block by block; the catalogue is not needed."""
    del catalogue
    dollar = dollar_of(reading)
    for block, text in enumerate(reading.texts):
        for span, figure in figures_in(text):
            if figure.unit == "USD" != dollar and is_bare(text[span.start : span.end]):
                figure = replace(figure, unit=dollar)
            if figure.unit == "pound" and is_sterling(text, span.start, span.end):
                figure = replace(figure, unit="GBP")
            yield Found(block=block, at=span, entity="", figure=figure)


def figures_in(text: str) -> list[tuple[Span, Figure]]:
    """Return the figures of one folded block text, from left to right, without overlaps.

    Spans count in `text`; they hold the number with its unit, without the bound's words.
    """
    if not text or not number_start().search(text.lower()):
        return []
    return list(_claims(text, [q for q in quantities_in(mask(text)) if not _is_pronoun(text, q)]))


def _claims(text: str, quantities: list[Quantity]) -> Iterator[tuple[Span, Figure]]:
    if not quantities:
        return
    sentences = sentences_of(text)
    periods: tuple[Period, ...] = ()
    sentence = (-1, -1)
    previous: str | None = None
    frame: str | None = None
    spans = tuple((q.start, q.end) for q in quantities)
    for index, quantity in enumerate(quantities):
        around = sentences.around(quantity.start)
        if around != sentence:
            sentence, periods, previous, frame = around, periods_in(text, around), None, None
        of = (counted(text, quantity, sentence, previous) or "").strip() or None
        if of is None and _needs_noun(text, quantity):
            continue
        if quantity.unit == "count" and of and is_time(of.split(" ", 1)[0]):
            if not text.startswith((" a ", " per ", " the "), quantity.end):
                continue  # "a six- year term", "thirty (30) day period"
            of = None  # "30,000 a month", "70,000 the year before"
            if _needs_noun(text, quantity):
                continue
        bound, comparator = bound_of(text, quantity)
        near = spans[max(0, index - 8) : index + 9]
        if not quantity.time:
            period = period_of(text, quantity.start, quantity.end, periods, near)
            before = text[max(0, quantity.start - 40) : quantity.start]
            frame = period or (frame if _INCLUDED.search(before) else None)
        figure = Figure(
            value=quantity.value,
            low=quantity.low,
            high=quantity.high,
            bound=bound,
            comparator=comparator,
            unit=quantity.unit,
            of=of,
            change=change_of(text, quantity, sentence),
            period=None if quantity.time else frame,
            status=status_of(text, quantity.start, quantity.end, sentence),
        )
        previous = of or previous
        yield Span(quantity.start, quantity.end), figure


# "$535 million in FY24, including $305 million": the part is of the same year as the whole.
_INCLUDED = re.compile(r"\b(?:including|of which)(?: [a-z]+){0,3} $")

_SMALL = 100  # a bare count below this is a score, a label or an age more often than a claim

_MOST = 1e16  # no document counts more


def _is_scaled(text: str, quantity: Quantity) -> bool:
    """Tell "16 million" from "10T", which may be the number of a model."""
    return text.endswith("illion", 0, quantity.end) and (quantity.value or 0) < _MOST


# "40 of them", "47 of these were new": the noun was named before.
_PARTS = re.compile(
    r" of (?:them|which|whom)\b| of (?:these|those) (?:were|are|was|have|had|could|will)\b"
)

# A count without a noun is a claim only where the sentence leads up to it: "rose to 1,300".
_STATED = re.compile(
    r"\b(?:to|of|by|at|was|were|is|are|than|over|reached|hit|totaled|totalled|nearly|almost|about"
    r"|some|from|record"
    r"|between|approximately|roughly|least|only|another|additional|estimated|exceed(?:ed|ing|s)?"
    r"|up|numbered|averaged|compared (?:with|to)|versus|against) $",
    re.I,
)


def _needs_noun(text: str, quantity: Quantity) -> bool:
    """Tell whether the number says nothing without a noun: "the two agreed", a table's cell."""
    numeral = quantity.numeral
    if quantity.unit != "count" or numeral is None or quantity.plus:
        return False
    if numeral.words:
        return quantity.value is not None and quantity.value <= 20
    if _PARTS.match(text, quantity.end) or _is_scaled(text, quantity):
        return False
    if quantity.value is not None and quantity.value < _SMALL:
        return True
    return not _STATED.search(text[max(0, quantity.start - 14) : quantity.start])


_ONE_BEFORE = re.compile(
    r"(?:at least|more than|only|just|less than|fewer than|no more than|up to|not) $", re.I
)

_COUNTED_ZERO = re.compile(r" (?:[a-z]+ ){0,2}(?:people|[a-z]{3,}s)\b")  # "zero cases"


def _is_pronoun(text: str, quantity: Quantity) -> bool:
    """Tell whether a small number word stands for a thing: "the one responsible"."""
    surface = text[quantity.start : quantity.end].lower()
    left = text[max(0, quantity.start - 14) : quantity.start]
    if surface == "zero":
        return not _COUNTED_ZERO.match(text, quantity.end) and not _ONE_BEFORE.search(left)
    if surface == "one":
        return not _ONE_BEFORE.search(left)
    if surface in ("one day", "one time", "one second", "one minute"):
        return not _ONE_BEFORE.search(left)
    return quantity.time and quantity.value == 1 and surface.startswith(("a ", "an "))
