"""Joins numbers with their currency, unit and range: "$5-10 million", "44 to 66 pounds"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from builder.masks import lowered
from builder.numerals import Numeral, number_start, numeral_at, run_end
from builder.strict_yaml import load_data

_CURRENCY_WORDS = 20  # characters before a number in which its currency sign may stand


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit expression; offsets count in the text that was read.

    A range has `low` and `high` and no `value`; a vague numeral none of the three. `plus` marks
    "50+". `unit` is as in `Figure`; `time` tells units of time. `hyphen` marks "10-year", where
    the noun follows. `words` and `small` describe how the number is written.
    """

    start: int
    end: int
    value: float | None
    low: float | None = None
    high: float | None = None
    unit: str = "count"
    time: bool = False
    plus: bool = False
    vague: bool = False
    hyphen: bool = False
    numeral: Numeral | None = None
    currency: bool = False


@dataclass(frozen=True, slots=True)
class _Units:
    sign: re.Pattern[str]
    signs: dict[str, str]
    code_after: re.Pattern[str]
    word: re.Pattern[str]
    words: dict[str, tuple[str, bool, bool]]  # form → unit, is it time, is it money
    mark: re.Pattern[str]
    marks: dict[str, str]
    hyphen_noun: re.Pattern[str]


def _any(forms: object) -> str:
    return "|".join(sorted((re.escape(str(form)) for form in forms), key=lambda f: -len(f)))  # type: ignore[attr-defined]  # a YAML list or a dict


@cache
def _units() -> _Units:
    signs: dict[str, str] = {}
    words: dict[str, tuple[str, bool, bool]] = {}
    marks: dict[str, str] = {}
    codes = []
    for row in load_data("currencies"):
        signs.update(dict.fromkeys(row.get("signs", ()), row["code"]))
        if row.get("code_read", True):
            codes.append(row["code"])
            signs[row["code"]] = row["code"]
        words.update({form.lower(): (row["code"], False, True) for form in row.get("words", ())})
    for row in load_data("units"):
        time = row.get("kind") == "time"
        words.update({form.lower(): (row["unit"], time, False) for form in row["words"]})
        marks.update(dict.fromkeys(row.get("marks", ()), row["unit"]))
    nouns = load_data("numerals")["counted_after_hyphen"]
    return _Units(
        sign=re.compile(rf"(?<![A-Za-z])(?:{_any(signs)}) ?$"),
        signs=signs,
        code_after=re.compile(rf" ?(?P<code>{_any(codes)}|[€£¥₹])(?![\w])"),
        word=re.compile(
            r"(?P<join>[ -])"
            r"(?:(?:consecutive|straight|additional|more|full|successive|extra|calendar|whole"
            r"|further) )?"
            rf"(?P<word>{_any(words)})(?![\w])(?:[- ](?P<old>olds?)(?![\w]))?"
        ),
        words=words,
        mark=re.compile(rf" ?(?P<mark>{_any(marks)})(?![\w])"),
        marks=marks,
        hyphen_noun=re.compile(rf"-(?:{_any(nouns)})(?![\w])"),
    )


def quantities_in(text: str) -> Iterator[Quantity]:
    """Yield every quantity of a masked text, from left to right, without overlaps."""
    lower = lowered(text)
    at = 0
    for match in number_start().finditer(lower):
        if match.start() < at:
            continue
        found = _quantity_at(text, lower, match.start(), at)
        if found is None:
            at = run_end(lower, match.start())
            continue
        for quantity in _with_range(text, lower, found):
            yield quantity
            at = quantity.end


