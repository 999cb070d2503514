"""Finds the figures of a document: numbers, and what the text says with them.

`scan` reads the numbers with one grammar and passes over those that claim nothing. Each sentence
that holds a figure is then read once into chunks, which tell what is counted, with which bound,
over which period, and whether it is reported, requested, planned or estimated (`telling`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from builder.model import Figure, Found, Reading, Span, Status
from builder.numbers.dollars import money_of
from builder.numbers.lead_ins import NOTHING, is_item, lead_in_of, speaks_of_these
from builder.numbers.scan import quantities_in, scan
from builder.numbers.telling import Told, figures_told
from builder.numbers.unclaimed import NOTHING_COUNTED


def find_figures(reading: Reading, catalogue: object) -> Iterable[Found]:
    """Yield every figure of the document, block by block; the catalogue is not needed."""
    del catalogue
    money = money_of(reading)
    said = _Said()
    lead_in = NOTHING
    before = NOTHING
    for block, text in enumerate(reading.texts):
        if not is_item(text, reading.kinds[block]):
            lead_in = before.only_noun() if speaks_of_these(text) else NOTHING
        before = lead_in
        for told in figures_told(text, quantities_in(text), lead_in):
            before = before.after(told.of, told.figure.unit)
            figure, rules = said.before(told)
            unit, rule = money.unit(text, told.at.start, told.at.end, figure.unit)
            if rule is not None:
                figure, rules = replace(figure, unit=unit), (*rules, rule)
            yield Found(block=block, at=told.at, entity="", figure=figure, rules=rules)
        if text.endswith(":") and _leads(reading, block):
            lead_in = lead_in_of(text, before)


def _leads(reading: Reading, block: int) -> bool:
    """Tell whether a list with numbers follows a block."""
    following = reading.texts[block + 1 : block + 2]
    return bool(following) and is_item(following[0], reading.kinds[block + 1])


@dataclass(slots=True)
class _Said:
    """What the document has said of its amounts of money: said again, they mean the same."""

    statuses: dict[tuple[object, ...], Status] = field(default_factory=dict)

    def before(self, told: Told) -> tuple[Figure, tuple[str, ...]]:
        """Return a figure with the status that it had when it was first named, and its rules."""
        figure = told.figure
        if not figure.unit.isupper():
            return figure, told.rules
        key = (figure.unit, figure.value, figure.low, figure.high)
        status = self.statuses.get(key)
        if told.certain:
            self.statuses.setdefault(key, figure.status)
        if told.certain or status is None or status == figure.status:
            return figure, told.rules
        return replace(figure, status=status), (*told.rules, "status: as named before")


def passed_over(reading: Reading, catalogue: object) -> Iterable[Found]:
    """Yield the numbers that are no figures, with the rule that says why."""
    del catalogue
    for block, text in enumerate(reading.texts):
        read = scan(text)
        told = {one.at for one in figures_told(text, read.quantities, NOTHING)}
        for span, rule in read.passed_over:
            yield Found(block=block, at=span, entity="", rules=(rule,))
        for quantity in read.quantities:
            if (at := Span(quantity.start, quantity.end)) not in told:
                yield Found(block=block, at=at, entity="", rules=(NOTHING_COUNTED,))


def figures_in(text: str) -> list[tuple[Span, Figure]]:
    """Return the figures of one folded block text, from left to right, without overlaps.

    Spans count in `text`; they hold the number with its unit, without the bound's words.
    """
    return [(told.at, told.figure) for told in figures_told(text, quantities_in(text), NOTHING)]
