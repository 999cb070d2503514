"""Finds what a figure counts or measures: "lethal doses of fentanyl", "border technology".

The words come from the clause: behind the number, or else from what leads up to it. Each way has a
name, which `--explain` prints.
"""

from __future__ import annotations

import re

from builder.numbers.clauses import Clause
from builder.numbers.labels import label_before
from builder.numbers.money import of_money
from builder.numbers.phrases import Phrase, Said, is_listed, is_when, listed, phrase_at, said
from builder.numbers.places import Place
from builder.numbers.quantities import Quantity
from builder.numbers.shares import SHARES, of_share
from builder.numbers.words import is_plural


def counted(quantity: Quantity, place: Place, first: int) -> Said | None:
    """Return what the quantity counts or measures, in the words of the text, or None.

    `first` is where the sentence begins.
    """
    label = label_before(place.clause.text, quantity.start, first)
    following = place.clause.codes[place.chunk + 1 : place.chunk + 2]
    if label and (not following or following not in "NopTt"):
        return label
    if quantity.currency:
        found = of_money(place)
    elif quantity.unit in SHARES:
        found = of_share(quantity, place)
    elif quantity.unit == "count":
        found = _of_count(quantity, place)
    else:
        found = _of_measure(quantity, place)
    return found or label


_THEM = re.compile(r"ou|ow")  # "40 of them", "28 of which"
_OF_NOUN = re.compile(r"\.?(?:\([^)]{1,8}\))?p?oq?(?=N)")  # "of the 300 kits", "(26 lb) worth of"
_DOES = re.compile(r"[wXZVvEG]")  # "905 were collecting"
_ALONE = re.compile(r"[wXZVvEGuYpc).,]|$")


def _of_count(quantity: Quantity, place: Place) -> Said | None:
    clause, codes = place.clause, place.clause.codes
    at = place.chunk + 1 + (codes[place.chunk + 1 : place.chunk + 2] in ("-", "q"))
    if codes[at - 1] == "q" and at > place.chunk + 1 and not _touches(clause, place.chunk):
        return None
    if _THEM.match(codes, at):
        return place.alike_again()
    if codes.startswith("(q)o", at):
        at += 3  # "1.3 million (65 percent) of the applicants"
    of = _OF_NOUN.match(codes, at)
    at += codes.startswith("yN", at)  # "the three 2022 laureates"
    phrase = phrase_at(clause, of.end() if of else at)
    if phrase and is_listed(phrase.head, "empty") and codes.startswith("qN", phrase.first + 1):
        phrase = phrase_at(clause, phrase.first + 2)  # "3.1m of a total 3.7m offences"
    if phrase is None or _is_next_label(clause, phrase) or is_when(clause, phrase):
        return _without_noun(place, at)
    if is_listed(phrase.head, "pieces") and codes[place.chunk - 1 : place.chunk] == "(":
        return place.again()
    if of and not (quantity.vague or is_plural(phrase.head)):
        return None  # "sections 2 and 3 of this order"
    printed = clause.between(phrase.first, phrase.last)
    words = (printed.lower() if printed.isupper() else printed).split(" ")
    if _is_small_word(quantity) and not any(map(is_plural, words)):
        return None  # "the two parties' leader"
    return said(clause, listed(clause, phrase, plural=True), "noun after the number")


def _touches(clause: Clause, index: int) -> bool:
    """Tell "1.5 million 8-ounce bottles": the second number belongs to the noun."""
    return clause.starts[index + 1] == clause.ends[index] + 1


def _is_next_label(clause: Clause, phrase: Phrase) -> bool:
    """Tell "4,118 Rescues: 960": what follows the number is the label of the next."""
    behind = clause.codes[phrase.last + 1 : phrase.last + 5]
    upper = clause.text[clause.starts[phrase.first]].isupper()
    return upper and _LABEL.match(behind) is not None


_LABEL = re.compile(r"[EG]?:[up]*q")


