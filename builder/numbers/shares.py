"""Finds what a percentage, fraction or multiple is said of: "increased ships by 65%"."""

from __future__ import annotations

import re

from builder.numbers.clauses import Clause
from builder.numbers.leads import Lead, is_reporter, noun_change, subject_of
from builder.numbers.phrases import Phrase, Said, is_listed, is_when, phrase_at, said
from builder.numbers.places import Place
from builder.numbers.quantities import Quantity
from builder.numbers.words import class_of, is_more_often_verb

SHARES = frozenset(("percent", "percentage_point", "basis_point", "fraction", "times"))
_PARTED = frozenset("in at for with over".split())  # "in 10 percent of cases" speaks of no noun


def of_share(quantity: Quantity, place: Place) -> Said | None:
    """Return what the share is a share of, or what grew or fell by it; None if nothing says."""
    clause, index, lead, again = place.clause, place.chunk, place.lead, place.again()
    codes = clause.codes
    at = index + 1 + (codes[index + 1 : index + 2] == ")" or codes.startswith("–o", index + 1))
    at += 3 * codes.startswith("(q)o", at)  # "65 percent (1.3 million) of the applicants"
    if codes.startswith("o", at):
        whole = codes.startswith("q", at + 1)  # "half of the 300 kits"
        at += 1 + whole
        if whole and codes[at : at + 1] in ("o", "p"):
            at += 1  # "a quarter of the 135 tons of demand", "of the $5 million in requests"
        at += codes.startswith("uN", at)  # "42 percent of one year's earnings"
        return said(clause, phrase_at(clause, at), "whole of the share") or (
            None if whole else place.alike_again()
        )
    many = quantity.unit in ("times", "fraction") and codes.startswith("pN", at)
    if many and clause.heads[at] == "as":  # "twice as many orders"
        return said(clause, phrase_at(clause, at + 1), "noun after the number")
    phrase = phrase_at(clause, at)
    if phrase and is_when(clause, phrase):
        phrase = None
    if phrase and phrase.head in _RATES and lead.preposition == "at" and lead.change:
        return _led(clause, lead, quantity)  # "rose at a 1.9 percent annualized rate"
    if phrase and noun_change(phrase.head):
        return _changed(clause, phrase) or _led(clause, lead, quantity) or again
    if phrase and quantity.unit == "fraction" and _is_verb(clause, phrase):
        return None
    if phrase and not _is_next_label(clause, phrase):
        return said(clause, phrase, "noun after the number")
    if quantity.unit == "times" and quantity.numeral is not None and quantity.numeral.multiple:
        return said(clause, subject_of(clause, index), "subject")  # "sales have doubled"
    if codes.startswith("upN", at) and clause.heads[at + 1] == "for":
        return said(clause, phrase_at(clause, at + 2), "noun after the number")  # "20% more for"
    compared = codes[at : at + 1] == "u" and clause.heads[at] in _COMPARING
    if _WHOLE.fullmatch(codes, 0, index) and codes[at : at + 1] in ("X", "Z", "V", "v", "E"):
        return again  # "Among the 275 million people, 13 per cent suffer from"
    if lead.rule == "noun of change before" and lead.thing is None:
        inner = phrase_at(clause, at + 1)  # "an increase of 20 percent in Indian students"
        if inner and clause.heads[at] in _INTO:
            return said(clause, inner, "noun of change before")
    if lead.again:
        led = said(clause, lead.thing, lead.rule) or place.again()
        return led or place.last_again()
    if compared and lead.rule == "noun before" and not lead.preposition:
        return said(clause, lead.thing, lead.rule)  # "with benefits 30 times greater than"
    return _led(clause, lead, quantity) or (again if compared else None)


_RATES = frozenset("rate pace clip".split())
_WHOLE = re.compile(r"[po]q(?:N|oN){1,3}.{0,6},")
_COMPARING = frozenset("more less fewer higher lower greater".split())


def _changed(clause: Clause, noun: Phrase) -> Said | None:
    """Read "drop in overdose deaths" after its number; "price increase" gives "price"."""
    start, end = clause.starts[noun.first], clause.ends[noun.first]
    if clause.codes.startswith("tqpN", noun.first + 1):  # "a 10 percent rise to 44,513 in thefts"
        return said(clause, phrase_at(clause, noun.first + 4), "noun of change after")
    inner = phrase_at(clause, noun.first + 2)
    if inner and clause.heads[noun.first + 1] in _INTO:
        return said(clause, inner, "noun of change after")
    words = clause.text[start:end].rsplit(" ", 1)
    if len(words) < 2:
        return None
    adjective = class_of(words[0].rsplit(" ", 1)[-1]) == "j"  # "economic growth"
    return Said(" ".join(words) if adjective else words[0], "noun of change after")


_INTO = frozenset("in on for of to".split())


def _is_next_label(clause: Clause, phrase: Phrase) -> bool:
    """Tell "Women 45% Men 55%": what follows the share is the label of the next."""
    upper = clause.text[clause.starts[phrase.first]].isupper()
    return upper and clause.codes[phrase.last + 1 : phrase.last + 2] == "q"


def _led(clause: Clause, lead: Lead, quantity: Quantity) -> Said | None:
    """Return what the words before the share say it is of: "a tariff of 40%"."""
    if lead.rule == "subject of another verb" and (
        not is_listed(lead.verb, "showing") or lead.thing is None or is_reporter(clause, lead.thing)
    ):
        return None
    if lead.rule == "noun before" and not lead.preposition:
        return None
    halved = quantity.unit == "fraction" and lead.change is not None  # "cut poverty in half"
    if lead.preposition in _PARTED and lead.preposition != "at" and not halved:
        return None
    rule = "subject" if lead.rule.startswith("subject") else lead.rule
    return said(clause, lead.thing, rule)


def _is_verb(clause: Clause, phrase: Phrase) -> bool:
    """Tell "one in nine experiences pain"."""
    single = clause.starts[phrase.first] + len(phrase.head) == clause.ends[phrase.last]
    return single and is_more_often_verb(phrase.head)
