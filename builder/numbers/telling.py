"""Reads the sentences of a text that hold figures, and puts together what each says of its own."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from builder.model import Figure, Span, Status
from builder.numbers.bounds import Bounded, bound_of
from builder.numbers.changes import change_of
from builder.numbers.clauses import Clause, Known, clause_of
from builder.numbers.counted import counted
from builder.numbers.lead_ins import LeadIn
from builder.numbers.leads import Change, lead_of
from builder.numbers.periods import Period, period_of, periods_in, since, year_of_subject
from builder.numbers.phrases import Said, is_time
from builder.numbers.places import Place
from builder.numbers.quantities import Quantity
from builder.numbers.shares import SHARES
from builder.numbers.statuses import Signs, is_ahead, signs_of, status_of
from builder.numbers.unclaimed import needs_noun
from builder.quoted_sentences import sentences


@dataclass(frozen=True, slots=True)
class Told:
    """A figure with its place in the text, and the rules behind it; `of` is what it counts.

    `certain` says that words of the clause tell its status; otherwise it counts as reported.
    """

    at: Span
    figure: Figure
    rules: tuple[str, ...]
    certain: bool = False
    of: Said | None = None


def figures_told(text: str, quantities: list[Quantity], lead_in: LeadIn) -> Iterator[Told]:
    """Yield the figures that the quantities of a text make, with all that is said of them."""
    if not quantities:
        return
    carried, goes_on = lead_in, False
    for stretch, inside in _by_stretch(text, quantities):
        if stretch.start > stretch.sentence:
            carried = carried._replace(period=_opening_frame(text, stretch) or lead_in.period)
        elif stretch.start:
            goes_on = _GOES_ON.match(text, stretch.start) is not None
            status = carried.status if goes_on and carried.status == "requested" else None
            carried = carried.only_noun()._replace(status=status)
        sentence = _Sentence.read(text, (stretch.start, stretch.end), inside, carried)
        sentence.part, sentence.goes_on = stretch.start > stretch.sentence, goes_on
        yield from sentence.figures()
        carried = sentence.leads_into()


# A sentence that goes on about the request of the one before: "This includes $4 million in".
_GOES_ON = re.compile(
    r"(?:This|That|These|Of (?:this|that|these)|It)(?: (?:funding|funds|amount|investment|request"
    r"|total|sum|budget|proposal))? (?:(?:also |would |will )*(?:include|provide|invest|fund|cover"
    r"|support|propose|allocate)s?\b|(?:would|will) also\b)"
)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What is read at once: a sentence, or a part of it; `sentence` is where that begins."""

    start: int
    end: int
    sentence: int


# Where a sentence is cut in two for its figures: at a semicolon, and between the cells of a table.
_CUT = re.compile(r"; (?:and |or )?| ?\| ?")
_OPENING = 80  # characters of a sentence in which the frame of all its parts stands


def _cuts(text: str) -> list[tuple[int, int]]:
    """Return where each stretch of a text begins, and the sentence that it is part of."""
    if ";" not in text and "|" not in text:  # no cut is without either
        return [(span.start, span.start) for span in sentences(text)]
    cuts: list[tuple[int, int]] = []
    for span in sentences(text):
        cuts.append((span.start, span.start))
        for match in _CUT.finditer(text, span.start, span.end):
            part = match.end() if "|" in match[0] else span.start  # each cell by itself
            cuts.append((match.end(), part))
    return cuts


def _by_stretch(text: str, quantities: list[Quantity]) -> Iterator[tuple[_Stretch, list[Quantity]]]:
    cuts = _cuts(text)
    starts = [start for start, _ in cuts]
    ends = [*starts[1:], len(text)]
    places = (max(bisect_right(starts, quantity.start) - 1, 0) for quantity in quantities)
    for place, some in groupby(zip(places, quantities, strict=True), key=itemgetter(0)):
        start, sentence = cuts[place]
        yield _Stretch(start, ends[place], sentence), [quantity for _, quantity in some]


def _opening_frame(text: str, stretch: _Stretch) -> str | None:
    """Return the time frame that opens the sentence: it holds behind its semicolons too."""
    end = min(stretch.start, stretch.sentence + _OPENING)
    for period in periods_in(text, (stretch.sentence, end)):
        if period.front and not period.compared:
            return text[period.shown[0] : period.shown[1]]
    return None


