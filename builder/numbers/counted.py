"""Finds what a figure counts or measures: "lethal doses of fentanyl", "border technology"."""

from __future__ import annotations

import re
from functools import cache

from builder.numbers.labels import label_before
from builder.numbers.phrases import (
    REACH,
    Phrase,
    extended,
    is_change,
    is_plural,
    listed,
    phrase_after,
    phrase_before,
)
from builder.numbers.quantities import Quantity
from builder.numbers.shares import changed_before, continues, grown_before, of_share
from builder.strict_yaml import load_data

# Between a count and its noun: "50 or more of the 300 kits".
_COUNT_SKIP = re.compile(
    r"-?(?: \([0-9]{1,4}\))?(?: [0-9]{1,4}-[a-z]{1,12}(?= [a-z]))?(?: or (?:more|fewer|less|so)"
    r"| plus)?(?: (?:more|other|additional"
    r"|new)(?= of ))?"
    r"(?: of (?:(?:the|these|those|our|its|their|all|such|my|his|her|your) )*(?:more than |over "
    r"|nearly )?"
    r"(?:(?:[0-9][0-9,]*|two|three|four|five|six|seven|eight|nine|ten) )?)?"
    r"(?: (?:previously|newly|formerly|currently|recently|highly|fully)(?= [a-z]))?"
)
_PARTS = re.compile(
    r" of (?:them|which|whom)\b| of (?:these|those) (?:were|are|was|have|had|could|will)\b"
)
_YEAR_BEFORE = re.compile(r" (?:the|a) (?:year|month|week|decade) (?:before|earlier|ago)\b")
_WERE = re.compile(r" (?:were|are) ")  # "12 were women"
_ANOTHER = re.compile(r"\b(?:another|further) $", re.I)
_FROM_TO = re.compile(r"\b(?:from|to) (?:[a-z]+ ){0,3}$")
_MORE = re.compile(r" (?:more|others?|additional)\b")
_OF = re.compile(
    r"[.)]?(?: \([^()]{1,40}\))?(?: worth)? of (?:(?:the|these|those|our|all|its|their|a|an) )*"
)
# What may stand between an amount and its purpose: "a year", ", in total", "over the next 5 years".
_MONEY_SKIP = re.compile(
    r"(?:/[a-z]+|a-(?:day|week|month|year)\b| (?:a|per|each|every) [a-z]+"
    r"|,? (?:or (?:more|less)|in total|annually|altogether|combined)(?= ))*"
    r"(?:,? (?:in (?:fiscal year |FY ?)?[12]?[0-9]{2,3}|over (?:the (?:next|past|last"
    r"|coming) )?[a-z0-9]+ (?:fiscal )?(?:years?|months?)"
    r"|this year|last year|annually|each year|every year|since [0-9]{4}),?(?= (?:for|to|in|on"
    r"|of) ))?"
    r"(?:, (?:including|along|through)[^,.;]{1,60},(?= ))?"
)
_PURPOSE = re.compile(
    r" (?P<word>worth of|of|in|for|into|toward|towards|on|dedicated to|to help|to support|to"
    r"|against)"
    r"(?: (?:the|our|its|their|his|her|all|new|a|an|supporting|additional|further"
    r"|extra|(?:help|support)(?! (?:for|to|of|from|in)\b|[,.])|FY ?[0-9]{2,4}"
    r"|[Ff]iscal [Yy]ear [0-9]{2,4}))* "
)
_FOR = re.compile(r" (?:for|to support|to help|to) (?:(?:the|a|an|our|its) )?")
_OBJECT = re.compile(r" (?:(?:the|these|those|our|its|their|a|an|all|and|of|new) )+")
_AGAINST = re.compile(r" (?:against|with|for|in|on|from)(?: (?:the|our|its|their))* ")
_CHANGE_IN = re.compile(
    r" (?:in|for|to|on|of|from)(?: (?:support|help|fund|supporting|the|our|its|their))* "
)
# "an agreement worth $5 million", "costs of $20"
_NOUN_BEFORE = re.compile(
    r",? (?:reached (?:a |an )?(?:new |record |all-time )*high of"
    r"|of|worth|totaling|totalling|at|was|is|were|are|reached|reaching|hit|costs?|costing"
    r"|valued at|stood at|stands at|is worth|will be|would be|amount(?:s|ed|ing)? to"
    r"|(?:will |would )?averaged?|averages|averaging|lay between|lies between"
    r"|(?:is|was|were|are) (?:estimated|put|valued|projected) at)"
    r"(?: (?:more than|over|nearly|about|an|a|at least|up to|approximately|almost|around|roughly"
    r"|some|estimated|just|under|less than|only|total of|average of|record|as much as))* $"
)
_YEAR = re.compile(r"(?:FY|[Ff]iscal [Yy]ear)s?\b")
_BY = re.compile(r" by (?:[a-z]+ ){0,3}$")  # "cut the deficit by $1.7 trillion"
_COMPARED = frozenset(["lower", "higher", "more", "less", "larger", "smaller", "cheaper"])
_SHARES = ("percent", "percentage_point", "basis_point", "fraction", "times")


