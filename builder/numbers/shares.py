"""Finds what a percentage, fraction or multiple is said of: "increased ships by 65%"."""

from __future__ import annotations

import re
from functools import cache

from builder.numbers.phrases import (
    REACH,
    Phrase,
    extended,
    is_change,
    is_change_verb,
    is_maybe_verb,
    is_stop,
    is_unit,
    phrase_after,
    phrase_before,
)
from builder.numbers.quantities import Quantity
from builder.strict_yaml import load_data

_OF = re.compile(
    r"\)?(?: or (?:more|less))? of (?:(?:all|the|our|their|its|these|this|that|total|every|a|an"
    r"|his|those)\b ?)*"
)
_PRONOUN = re.compile(r"(?:them|us|whom|which|it|you|those)\b")
# "from 45% to 32%", "from 70,630 in 2019 to 91,799"; "fell 3 percentage points to 8.1%"
_FROM = re.compile(
    r"\bfrom (?:[a-z]+ ){0,3}[^ ]+(?: [a-z]+)?(?: in [12][0-9]{3})?,? to (?:[a-z]+ ){0,3}$"
)
_NEXT_SHARE = re.compile(r",? [0-9.,]{1,8} ?(?:%|per ?cent)")
_POINTS_TO = re.compile(r"(?:points?|%|percent|per cent),? to (?:[a-z]+ ){0,2}$")
# "to 0.9% from 1.0%"; "in 2024, up 21 percent on 2023"
_AGAIN = re.compile(
    r"\bto (?:[a-z]+ ){0,2}[^ ]*[0-9][^ ]*(?: [a-z]+)?(?: in [12][0-9]{3})?,? (?:down |up )?from "
    r"(?:[a-z]+ ){0,3}$|\bcompared (?:with|to) (?:[a-z]+ ){0,3}$"
    r"|, (?:up|down) (?:by )?(?:[a-z]+ ){0,2}$"
)
_PLACE = re.compile(r" in (?:the )?[A-Z]")
_IN = re.compile(r" (?:in|of|for|to|on) (?:(?:the|our|its|their|all|number of) )*")
_OVER = re.compile(r" (?:over|from|since|compared|to|on|relative)\b")
_MORE = re.compile(r" (?:less|more|fewer|greater|higher|lower) (?!than)")
_COMPARED = re.compile(
    r"(?:higher|lower|more|less|fewer|greater|faster|annual|year|quarter|month)\b"
)
_ASIDE = re.compile(r"[–—(][^–—(.;]{0,25}$")  # "– 40 percent more", "(6.5 percent)"
_ENTERING = re.compile(
    r" (?:entering|coming into|coming from|sold in|made in|produced in) (?:the )?"
)


def continues(left: str) -> bool:
    """Tell whether the words lead from one figure to the next of the same thing: "from 3 to"."""
    return any(lead.search(left) for lead in (_FROM, _POINTS_TO, _AGAIN))


def of_share(
    text: str, quantity: Quantity, sentence: tuple[int, int], previous: str | None
) -> str | None:
    """Return what the share is a share of, or what grew or fell by it; None if nothing says."""
    start, end = sentence
    of = _OF.match(text, quantity.end)
    if of:
        return _whole(text, of, end, previous)
    left = text[max(start, quantity.start - REACH) : quantity.start]
    if previous and left.endswith("("):
        return previous
    if previous and (_FROM.search(left) or _POINTS_TO.search(left) or _AGAIN.search(left)):
        return previous
    if previous and left.endswith(" and ") and _PLACE.match(text, quantity.end):
        return previous  # "12% of deaths in Estonia and 8% in Latvia"
    direct = phrase_after(text, quantity.end + (text[quantity.end : quantity.end + 1] == ")"), end)
    if direct and is_change(direct):
        return _changed(text, direct, end) or changed_before(left) or previous
    if direct and quantity.unit == "fraction" and is_maybe_verb(text[direct.start : direct.end]):
        return None  # "one in ten experiences …"
    if direct and not _COMPARED.match(text, direct.start):
        if text[direct.start].isupper() and _NEXT_SHARE.match(text, direct.end):
            return None  # "Women 45% Men 55%": the label of the next share
        return text[direct.start : extended(text, direct, end)]
    more = _MORE.match(text, quantity.end)
    phrase = phrase_after(text, more.end() - 1, end) if more else None
    if phrase and phrase.start == more.end():  # type: ignore[union-attr]  # `more` made it
        return text[phrase.start : extended(text, phrase, end)]
    return changed_before(left) or (previous if _ASIDE.search(left) else None)


def _whole(text: str, of: re.Match[str], end: int, previous: str | None) -> str | None:
    if _PRONOUN.match(text, of.end()):
        return previous
    phrase = phrase_after(text, of.end(), end)
    if phrase is None or phrase.start > of.end() + 1:
        return previous
    last = extended(text, phrase, end)
    entering = _ENTERING.match(text, last)
    inner = phrase_after(text, entering.end(), end) if entering else None
    return text[phrase.start : inner.end if inner else last]


def _changed(text: str, noun: Phrase, end: int) -> str | None:
    """Read "drop in overdose deaths" after its number; "price increase" gives "price"."""
    into = _IN.match(text, noun.end)
    if into and not _OVER.match(text, noun.end):
        inner = phrase_after(text, into.end(), end)
        if inner:
            return text[inner.start : extended(text, inner, end)]
    words = text[noun.start : noun.end].split(" ")[:-1]
    return " ".join(words) or None