@dataclass(slots=True)
class _Sentence:
    """A sentence under reading; `previous` is what the figure read last counts, `frame` its time,
    `dated` the last that is no rate.

    `counted` is what the last count counts, `measured` what the last measure measures. `carried` is
    what the sentence before, or the lead-in of the list, says of the figures here. `status` is the
    last that any figure had, `told` that of the figure right before; `part` marks what stands
    behind a semicolon, `goes_on` what goes on about the money of the sentence before.
    """

    text: str
    around: tuple[int, int]
    quantities: list[Quantity]
    bounds: list[Bounded]
    periods: dict[int, Period]
    clause: Clause
    signs: Signs
    carried: LeadIn
    previous: Said | None = None
    counted: Said | None = None
    measured: Said | None = None
    frame: str | None = None
    dated: str | None = None
    status: Status | None = None
    told: Status | None = None
    part: bool = False
    goes_on: bool = False

    @classmethod
    def read(
        cls, text: str, around: tuple[int, int], quantities: list[Quantity], carried: LeadIn
    ) -> _Sentence:
        """Read the sentence at `around`, which holds these quantities, into chunks."""
        bounds = [bound_of(text, quantity) for quantity in quantities]
        periods = periods_in(text, around)
        clause = clause_of(text, *around, _known(text, around, periods, quantities, bounds))
        by_chunk = {clause.at(period.start): period for period in periods}
        signs = signs_of(clause, *around)
        return cls(text, around, quantities, bounds, by_chunk, clause, signs, carried)

    def figures(self) -> Iterator[Told]:
        """Yield the figures of the sentence from left to right."""
        for quantity, bounded in zip(self.quantities, self.bounds, strict=True):
            chunk = self.clause.at(quantity.start)
            known = self.clause.codes[chunk : chunk + 1] == "q"
            told = (
                self._told(quantity, bounded, chunk)
                if known
                else self._in_frame(quantity, bounded, chunk)
            )
            if told:
                yield told

    def leads_into(self) -> LeadIn:
        """Return what this sentence says of the figures of the next."""
        before = self.carried
        return LeadIn(
            self.counted or before.counted,
            self.measured or before.measured,
            self.previous or before.last,
            self.status,
            dated=self.dated,
        )

    def _told(self, quantity: Quantity, bounded: Bounded, chunk: int) -> Told | None:
        lead = lead_of(self.clause, chunk)
        needy = needs_noun(self.text, quantity)
        place = Place(
            self.clause, chunk, lead, self.previous, self._alike(quantity), self.carried.last, needy
        )
        leads = _FIRST.match(self.clause.codes, 0, chunk + 1) is not None
        of = counted(quantity, place, self.around[0]) or (self.carried.thing if leads else None)
        if leads and self.carried.bound and not bounded.rule:
            bound, comparator, rule = self.carried.bound
            bounded = bounded._replace(bound=bound, comparator=comparator, rule=rule)
        if of and _counts_time(quantity, of):
            if not self.text.startswith((" a ", " per ", " the "), quantity.end):
                return None  # "a six- year term", "thirty (30) day period"
            of = None  # "30,000 a month"
        if of is None and needy:
            return None
        if not (self.counted and _is_where(self.clause, chunk)):
            self._remember(quantity, of)
        change = change_of(quantity, self.clause, chunk, lead)
        period = self._period(quantity, chunk, pronoun=lead.pronoun)
        again = of is not None and of.rule == "same as before it"
        status = self._status(place, quantity, period[0] if period else None, again=again)
        rules = [
            f"{part}: {rule}"
            for part, rule in (
                ("bound", bounded.rule),
                ("of", of.rule if of else ""),
                ("change", change[1] if change else ""),
                ("period", period[1] if period else ""),
                ("status", status[1] if status else ""),
            )
            if rule
        ]
        figure = _figure(
            quantity,
            bounded,
            of=of.words if of else None,
            change=change[0] if change else None,
            period=period[0] if period else None,
            status=status[0] if status else "reported",
        )
        at = Span(quantity.start, quantity.end)
        return Told(at, figure, (*quantity.rules, *rules), status is not None, of)

    def _alike(self, quantity: Quantity) -> Said | None:
        """Return what the last figure of the same kind counts, in this sentence or before."""
        if quantity.unit == "count":
            return self.counted or self.carried.counted
        if quantity.currency or quantity.unit in SHARES:
            return self.previous or self.carried.counted or self.carried.measured
        return self.measured or self.carried.measured

    def _remember(self, quantity: Quantity, of: Said | None) -> None:
        if of is None:
            return
        self.previous = of
        if quantity.unit == "count":
            self.counted = of
        elif not (quantity.currency or quantity.unit in SHARES):
            self.measured = of

    def _in_frame(self, quantity: Quantity, bounded: Bounded, chunk: int) -> Told | None:
        """Return the figure of "over the next 11 months", of which no more is said."""
        if quantity.unit == "count" and needs_noun(self.text, quantity):
            return None
        frame = self.periods.get(chunk)
        ahead = frame is not None and is_ahead(self.text[frame.start : frame.end])
        rules = [f"bound: {bounded.rule}"] if bounded.rule else []
        rules += ["status: time frame to come"] if ahead else []
        figure = _figure(quantity, bounded, status="planned" if ahead else "reported")
        return Told(Span(quantity.start, quantity.end), figure, (*quantity.rules, *rules), ahead)

    def _status(
        self, place: Place, quantity: Quantity, period: str | None, *, again: bool
    ) -> tuple[Status, str] | None:
        found = status_of(place, self.signs, quantity, period)
        before, self.told = self.told, found[0] if found else None
        first = max(0, place.chunk - _ITEM)
        listed = quantity.currency and _LIST.search(self.clause.codes, first, place.chunk)
        again = bool(listed) or (again and place.lead.preposition != "from")
        if found is None and again and before:
            self.told = before
            return before, "same as before it"  # "an estimated 9,000 tons, a rise of 5 percent"
        self.status = found[0] if found else self.status
        carried = self.carried.status
        goes_on = self.goes_on and found and found[0] == "planned"  # "It will also provide $5"
        if carried is None or (found and not goes_on):
            return found
        if found is None and self.part and _FINITE.search(self.clause.codes, 0, place.chunk):
            return None  # "estimated at 5 tons; production fell to 3 tons"
        return carried, "sentence before" if self.goes_on else "words before the list"

    def _period(self, quantity: Quantity, chunk: int, *, pronoun: bool) -> tuple[str, str] | None:
        """Return the time frame of a figure as printed, and the rule that found it."""
        if quantity.time:
            return None
        found = period_of(self.clause, chunk, self.periods)
        if found:
            period, rule = found
            between = self.text[period.end : quantity.start]
            shown = since(self.text[period.shown[0] : period.shown[1]], between)
            self.frame, self.dated = shown, None if period.rate else shown
            return (shown, rule) if shown else None
        year = year_of_subject(self.clause, chunk)
        if year:
            self.frame = self.text[year[0] : year[1]]
            return self.frame, "year of the subject"
        if pronoun and self.carried.dated and _THIS.match(self.text, self.around[0]):
            return self.carried.dated, "time frame of what it stands for"
        if self.frame and _INCLUDED.search(self.text, max(0, quantity.start - 40), quantity.start):
            return self.frame, "time frame of the whole"
        self.frame = None
        if self.carried.period is None:
            return None
        shown = since(self.carried.period, self.text[self.around[0] : quantity.start])
        return (shown, "words before the list") if shown else None