def counted(
    text: str, quantity: Quantity, sentence: tuple[int, int], previous: str | None
) -> str | None:
    """Return what the quantity counts or measures, in the words of the text, or None.

    `sentence` bounds the search. `previous` is what the figure before it in the sentence counts:
    "– a 65.8% increase" speaks of that.
    """
    found = _by_kind(text, quantity, sentence, previous)
    return found or label_before(text, quantity.start, sentence[0])


def _by_kind(
    text: str, quantity: Quantity, sentence: tuple[int, int], previous: str | None
) -> str | None:
    if quantity.currency:
        return _of_money(text, quantity, sentence, previous)
    if quantity.unit in _SHARES:
        return of_share(text, quantity, sentence, previous)
    if quantity.unit != "count":
        return _of_measure(text, quantity, sentence, previous)
    return _of_count(text, quantity, sentence, previous)


def _of_count(
    text: str, quantity: Quantity, sentence: tuple[int, int], previous: str | None
) -> str | None:
    end = sentence[1]
    if _PARTS.match(text, quantity.end):
        return previous
    if _YEAR_BEFORE.match(text, quantity.end):
        return _changing(text, quantity, sentence[0], previous)
    skip = _COUNT_SKIP.match(text, quantity.end)
    start = skip.end() if skip else quantity.end
    phrase = phrase_after(text, start, end)
    more = _MORE.match(text, quantity.end)
    if phrase is None or (more and text[phrase.start : phrase.end].split(" ")[0].endswith("ing")):
        if more or _ANOTHER.search(text, max(0, quantity.start - 9), quantity.start):
            return previous
        were = _WERE.match(text, quantity.end)
        phrase = phrase_after(text, were.end() - 1, end) if were else None
        if were and phrase and phrase.start == were.end() and is_plural(phrase.head):
            return text[phrase.start : phrase.end]
        return _changing(text, quantity, sentence[0], previous) or _named_before(
            text, quantity, sentence[0]
        )
    words = text[phrase.start : phrase.end].split(" ")
    if len(words) == 1 and words[0].endswith("ing") and not text.startswith(" and", phrase.end):
        return None  # "a family of four earning …"
    numeral = quantity.numeral
    small = (
        numeral is not None and numeral.words and 1 < (quantity.value or quantity.high or 0) <= 20
    )
    if small and not quantity.hyphen and not any(map(is_plural, words)):
        return None  # "the two discussed trade"
    return text[phrase.start : listed(text, phrase, end, plural=True)]


def _changing(text: str, quantity: Quantity, start: int, previous: str | None) -> str | None:
    """Return what rose or fell "from 70,630 to 91,799", for both figures."""
    left = text[max(start, quantity.start - REACH) : quantity.start]
    if continues(left):
        return previous
    return grown_before(left) if _FROM_TO.search(left) else None


def _of_measure(
    text: str, quantity: Quantity, sentence: tuple[int, int], previous: str | None
) -> str | None:
    end = sentence[1]
    of = _OF.match(text, quantity.end)
    if of:
        phrase = phrase_after(text, of.end(), end)
        if phrase and quantity.time and phrase.head in ("date", "receipt", "age", "publication"):
            return None  # "within 60 days of the date of this order"
        return text[phrase.start : extended(text, phrase, end)] if phrase else None
    if quantity.hyphen:
        phrase = phrase_after(text, quantity.end, end)
        return text[phrase.start : phrase.end] if phrase else None
    if quantity.time:
        return None
    again = _said_again(text, quantity, sentence[0], previous)
    phrase = phrase_after(text, quantity.end, end)
    if phrase and text[phrase.start : phrase.end] == "high":
        return None  # "a wall 5 meters high"
    if phrase and phrase.start == quantity.end + 1:
        return text[phrase.start : extended(text, phrase, end)]
    return (
        again
        or _changing(text, quantity, sentence[0], previous)
        or _named_before(text, quantity, sentence[0])
    )


