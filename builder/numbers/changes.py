"""Says whether a figure is a growth or a fall: "fell by 10 percent", "an additional 1,300"."""

from __future__ import annotations

import re
from functools import cache

from builder.numbers.clauses import Clause
from builder.numbers.leads import Change, Lead, noun_change
from builder.numbers.phrases import is_listed
from builder.numbers.quantities import Quantity
from builder.numbers.shares import SHARES
from builder.strict_yaml import load_data

_REACH = 60  # characters after a figure in which "more" or ", up from" stands


def change_of(
    quantity: Quantity, clause: Clause, index: int, lead: Lead
) -> tuple[Change, str] | None:
    """Return whether the words around the figure say that it is a growth or a fall, and the rule.

    The value before a change ("from 25 percent") is neither.
    """
    if quantity.unit == "times" and quantity.numeral is not None and quantity.numeral.multiple:
        return _of_multiple(clause.text, quantity) or _behind(quantity, clause, index)
    if quantity.time and not (lead.again and lead.preposition == "to"):
        return None  # "fell to a five-year low"
    behind = _behind(quantity, clause, index)
    if behind:
        return behind
    if _ADDED.search(clause.text, max(0, clause.starts[index] - 24), quantity.start):
        return "increase", "additional"
    if lead.change is None or lead.preposition == "from":
        return None
    if lead.verb and not lead.preposition and not _tells(quantity, lead.verb):
        return None
    if quantity.unit == "count" and _is_of_another(lead):
        return None
    if lead.preposition in ("", "by", "to", "of", "up", "down", "at", "in"):
        return lead.change, "noun of change" if lead.rule.startswith("noun") else "verb before"
    return None


def _is_of_another(lead: Lead) -> bool:
    """Tell where a count only takes part in a change."""
    if lead.again:
        return False
    if lead.rule == "object of the change":
        return True  # "increased funding for 300 clinics"
    noun = lead.rule == "noun of change before"  # "a tax cut to 300,000 widows"
    return lead.preposition == "to" and (noun or is_listed(lead.verb, "adding"))


# "an additional 1,300 agents", "another 500 homes"
_ADDED = re.compile(
    r"\b(?:additional|(?<!and )another|extra) (?:(?:nearly|almost|about|around|approximately"
    r"|roughly|estimated|over|some|up|to|more|than|at|least|an?|total|of|well|usd|cad) ){0,3}$",
    re.I,
)


def _of_multiple(text: str, quantity: Quantity) -> tuple[Change, str] | None:
    surface = text[quantity.start : quantity.end].lower()
    if surface == "twice" or surface.endswith("fold"):
        return None
    rising = quantity.value is None or quantity.value >= 1
    return "increase" if rising else "decrease", "verb that is the number"


def _tells(quantity: Quantity, verb: str) -> bool:
    """Tell whether a verb right before the figure makes it a change: "fell 10%", "added 5 jobs"."""
    if quantity.unit in SHARES:
        return True
    if quantity.unit == "count" or quantity.currency or quantity.vague:
        return is_listed(verb, "adding")
    return not is_listed(verb, "not_of_measures")


def _behind(quantity: Quantity, clause: Clause, index: int) -> tuple[Change, str] | None:
    """Read "10% drop", "40 percent more than", "dozens more", ", up from"."""
    at = index + 1 + (clause.codes[index + 1 : index + 2] == "-")
    if clause.codes[at : at + 1] == "N":
        change = noun_change(clause.heads[at])
        if change:
            return change, "noun of change"
    match = _after().match(clause.text, quantity.end, quantity.end + _REACH)
    if match is None:
        return None
    bare = not _THAN.match(clause.text, match.end())
    if bare and quantity.unit == "times" and match["more"]:
        return None  # "three times more efficient"
    word = match[0].rsplit(" ", 1)[-1]
    if bare and quantity.unit == "count" and word.endswith("er") and word != "fewer":
        return None  # "up to five smaller projects"
    if quantity.unit in _LENGTHS and word in _PLACES:
        return None  # "nine feet below the floor"
    rising = match["more"] or match["up"]
    return "increase" if rising else "decrease", "comparison after"


_LENGTHS = frozenset("foot meter mile kilometer inch centimeter yard nautical_mile".split())
_PLACES = frozenset("above below up down further".split())
_THAN = re.compile(r" (?:than|for)\b|[.,;]|$")


@cache
def _after() -> re.Pattern[str]:
    claims = load_data("claims")
    more, less = "|".join(claims["increase_after"]), "|".join(claims["decrease_after"])
    return re.compile(
        r"(?: a year| per year| annually)?"
        r"(?:[ -]|\) |(?: [a-z]+)? or [0-9.,]+ ?(?:percent|per cent|%) "
        r"| (?:[a-z]+s|people|men|women) (?=\w+ than\b))"
        rf"(?:(?P<more>{more})|(?:{less}))\b(?! (?:or|of the|to|likely)\b)"
        r"|(?: of [a-z ]{1,30}| [a-z]+)?, (?:(?P<up>up)|down) (?:by|from|[0-9])"
    )