_LIST = re.compile(r"qp[NopcGY]{1,12},?c?$")  # "$5 for schools, and $4 for"
_ITEM = 16  # chunks of one item of such a list
_THIS = re.compile(r"(?:This|That|These)\b")
_FINITE = re.compile(r"[EXVZ]|Nv")
# The first figure of an item: "(i) $15", "(ii) beginning January 1, 2023, 85 percent"
_FIRST = re.compile(r"(?:\(?[uNy]?[).–])?(?:Y,?)*q$")
# "$535 million in FY24, including $305 million": the part is of the same year as the whole.
_INCLUDED = re.compile(r"\b(?:including|of which)(?: [a-z]+){0,3} $")


_WHERE = frozenset("in across from at within throughout".split())


def _is_where(clause: Clause, chunk: int) -> bool:
    """Tell "390 investigations in 201 cities": what follows speaks of the investigations."""
    return clause.codes[chunk - 1 : chunk] == "p" and clause.heads[chunk - 1] in _WHERE


def _counts_time(quantity: Quantity, of: Said) -> bool:
    return quantity.unit == "count" and is_time(of.words.split(" ", 1)[0])


def _figure(
    quantity: Quantity,
    bounded: Bounded,
    *,
    of: str | None = None,
    change: Change | None = None,
    period: str | None = None,
    status: Status = "reported",
) -> Figure:
    return Figure(
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
        bound=bounded.bound,
        comparator=bounded.comparator,
        unit=quantity.unit,
        of=of,
        change=change,
        period=period,
        status=status,
    )


def _known(
    text: str,
    around: tuple[int, int],
    periods: tuple[Period, ...],
    quantities: list[Quantity],
    bounds: list[Bounded],
) -> list[Known]:
    """Return the figures and time frames of a sentence in order; a frame keeps its own number."""
    known = [Known(period.start, period.end, "Y") for period in periods]
    at, floor = 0, around[0]
    for quantity, bounded in zip(quantities, bounds, strict=True):
        while at < len(periods) and periods[at].end <= quantity.start:
            floor = max(floor, periods[at].end)
            at += 1
        inside = at < len(periods) and periods[at].start < quantity.end
        if inside or text.startswith("(", quantity.end):
            continue  # "in the past 11 months", "a 7(a) loan"
        last = min(bounded.end, around[1])
        code = "s" if text.endswith("olds", 0, quantity.end) else "q"  # "of 15- to 16-year-olds"
        known.append(Known(max(bounded.start, floor), max(last, quantity.end), code))
        floor = known[-1].end
    known.sort(key=lambda stretch: stretch.start)
    return known
