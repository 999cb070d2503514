"""Says whether a figure is reported, requested, planned or estimated, from its clause."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from builder.model import Status
from builder.numbers.clauses import Clause
from builder.numbers.phrases import is_listed
from builder.numbers.places import Place
from builder.numbers.quantities import Quantity
from builder.numbers.words import class_of, is_change_verb
from builder.strict_yaml import load_data

_LEFT = 160  # characters before a figure in which its verb is sought
_ACCORDED = 200  # characters after a figure in which "according to estimates" stands
_RIGHT = 14  # chunks after a figure in which its verb is sought

# Where a clause with a verb of its own begins: what stands before says nothing about the figure.
# One set of signs comes first, to which the engine leaps.
_BORDER = re.compile(
    r"[;:–—,](?:(?<=[;:])(?! ?\() |(?<=[–—]) ?"
    r"|(?<=,) (?:(?:but|which|who|where|because|although|whereas|yet) "
    r"|(?:the|a) [a-z]+ (?:who|which|that) |while (?!(?:also )?[a-z]+ing )|(?:and|so) "
    r"(?=(?:it|he|she|they|we|the|this|these|as|when|if|because|since) )))"
)


@dataclass(frozen=True, slots=True)
class Signs:
    """The words of a sentence that tell a status, in order: where they begin, and the status.

    "border" marks where another clause begins.
    """

    places: Sequence[int]
    statuses: Sequence[str]


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Return the phrases by their first word, the longest first; "estimat*" as "estimat"."""
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in load_data("claims")["statuses"]:
        for phrase in row["near"]:
            first, *rest = phrase.split(" ")
            by_first.setdefault(first, []).append((tuple(rest), row["status"]))
    for phrases in by_first.values():
        phrases.sort(key=lambda phrase: -len(phrase[0]))
    return by_first


@cache
def _stems() -> tuple[str, ...]:
    return tuple(first[:-1] for first in _phrases() if first.endswith("*"))


@lru_cache(maxsize=65536)
def _beginning_with(word: str) -> Sequence[tuple[tuple[str, ...], str]]:
    """Return the phrases that may begin with this word."""
    known = _phrases().get(word)
    if known:
        return known
    if "'" in word and word.endswith("'ll"):
        return _phrases()["'ll"]
    return next((_phrases()[f"{stem}*"] for stem in _stems() if word.startswith(stem)), ())


@cache
def _outcomes() -> frozenset[str]:
    return frozenset(load_data("claims")["outcomes"])


def signs_of(clause: Clause, first: int, last: int) -> Signs:
    """Return what the words of a sentence say of status, found once for all its figures."""
    found = [(match.end() - 1, "border") for match in _BORDER.finditer(clause.text, first, last)]
    words = clause.words
    skip = 0
    for index in [index for index, word in enumerate(words) if _beginning_with(word)]:
        if index < skip:
            continue
        for rest, status in _beginning_with(words[index]):
            if index + len(rest) < len(words) and _go_on(words, index + 1, rest):
                skip = index + 1 + len(rest)
                told = _told(words, skip, status)
                if told != "never" and not _is_future_perfect(words, index, status):
                    found.append((clause.places[index], told))
                break
    found.sort()
    return Signs([place for place, _ in found], [status for _, status in found])


def _go_on(words: Sequence[str], at: int, rest: Sequence[str]) -> bool:
    """Tell whether the words from `at` on are the rest of a phrase."""
    return not rest or (_same(words[at], rest[0]) and all(map(_same, words[at + 1 :], rest[1:])))