# "600 million euros ($650 million)", "(range: 30–60 ha)", "88 packages, each weighing 12 kg"
_AGAIN = re.compile(
    r"\((?:[a-z]+: |(?:about|around|some|roughly|approximately|nearly|or) )?$"
    r"|\beach (?:weighing|holding|worth|containing) (?:[a-z]+ ){0,3}$"
)


def _said_again(text: str, quantity: Quantity, start: int, previous: str | None) -> str | None:
    """Return what the figure before this one measures where this one says more of it."""
    return (
        previous if _AGAIN.search(text, max(start, quantity.start - 40), quantity.start) else None
    )


def _named_before(text: str, quantity: Quantity, start: int) -> str | None:
    """Return the noun before "seizures reached 323 tonnes", "a crew of 22"."""
    left = text[max(start, quantity.start - REACH) : quantity.start]
    noun = _NOUN_BEFORE.search(left)
    return phrase_before(left[: noun.start()]) if noun else None


def _of_money(
    text: str, quantity: Quantity, sentence: tuple[int, int], previous: str | None
) -> str | None:
    end = sentence[1]
    skip = _MONEY_SKIP.match(text, quantity.end + (text[quantity.end : quantity.end + 1] == "-"))
    at = skip.end() if skip else quantity.end
    lead = _PURPOSE.match(text, at)
    if lead:
        purpose = _purpose(text, lead, end)
        if purpose:
            return purpose
    phrase = phrase_after(text, at, end)
    if phrase and is_change(phrase):
        inner = _inside(text, _CHANGE_IN, phrase.end, end)
        if inner:
            return text[inner.start : extended(text, inner, end)]
    close = phrase is not None and phrase.start <= at + 1
    if phrase and close and phrase.head not in _COMPARED:
        return text[phrase.start : extended(text, phrase, end)]
    left = text[max(sentence[0], quantity.start - REACH) : quantity.start]
    if _BY.search(left):
        return changed_before(left)
    pair = _said_again(text, quantity, sentence[0], previous) or _changing(
        text, quantity, sentence[0], previous
    )
    if pair:
        return pair
    before = _named_before(text, quantity, sentence[0])
    return previous if previous and before and before.endswith(previous) else before


def _purpose(text: str, lead: re.Match[str], end: int) -> str | None:
    """Read "in inspection equipment", "for prevention and treatment", "to stop the flow of …"."""
    phrase = phrase_after(text, lead.end() - 1, end)
    if phrase is None or phrase.start != lead.end() or _YEAR.match(text, phrase.start):
        return None
    if lead["word"] == "to" and text[phrase.start].islower():
        if text[phrase.start : phrase.end].split(" ")[0] in _acquiring():
            return _acquired(text, phrase, end)
        inner = _inside(text, _OBJECT, phrase.end, end) or _inside(text, _AGAINST, phrase.end, end)
        if inner is None and phrase.words(text) == 1 and not is_plural(phrase.head):
            return None  # a verb alone says nothing
        last = extended(text, inner, end) if inner else listed(text, phrase, end)
        return text[phrase.start : last]
    if text[phrase.start].isupper() and lead["word"] not in ("for", "worth of"):
        purpose = _inside(text, _FOR, extended(text, phrase, end), end)
        phrase = purpose or phrase
    return text[phrase.start : listed(text, phrase, end)]


@cache
def _acquiring() -> frozenset[str]:
    return frozenset(load_data("phrases")["acquiring"])


def _acquired(text: str, verb: Phrase, end: int) -> str | None:
    """Return what is built or bought with the money: "to construct a new clinic"."""
    first = text.find(" ", verb.start, verb.end)
    inner = verb if first > 0 else _inside(text, _OBJECT, verb.end, end)
    if inner is None:
        return None
    start = first + 1 if first > 0 else inner.start
    word = text[start : inner.end].split(" ", 1)[0]
    if word in _acquiring():  # "to repair and improve stations"
        start += len(word) + 1
    what = text[start : inner.end]
    adjective = " " not in what and ("-" in what or text[inner.end : inner.end + 1] == ",")
    if not what or (adjective and not is_plural(what)):
        return None  # "to build quality, lasting roads"
    return text[start : listed(text, inner, end)]


def _inside(text: str, lead: re.Pattern[str], at: int, end: int) -> Phrase | None:
    match = lead.match(text, at)
    phrase = phrase_after(text, match.end() - 1, end) if match else None
    return phrase if match and phrase and phrase.start == match.end() else None