_BOUND = (
    r"(?:(?:upwards? of|more than|less than|over|nearly|almost|about|at least|up to|an estimated"
    r"|approximately|roughly|somewhere|around|as much as"
    r"|a|an|another|additional|just|under|fully|to|from|well|close|by|only) )*"
)
_WHAT = r"(?P<what>[^,.;:()%$0-9\x00]{2,80}?)"


@cache
def _before() -> tuple[re.Pattern[str], ...]:
    claims = load_data("claims")
    nouns = "|".join([*claims["increase_nouns"], *claims["decrease_nouns"]])
    verbs = "|".join([*claims["increase_verbs"], *claims["decrease_verbs"]])
    return (
        # decline in overdose deaths of 10%
        re.compile(rf"\b(?:{nouns}) (?:in|on|of|to) {_WHAT} (?:of|by|to|from) {_BOUND}$", re.I),
        # increased surveillance aircraft by 75%
        re.compile(rf"\b(?:{verbs}) (?!by|to|from|of|an? )?{_WHAT} (?:by|to|from) {_BOUND}$", re.I),
        # … and ships by 65%
        re.compile(rf"(?:%|percent),? (?:and )?{_WHAT} by {_BOUND}$", re.I),
    )


@cache
def _subject() -> re.Pattern[str]:
    claims = load_data("claims")
    verbs = "|".join([*claims["increase_verbs"], *claims["decrease_verbs"]])
    # overdose deaths have fallen by 10%
    return re.compile(
        rf"(?:,? (?:has|have|had|was|were|is|are|will|would|to|also|already|that|which|could"
        rf"|been|be))* (?:{verbs}|up(?! to\b)|down)(?: (?:by|to|from|an?|on average))* {_BOUND}$",
        re.I,
    )


# "a transshipment tariff of 40%", "duties at 25%"
_NOUN_OF = re.compile(
    r" (?:of|to|by|from|at|reached|hit|(?:(?:has|have|had) been|will be|would be|is|was|are"
    r"|were|be|averages?|averaged|averaging|will average|under|remains?"
    r"|remained|stays?|stayed|stood|stands)(?: (?:at|below|above|under|now|currently))?)"
    rf" {_BOUND}$",
    re.I,
)


# Whatever leads up to the number ends in one of these; asked first, because it is cheap.
_LEADS = re.compile(rf" (?:of|by|to|from) {_BOUND}$", re.I)


def changed_before(left: str) -> str | None:
    """Return what grew or fell, from the words that lead up to the number, or None."""
    return grown_before(left) or _noun_before(left)


def _noun_before(left: str) -> str | None:
    match = _NOUN_OF.search(left, max(0, len(left) - 90)) if left[-2:-1].isalpha() else None
    return _not_a_change(phrase_before(left[: match.start()])) if match else None


def grown_before(left: str) -> str | None:
    """Return what a verb or noun of change says to have grown or fallen, or None."""
    if not left[-2:-1].isalpha():
        return None  # every pattern below ends in a word and a space
    if _LEADS.search(left, max(0, len(left) - 70)):
        for pattern in _before():
            match = pattern.search(left)
            what = _clean(match["what"]) if match else None
            if what and not is_unit(what) and not is_change_verb(what.rsplit(" ", 1)[-1]):
                return what
    match = _subject().search(left, max(0, len(left) - 90))
    if match is None:
        return None
    before = left[: match.start()]
    place = _IN_PLACE.search(before, max(0, len(before) - 50))
    whole = phrase_before(before[: place.start()]) if place else None
    if place and whole and whole[-1] == "s" and " " in whole:
        return _not_a_change(whole)  # "overdose deaths in the United States fell"
    return _not_a_change(phrase_before(before))


_IN_PLACE = re.compile(r" in the [A-Z][a-z]+(?: [A-Z][a-z]+){0,2}$")


# "the base pay increase will be 4 percent": what grows stands in the same noun
_GROWN = re.compile(r"(?:pay|price|wage|tax|rate|cost|fee|tariff|budget|salary|rent|toll) [a-z]+$")


def _not_a_change(found: str | None) -> str | None:
    if found and _GROWN.search(found) and found.rsplit(" ", 1)[-1].rstrip("s") in _changes():
        return found.rsplit(" ", 1)[0]
    return None if found is None or found.rsplit(" ", 1)[-1].lower() in _changes() else found


@cache
def _changes() -> frozenset[str]:
    claims = load_data("claims")
    return frozenset([*claims["increase_nouns"], *claims["decrease_nouns"]])


_CUT = frozenset(
    [
        "the",
        "a",
        "an",
        "our",
        "its",
        "their",
        "his",
        "by",
        "and",
        "to",
        "is",
        "are",
        "that",
        "was",
        "were",
        "has",
        "have",
        "will",
        "would",
        "can",
        "who",
        "from",
    ]
)


def _clean(what: str) -> str | None:
    """Keep the last noun phrase of what stands between a verb and "by"."""
    words = what.split(" ")
    for index in range(len(words) - 1, -1, -1):
        if words[index].lower() in _CUT:
            words = words[index + 1 :]
            break
    while words and is_stop(words[0]):
        words = words[1:]
    while words and is_stop(words[-1]):
        words = words[:-1]
    return " ".join(words[-8:]) or None