def _quantity_at(text: str, lower: str, start: int, floor: int) -> Quantity | None:
    """Read the number at `start` with the currency before it and the unit after it."""
    units = _units()
    before = text[max(floor, start - _CURRENCY_WORDS) : start]
    sign = units.sign.search(before) if text[start].isdigit() or text[start] == "." else None
    code = units.signs[sign[0].rstrip()] if sign else None
    if sign is None and not _may_begin(text, start):
        return None
    numeral = numeral_at(text, lower, start, money=sign is not None)
    if numeral is None:
        return None
    first = start - (len(sign[0]) if sign else 0)
    quantity = Quantity(
        first,
        numeral.end,
        numeral.value,
        unit=code or "count",
        numeral=numeral,
        currency=code is not None,
        vague=numeral.value is None,
    )
    if numeral.fraction and not code:
        return _fraction(lower, quantity)
    if numeral.multiple:
        return replace(quantity, unit="times")
    return _with_unit(text, lower, quantity)


_AGED = re.compile(r"\b(?:aged?|ages|age of|ages of) $", re.I)


def _may_begin(text: str, start: int) -> bool:
    """Refuse digits that continue something: "B-52", "v.2", "1,1,1", "word.12"."""
    if start == 0:
        return True
    last = text[start - 1]
    if last in ".,'_/\\&@#°":
        return False
    if last in "-–" and start > 1:
        return (text[start - 2] in " (" and (last == "–" or text[start].isdigit())) or (
            last == "–" and not text[start - 2].isdigit()
        )
    return True


def _fraction(lower: str, quantity: Quantity) -> Quantity | None:
    """Read "half a century" as 0.5 century and "half of" as a fraction."""
    units = _units()
    unit = re.compile(r"(?: of)?(?: an?)?(?=[ -])").match(lower, quantity.end)
    word = units.word.match(lower, unit.end()) if unit else None
    if word and units.words[word["word"]][1]:
        return replace(quantity, end=word.end(), unit=units.words[word["word"]][0], time=True)
    return replace(quantity, unit="fraction")


def _with_unit(text: str, lower: str, quantity: Quantity) -> Quantity | None:
    units, end = _units(), quantity.end
    plus = text[end : end + 1] == "+"
    end += plus
    numeral = quantity.numeral
    assert numeral is not None
    mark = units.mark.match(text, end) if not numeral.words and not quantity.currency else None
    if mark and not (mark["mark"] in "gmL" and mark[0][0] == " " and numeral.scale != 1):
        return _measured(quantity, mark.end(), units.marks[mark["mark"]], plus=plus)
    word = units.word.match(lower, end) or re.match(r"( of )()", lower[end : end + 4])
    if word and word[1] == " of ":
        word = units.word.match(lower, end + 3) if quantity.vague else None
    if word:
        unit, time, money = units.words[word["word"]]
        if quantity.currency and not money:
            return replace(quantity, end=end, plus=plus)
        if not (quantity.currency and word["join"] == "-"):
            return replace(
                _measured(
                    quantity, word.end(), quantity.unit if quantity.currency else unit, plus=plus
                ),
                time=time,
                currency=money,
                hyphen=word["join"] == "-",
            )
    code = units.code_after.match(text, end)
    if code and not numeral.words:
        unit = units.signs.get(code["code"], code["code"])
        return replace(_measured(quantity, code.end(), unit, plus=plus), currency=True)
    if numeral.comma and not quantity.currency and numeral.scale == 1:
        return None  # "3,4" is a list unless a unit says otherwise
    if not _may_end(text, lower, end, units, quantity):
        return None
    hyphen = text[end : end + 1] == "-"
    if quantity.unit == "count" and _AGED.search(text, max(0, quantity.start - 10), quantity.start):
        return replace(quantity, end=end, plus=plus, unit="year", time=True)
    return replace(quantity, end=end, plus=plus, hyphen=hyphen)


def _measured(quantity: Quantity, end: int, unit: str, *, plus: bool) -> Quantity:
    return replace(quantity, end=end, unit=unit, plus=plus)