def _without_noun(place: Place, at: int) -> Said | None:
    clause, codes = place.clause, place.clause.codes
    if codes[at : at + 1] in ("E", "u") and is_listed(clause.heads[at], "headless"):
        return Said(clause.between(at, at), "people by what happened to them")
    if codes[at : at + 2] == "XN" and is_plural(clause.heads[at + 1]):
        return said(clause, phrase_at(clause, at + 1), "noun after the verb")  # "12 were women"
    led = _led(place)
    if led:
        return led
    if place.lead.rule == "noun of change before" and codes.startswith("pN", at):
        return said(clause, phrase_at(clause, at + 1), "noun of change before")
    including = place.lead.preposition == "" and clause.heads[place.chunk - 1] == "including"
    listed = _LISTED.search(codes, max(0, place.chunk - _NEAR), place.chunk)
    alone = _DOES if place.needy and not (including or listed) else _ALONE
    if _MONEY.match(clause.text, clause.starts[place.chunk]):
        return of_money(place)  # "billions invested in our infrastructure"
    return place.only_alike() if alone.match(codes, at) else None


_LISTED = re.compile(r"q[^q]{0,4}pN(?:,c?|c)$")  # "14 suspects in Spain, 10 in Belgium"
_NEAR = 9  # chunks before a figure in which such a list begins
_MONEY = re.compile(r"(?:hundreds of )?[bt]r?illions\b", re.I)


def _is_small_word(quantity: Quantity) -> bool:
    numeral = quantity.numeral
    small = 1 < (quantity.value or quantity.high or 0) <= 20
    return numeral is not None and numeral.words and small and not quantity.hyphen


def _led(place: Place) -> Said | None:
    """Return what the words before the figure say it measures: "arrests rose to 1,300"."""
    lead = place.lead
    if lead.again:
        led = said(place.clause, lead.thing, lead.rule) or place.alike_again()
        return led or place.last_again()
    if lead.rule == "subject of another verb" or lead.preposition in _PARTED:
        return None
    if lead.thing and (
        is_listed(lead.thing.head, "measures") or is_listed(lead.thing.head, "empty")
    ):
        return place.alike_again()  # "bringing the total number to 730"
    brought = lead.preposition == "to" and lead.verb in _BRINGING
    if lead.rule == "noun before" and not brought and lead.preposition not in _OF:
        return None  # "a grandmother to six"
    return said(place.clause, lead.thing, lead.rule)


_OF = frozenset("of at worth beside".split())
_BRINGING = frozenset("bringing brings brought bring taking".split())
_PARTED = frozenset("for in with over under as".split())


def _of_measure(quantity: Quantity, place: Place) -> Said | None:
    clause, codes = place.clause, place.clause.codes
    at = place.chunk + 1
    of = _OF_NOUN.match(codes, at)
    if of:
        phrase = phrase_at(clause, of.end())
        if phrase and quantity.time and phrase.head in _OF_TIME:
            return None  # "within 60 days of the date of this order"
        return said(clause, phrase, "noun after the number")
    phrase = phrase_at(clause, at)
    if quantity.hyphen:
        return said(clause, phrase, "noun after the number")
    if codes[place.chunk - 1 : place.chunk] == "G" and codes[: place.chunk - 1].endswith(
        ("u", ",")
    ):
        return place.again()  # "60 crates, each weighing 9 kg"
    if quantity.time:
        return None
    if phrase and not (_is_next_label(clause, phrase) or is_when(clause, phrase)):
        return said(clause, phrase, "noun after the number")
    if codes.startswith("pN", at) and clause.heads[at] == "under":
        return said(clause, phrase_at(clause, at + 1), "noun after the number")
    if codes.startswith("p", at) and clause.heads[at] in _DISTANT:
        return _led(place)  # "18 miles from the border"
    return _led(place) or (place.only_alike() if _ALONE.match(codes, at) else None)


_DISTANT = frozenset("from above below off along outside inland".split())
_OF_TIME = frozenset("date receipt age publication enactment arrival birth".split())
