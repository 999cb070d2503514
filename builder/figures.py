"""Finds the figures of a document: numbers, and what the text says with them.

Two passes: `masks` blanks out numbers that claim nothing, `scan` reads the rest with one
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
from builder.numbers.dollars import money_of
from builder.numbers.periods import Period, period_of, periods_in
from builder.numbers.phrases import is_time
from builder.numbers.quantities import Quantity
from builder.numbers.scan import quantities_in, scan
from builder.numbers.sentences import sentences_of
from builder.numbers.statuses import status_of
from builder.numbers.unclaimed import needs_noun


def find_figures(reading: Reading, catalogue: object) -> Iterable[Found]:
    """Yield every figure of the document, block by block; the catalogue is not needed."""
    del catalogue
    money = money_of(reading)
    for block, text in enumerate(reading.texts):
        for span, figure, rules in claims_in(text):
            unit, rule = money.unit(text, span.start, span.end, figure.unit)
            if rule is not None:
                figure, rules = replace(figure, unit=unit), (*rules, rule)
            yield Found(block=block, at=span, entity="", figure=figure, rules=rules)


def passed_over(reading: Reading, catalogue: object) -> Iterable[Found]:
    """Yield the numbers that are no figures, with the rule that says why."""
    del catalogue
    for block, text in enumerate(reading.texts):
        for span, rule in scan(text).passed_over:
            yield Found(block=block, at=span, entity="", rules=(rule,))


def figures_in(text: str) -> list[tuple[Span, Figure]]:
    """Return the figures of one folded block text, from left to right, without overlaps.

    Spans count in `text`; they hold the number with its unit, without the bound's words.
    """
    return [(span, figure) for span, figure, _rules in claims_in(text)]


def claims_in(text: str) -> list[tuple[Span, Figure, tuple[str, ...]]]:
    """Return the figures of one folded block text as `figures_in` does, with their rules."""
    return list(_claims(text, quantities_in(text)))


def _claims(
    text: str, quantities: list[Quantity]
) -> Iterator[tuple[Span, Figure, tuple[str, ...]]]:
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
        if of is None and needs_noun(text, quantity):
            continue
        if quantity.unit == "count" and of and is_time(of.split(" ", 1)[0]):
            if not text.startswith((" a ", " per ", " the "), quantity.end):
                continue  # "a six- year term", "thirty (30) day period"
            of = None  # "30,000 a month", "70,000 the year before"
            if needs_noun(text, quantity):
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
        yield Span(quantity.start, quantity.end), figure, quantity.rules


# "$535 million in FY24, including $305 million": the part is of the same year as the whole.
_INCLUDED = re.compile(r"\b(?:including|of which)(?: [a-z]+){0,3} $")