def _may_end(text: str, lower: str, end: int, units: _Units, quantity: Quantity) -> bool:
    """Refuse numbers that run on: "5G", "3-D", "1,4-butanediol", "12-step" but "15-member"."""
    following = text[end : end + 1]
    if not following or not (following.isalnum() or following in "-_/\\°'@&"):
        return True
    if following == "-":
        second = text[end + 1 : end + 2]
        if second in "- " or second.isdigit() or second in "$€£":
            return True
        return quantity.currency or units.hyphen_noun.match(lower, end) is not None
    if following == "/":
        return quantity.currency or text[end + 1 : end + 2].isalpha()
    return following == "'"


_JOINS = re.compile(
    r"(?P<dash> ?[-–—] ?(?=[$€£A-Z]{0,3}[0-9.]))|(?P<word>-to-| to | or | and )(?=[a-z0-9$€£.])",
    re.I,
)
_BETWEEN = re.compile(
    r"(?:\bbetween|\bages(?: of)?|\baged)(?: an?)?(?: estimated| about| roughly| approximately)? $",
    re.I,
)
_FROM = re.compile(
    r"(?<!ranging )(?<!ranged )(?<!ranges )(?<!range )(?<!anywhere )\bfrom (?:(?:about|around"
    r"|roughly|nearly|almost|approximately|more than|less than|over|under|just|only|a low of"
    r"|an estimated|its current|the current) )*$",
    re.I,
)
_IN_OF = re.compile(r",? (?:in|out of)(?: every)? (?=[a-z0-9])", re.I)


def _with_range(text: str, lower: str, first: Quantity) -> Iterator[Quantity]:
    """Join `first` with what follows it into a range or "N in M", or yield it as it is."""
    share = _share(text, lower, first)
    if share:
        yield share
        return
    second = _second(text, lower, first)
    if second is None:
        if not _is_year(text, lower, first):
            yield first
        return
    if _is_year(text, lower, first) and _is_year(text, lower, second):
        return
    if _FROM.search(text, max(0, first.start - 60), first.start) and lower.startswith(
        " to ", first.end
    ):
        yield from _pair(first, second)
        return
    joined = _joined(first, second)
    if joined:
        yield joined
    else:
        yield first


def _second(text: str, lower: str, first: Quantity) -> Quantity | None:
    join = _JOINS.match(text, first.end)
    if not join or first.plus or first.vague:
        return None
    before = text[max(0, first.start - 40) : first.start]
    start = join.end()
    sign = re.compile(r"(?:[A-Z]{0,3} ?[$€£¥] ?|(?:USD|EUR|GBP|AUD|CAD) )").match(text, start)
    at = sign.end() if sign else start
    if at >= len(text) or not number_start().match(lower, at):
        return None
    second = _quantity_at(text, lower, at, first.end) if sign else _bare_second(text, lower, at)
    if second is None or second.vague or second.value is None or first.value is None:
        return None
    word = (join["word"] or "").strip().lower()
    if word == "and" and not _BETWEEN.search(before):
        return None
    if word == "or" and not (
        second.value - first.value in (1, 2, 5, 10) and first.unit in ("count", second.unit)
    ):
        return None
    if join["dash"] and " " in join["dash"] and first.unit != "count":
        return None
    return second


def _bare_second(text: str, lower: str, at: int) -> Quantity | None:
    numeral = numeral_at(text, lower, at, money=True)
    if numeral is None or numeral.fraction or numeral.multiple:
        return None
    quantity = Quantity(at, numeral.end, numeral.value, numeral=numeral)
    return _with_unit(text, lower, quantity)


def _scaled_low(first: Quantity, second: Quantity) -> float:
    """Give "5" of "5 to 10 million" the scale that stands behind the second number only."""
    one, two = first.numeral, second.numeral
    assert one is not None
    assert two is not None
    assert first.value is not None
    if (
        one.scale == 1
        and two.scale > 1
        and one.mantissa < two.mantissa * 100
        and first.value < 1000
    ):
        return round(first.value * two.scale, 6)
    return first.value