def _same(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted


_MODALS = frozenset("will would shall could may might must to 'll should can".split())


def _is_future_perfect(words: Sequence[str], index: int, status: str) -> bool:
    """Tell the "have" of "will now have access"."""
    if status != "reported" or words[index] not in ("have", "had", "has"):
        return False
    return not _MODALS.isdisjoint(words[max(0, index - 2) : index])


def _told(words: Sequence[str], at: int, status: str) -> str:
    """Turn the plan of "will create 300 jobs" into what is expected of it."""
    if status == "order":
        bare = (
            words[at + step + 1]
            for step, to in enumerate(words[at : at + _ORDERED])
            if to == "to" and at + step + 1 < len(words)
        )
        # The figure itself stands as "": "requiring vaccinations has led to 90 percent of it …".
        return "planned" if any(word and class_of(word) in "vA" for word in bare) else "never"
    if words[at - 1] == "committed" and at < len(words) and words[at] == "":
        return "money"  # "committed $5 million", but "committed 14 crimes"
    if status != "planned" or words[at - 1] not in _WILLS:
        return status
    if not _POLICIES.isdisjoint(words[at : at + 6]):
        return status  # "will lower the tariff on India to 18 percent"
    verbs = [word for word in words[at : at + 3] if word not in _BETWEEN]
    return "estimated" if verbs and verbs[0] in _outcomes() else status


_ORDERED = 7  # words behind "requires" among which its "to" stands
# What somebody sets: "will reduce the price of Reyataz to $217" is a plan, no outcome.
_POLICIES = frozenset("tariff tariffs tax taxes duty duties fee fees cap caps price wage".split())
_WILLS = frozenset("will would 'll be have".split())
_BETWEEN = frozenset("also now be then soon have help".split())


def status_of(
    place: Place, signs: Signs, quantity: Quantity, period: str | None
) -> tuple[Status, str] | None:
    """Return the status of a figure in its sentence, and the rule; `period` is its time frame.

    None says that no word tells; the figure then is reported.
    """
    clause, index = place.clause, place.chunk
    if "estimated" in clause.text[clause.starts[index] : quantity.start].lower():
        return "estimated", "estimated"
    nearest = _before(signs, quantity.start)
    behind = None
    if nearest == "reported":  # "fought to ensure that 85 percent will be spent"
        behind = _behind(clause, index, signs)
        nearest = behind if behind and behind != "reported" else nearest
    if nearest and nearest != "money":
        if nearest == "estimated" and _is_base(place):
            return "reported", "already there"
        if nearest == "planned" and _is_there(place, quantity):
            return "reported", "already there"
        return _status(nearest), nearest
    if nearest == "money" and quantity.currency and place.lead.preposition != "from":
        return "planned", "announced money"
    behind = behind or _behind(clause, index, signs)
    if behind:
        return _status(behind), behind
    end = clause.ends[index]
    if _ACCORDING.search(clause.text, end, min(end + _ACCORDED, clause.ends[-1])):
        return "estimated", "according to estimates"
    if period and is_ahead(period):
        return "planned", "time frame to come"
    return None


def last_status(signs: Signs) -> Status | None:
    """Return the status that the last words of a sentence tell: "the agency will:"."""
    told = [status for status in signs.statuses if status not in ("border", "money")]
    return _status(told[-1]) if told else None


_ACCORDING = re.compile(
    r"\b(?:according to|based on) [^.;:]{0,60}\b(?:estimates?|projections?|forecasts?|models?)\b"
)


def _status(name: str) -> Status:
    assert name in ("reported", "requested", "planned", "estimated")
    return name  # type: ignore[return-value]  # asserted above


def _before(signs: Signs, start: int) -> str | None:
    """Return the sign nearest before a place, up to the border of the clause."""
    for place in range(bisect_left(signs.places, start) - 1, -1, -1):
        if signs.places[place] < start - _LEFT or signs.statuses[place] == "border":
            return None
        return signs.statuses[place]
    return None


_THERE = re.compile(r"(?:[\w'-]+ ){0,5}already [a-z]+", re.I)
_OWNED = re.compile(r"\b(?:its|their|our|his|her) (?:[a-z-]+ ){1,3}of (?:[a-z]+ ){0,3}$")


def _is_base(place: Place) -> bool:
    """Tell the first value of "will fall from $24,920 to $2,425", not "may benefit from $4"."""
    lead = place.lead
    to = place.clause.codes.startswith("tq", place.chunk + 1)
    return lead.preposition == "from" and (to or lead.again or lead.change is not None)


def _is_there(place: Place, quantity: Quantity) -> bool:
    """Tell what is there already, whatever is planned with it.

    "The 25 percent tariffs", "its fleet of 8,000", "5,000 chargers already installed", "raised the
    cap from $350,000 to".
    """
    clause, index = place.clause, place.chunk
    if place.lead.preposition == "from":
        return True
    done = quantity.unit == "count" and clause.codes[max(0, index - 3) : index] == "NEp"
    if done and clause.heads[index - 1] == "by" and not is_change_verb(clause.heads[index - 2]):
        return True  # "a blood thinner taken by millions"
    if clause.text.endswith(" the ", 0, clause.starts[index]):
        return clause.codes[index + 1 : index + 2] == "N"
    if _OWNED.search(clause.text, max(0, clause.starts[index] - 40), quantity.start):
        return True
    return _THERE.match(clause.text, clause.ends[index] + 1) is not None


# What may stand between a figure and the verb of which it is the subject.
_SUBJECT = re.compile(r"(?:[NopqcYGuE]|,c|,(?=N)){0,14}?(?=[VZXTv])")
_WITHIN = re.compile(r"o?N?(?=E)")  # "with almost 300 million people estimated to need"


def _behind(clause: Clause, index: int, signs: Signs) -> str | None:
    """Return what the verb behind the figure tells: "500 officers will be trained"."""
    inside = index > 0 and clause.codes[index - 1] in "optVvEZXGT"
    inside = inside and not _is_sum(clause, index) and clause.heads[index - 1] not in _SAYING
    lead = _WITHIN if inside else _SUBJECT
    subject = lead.match(clause.codes, index + 1, index + 1 + _RIGHT)
    if subject is None:
        return None
    at = subject.end()
    first = bisect_left(signs.places, clause.ends[index])
    last = bisect_left(signs.places, clause.ends[at])
    told = [name for name in signs.statuses[first:last] if name not in ("border", "money")]
    if told and told[0] == "planned" and clause.heads[at] in _BENEFITS:
        return "estimated"  # "88 percent of all adults will receive a check"
    return told[0] if told else None


_SAYING = frozenset("said says say stated noted added told believe believes showed shows".split())
_BENEFITS = frozenset("receive covered benefit get gain qualify reached helped affected".split())


def is_ahead(frame: str) -> bool:
    """Tell whether a time frame lies ahead: "over the next 5 years", "by 2030"."""
    return _FUTURE.match(frame) is not None


def _is_sum(clause: Clause, index: int) -> bool:
    """Tell "a sum of €315 million is reserved": the amount is the subject."""
    return clause.codes[max(0, index - 2) : index] == "No" and is_listed(
        clause.heads[index - 2], "empty"
    )


_FUTURE = re.compile(
    r"(?:over )?(?:the )?(?:next|coming) |by (?:the end of )?(?:20|this|next|the)", re.I
)
