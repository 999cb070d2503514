"""Says whether a number is exact, a floor, a ceiling, or about right."""

from __future__ import annotations

import re
from functools import cache

from builder.model import Bound, Comparator
from builder.numbers.quantities import Quantity
from builder.strict_yaml import load_data

_WINDOW = 60  # characters before and after a number in which its bound stands


@cache
def _patterns() -> tuple[
    re.Pattern[str],
    dict[str, tuple[Bound, Comparator]],
    re.Pattern[str],
    dict[str, tuple[Bound, Comparator]],
    re.Pattern[str],
]:
    data = load_data("claims")
    before: dict[str, tuple[Bound, Comparator]] = {}
    after: dict[str, tuple[Bound, Comparator]] = {}
    for row in data["bounds"]:
        meaning = (row["bound"], row["comparator"])
        before.update(dict.fromkeys(row["before"], meaning))
        after.update(dict.fromkeys(row.get("after", ()), meaning))
    between = "|".join(sorted(map(re.escape, data["between"]), key=lambda w: -len(w)))
    return (
        re.compile(
            rf"(?:(?<![\w-])|(?=~))(?P<phrase>{_any(before)}) ?(?:(?<= )(?:{between}) )*"
            rf"(?:[A-Za-z]{{1,12}} (?=$)(?<=[a-z]ly ))?$",
            re.I,
        ),
        before,
        re.compile(rf"(?:(?P<plus>\+)|,? (?:[a-z]+ )?(?P<phrase>{_any(after)})(?![\w]))", re.I),
        after,
        re.compile(rf"\b(?:{'|'.join(data['not_about'])}) (?:to you )?$", re.I),
    )


def _any(phrases: object) -> str:
    return "|".join(sorted((re.escape(str(p)) for p in phrases), key=lambda w: -len(w)))  # type: ignore[attr-defined]  # the keys of a dict


def bound_of(text: str, quantity: Quantity) -> tuple[Bound, Comparator]:
    """Return bound and comparator of a quantity, from the words right before and after it."""
    before, before_meanings, after, after_meanings, not_about = _patterns()
    if quantity.plus:
        return "more_than", ">="
    left = text[max(0, quantity.start - _WINDOW) : quantity.start]
    # Each phrase ends in a letter or one of these; the search is dear where figures stand close.
    last = left.rstrip()[-1:]
    match = before.search(left) if last.isalpha() or last in "~≈." else None
    if match and _means_it(left, match, quantity, not_about):
        return before_meanings[match["phrase"].lower()]
    right = after.match(text, quantity.end, min(len(text), quantity.end + _WINDOW))
    if right and not quantity.vague:
        return after_meanings[(right["plus"] or right["phrase"]).lower()]
    if quantity.vague or _ESTIMATED.search(left):
        return "approximately", "~"
    return "exact", "="


# "an estimated street value of $5 million"
_ESTIMATED = re.compile(
    r"\bestimated (?:[a-z]+ ){0,2}(?:value|cost|total|worth|population|price|loss|damage)"
    r" (?:of|at) $",
    re.I,
)


_DURING = re.compile(
    r"\b(?:in|for|of|just|well|little|slightly|took|lasted|take|spent|is|was|years?) (?:just "
    r"|well |a little )?over $",
    re.I,
)


def _means_it(
    left: str, match: re.Match[str], quantity: Quantity, not_about: re.Pattern[str]
) -> bool:
    phrase, start = match["phrase"].lower(), match.start()
    if phrase == "over" and quantity.time:
        # "spent over five years" is a duration; "in just over a year" is a bound.
        return _DURING.search(left) is not None
    if phrase in ("about", "around") and not_about.search(left[:start]):
        return False
    if phrase == "some":
        return left.lower().endswith("some ")
    if phrase in ("above", "below", "beyond", "near", "better than", "under"):
        return not re.search(r"\b(?:percent|points?|%|years?|levels?|the) $", left[:start])
    return True