def _joined(first: Quantity, second: Quantity) -> Quantity | None:
    low, high = _scaled_low(first, second), second.value
    if high is None or not low < high:
        return None
    if first.unit not in ("count", second.unit) and second.unit != "count":
        return None
    aged = first.time and first.numeral is not None and first.end == first.numeral.end
    if first.unit != "count" and second.unit == "count" and not (first.currency or aged):
        return None
    numeral = second.numeral
    if first.currency and not second.currency and second.unit != "count":
        return None
    if (
        numeral is not None
        and first.unit == second.unit == "count"
        and numeral.bare
        and high > low * 50
    ):
        return None  # "22-1234" is a docket
    unit = first.unit if first.currency or aged else second.unit
    time = first.time or second.time
    return replace(second, start=first.start, value=None, low=low, high=high, unit=unit, time=time)


def _pair(first: Quantity, second: Quantity) -> Iterator[Quantity]:
    """Yield "from 3 to 5 percent" as 3 percent and 5 percent, two figures."""
    value = (
        _scaled_low(first, second)
        if first.value is not None and second.value is not None and second.value > first.value
        else first.value
    )
    if first.unit == "count" and second.unit != "count":
        yield replace(first, value=value, unit=second.unit, time=second.time)
    else:
        yield replace(first, value=value)
    if second.unit == "count" and first.currency:
        second = replace(second, unit=first.unit, currency=True)
    yield second


def _share(text: str, lower: str, first: Quantity) -> Quantity | None:
    """Read "one in five" and "9 out of 10" as a fraction."""
    join = _IN_OF.match(text, first.end)
    if not join or first.unit != "count" or first.value is None or first.value >= 100:
        return None
    if not number_start().match(lower, join.end()):
        return None
    whole = numeral_at(text, lower, join.end())
    if whole is None or whole.value is None or whole.fraction or not first.value < whole.value:
        return None
    out_of = "out of" in join[0] or "every" in join[0]
    simple = whole.value <= 20 or whole.value in (
        25,
        30,
        40,
        50,
        60,
        100,
        1000,
        10000,
        100000,
        1000000,
    )
    if (
        not (simple or out_of)
        or _units().word.match(lower, whole.end)
        or _units().mark.match(text, whole.end)
    ):
        return None
    if (
        not out_of
        and re.match(
            r"(?: [a-z-]+)? (?:states|countries|cities|counties|nations|provinces|districts"
            r"|regions|days|schools|communities|locations|sites|categories)\b",
            lower[whole.end : whole.end + 40],
        )
        and first.value != 1
    ):
        return None
    return replace(first, end=whole.end, value=round(first.value / whole.value, 6), unit="fraction")


_YEAR_BEFORE = re.compile(
    r"(?:more than|over|nearly|almost|about|around|roughly|approximately|some|up to|at least|than"
    r"|least|only|"
    r"additional|estimated|total of|to|another|exceeding|an|a|these|those|all) $",
    re.I,
)
_COUNTED_NEXT = re.compile(r" (?:[a-z]+ ){0,2}?(?:people|men|women|children|[a-z]{3,}s)\b")


def _is_year(text: str, lower: str, quantity: Quantity) -> bool:
    """Tell whether a bare number of four digits is a year: drop it rather than guess."""
    numeral = quantity.numeral
    if numeral is None or not numeral.bare or quantity.unit != "count" or quantity.plus:
        return False
    if numeral.end - numeral.start != 4 or not 1500 <= numeral.mantissa <= 2099:
        return False
    if quantity.low is not None:
        return False
    counted = _COUNTED_NEXT.match(lower, numeral.end)
    before = text[max(0, numeral.start - 24) : numeral.start]
    if counted and _YEAR_BEFORE.search(before) and not re.search(r"\bto $", before):
        return False
    round_number = numeral.mantissa % 100 == 0 or numeral.mantissa < 1700
    in_a_year = re.search(
        r"\b(?:the|in|since|by|of|from|until|through|during|for|'s|early|late|and|to) $",
        before,
        re.I,
    )
    return not (counted and round_number and not in_a_year)
