"""Finds what money is for, or what costs it: "$20 million to build clinics", "costs of $20"."""

from __future__ import annotations

import re

from builder.numbers.clauses import Clause
from builder.numbers.leads import Lead, noun_change
from builder.numbers.phrases import Phrase, Said, is_listed, is_when, listed, phrase_at, said
from builder.numbers.places import Place

_PURPOSES = frozenset("for toward towards into in on against".split())
_SPENT = re.compile(r"(?:[EZ]|V)(?:Y|p(?=Y))*")  # "announced today", "will be invested", "will go"
_ASIDES = frozenset("including along through".split())


def of_money(place: Place) -> Said | None:
    """Return what the money pays for or what it is the price of; None if nothing says."""
    clause, index, lead = place.clause, place.chunk, place.lead
    at = _beyond_asides(clause, index + 1)
    if _is_priced(clause, lead, at):
        return said(clause, lead.thing, lead.rule)
    found = _after(clause, at, lead.verb or clause.heads[index - 1])
    if found:
        return found
    spent = _SPENT.match(clause.codes, at)
    if spent:
        verb = clause.heads[spent.end() - 1]
        found = _purpose(clause, spent.end(), verb) or _recipient(clause, spent.end())
        if found:
            return found
    if lead.again or _is_compared(clause, at):
        led = None if lead.again else _led(clause, lead)  # "requests are $2 higher than in 2020"
        return place.again() or place.last_again() or led
    return _led(clause, lead)


def _is_compared(clause: Clause, at: int) -> bool:
    """Tell "$450 million a year more than in 2020"."""
    than = clause.codes[at - 1 : at + 1] == "up" and clause.heads[at] == "than"
    return than or (clause.codes[at : at + 2] == "up" and clause.heads[at + 1] == "than")


def _is_priced(clause: Clause, lead: Lead, at: int) -> bool:
    """Tell "an hourly wage of $15 for", "raised the cap to $5 million for", "checks for $1,400".

    `at` is the chunk behind the amount.
    """
    following = "".join(clause.heads[at : at + 1])
    if lead.thing is None:
        return False
    if lead.rule == "object of the change":
        return lead.preposition in ("to", "by", "from")
    if lead.again or lead.preposition == "worth":
        return True
    if following and clause.codes[at] == "N" and lead.preposition == "of":
        return False  # "part of a $1.5 billion investment"
    if following == "in" or is_listed(clause.heads[lead.thing.first], "givers"):
        return False  # "an investment of $5 million in ports"
    return lead.rule == "noun before" and lead.preposition in ("of", "for", "at")


def _beyond_asides(clause: Clause, at: int) -> int:
    while at < len(clause.codes):
        code = clause.codes[at]
        if clause.codes.startswith("py", at):
            at += 2  # "over seven years from 2024-25"
        elif clause.codes.startswith(("puoY", "poY"), at):
            at = clause.codes.index("Y", at) + 1  # "for each of fiscal years 2024 through 2028"
        elif code == "Y" or (code == "-" and clause.codes[at + 1 : at + 2] == "Y"):
            at += 1
        elif code == "p" and (beyond := _beyond_budget(clause, at)):
            at = beyond  # "in last year's Budget for"
        elif code == "(" and ")" in clause.codes[at : at + 12]:
            at = clause.codes.index(")", at) + 1
        elif code == "," and clause.heads[at + 1 : at + 2] and clause.heads[at + 1] in _ASIDES:
            end = clause.codes.find(",", at + 1, at + 10)
            if end < 0:
                return at
            at = end + 1
        elif code == ")" and "(" in clause.codes[max(0, at - 6) : at]:
            at += 1
        elif code == "p" and clause.heads[at] == "per" and clause.codes[at + 1 : at + 2] == "N":
            at += 2  # "$800 per person per year"
        elif code == "u" and clause.heads[at] in ("each", "more", "additional"):
            at += 1
        else:
            return at
    return at


def _beyond_budget(clause: Clause, at: int) -> int:
    """Skip "in the 2017-18 Budget", "over the forward estimates", "within the $9 request"."""
    noun = _BUDGET.match(clause.codes, at)
    if noun is None or clause.heads[at] not in _WITHIN:
        return 0
    end = noun.end()
    budget = is_listed(clause.heads[end - 1], "budgets")
    return end if budget and clause.codes[end : end + 1] in ("p", "T", "t") else 0


_WITHIN = frozenset("in under over within through from".split())
_BUDGET = re.compile(r"p(?:[uYky.]|N?q){0,3}N")


def _after(clause: Clause, at: int, verb: str) -> Said | None:
    """Read what stands behind the amount: "of federal funds", "grant to …", "for ports"."""
    codes = clause.codes
    if codes.startswith("-", at) or clause.text[clause.ends[at - 1] :][:7] == "' worth":
        at += 1
    if codes.startswith("po", at) and clause.heads[at] == "worth":
        at += 1
    if codes.startswith("o", at):
        inner = phrase_at(clause, at + 1 + (codes[at + 1 : at + 2] == "q"))
        return said(clause, listed(clause, inner), "noun after the number") if inner else None
    phrase = phrase_at(clause, at)
    if phrase and not is_when(clause, phrase):
        if noun_change(phrase.head):
            return _increase(clause, phrase)
        return said(clause, phrase, "noun after the number")
    source = _SOURCE.match(codes, at)
    if source and clause.heads[at] in _SOURCES and not _is_name_on(clause, source.end()):
        at = source.end()  # "$40 billion from two firms to build power plants"
    return _purpose(clause, at, verb) or _recipient(clause, at)


def _is_name_on(clause: Clause, at: int) -> bool:
    """Tell "for America" in "through the Rural Energy for America Program"."""
    return clause.codes.startswith("pN", at) and clause.text[clause.starts[at + 1]].isupper()


_SOURCES = frozenset("from through under by via".split())
_SOURCE = re.compile(r"p(?:qN|N)(?:(?:,?c|p|o)N){0,3}(?=T|t|p)")


def _increase(clause: Clause, noun: Phrase) -> Said | None:
    """Read "$300 million increase for the agency", "… increase to support the work of …"."""
    if noun.last > noun.first:
        return Said(clause.between(noun.first + 2, noun.last), "noun of change after")
    at = noun.first + 1
    lead = clause.codes[at : at + 1]
    if lead and lead in "ptT":
        return said(clause, phrase_at(clause, at + 1), "noun of change after")
    return None


def _purpose(clause: Clause, at: int, verb: str = "") -> Said | None:
    """Read "in inspection equipment", "toward building homes", "to stop the flow of …"."""
    codes = clause.codes
    lead = codes[at : at + 1]
    if lead == "T":
        return _infinitive(clause, at)
    if lead == "t" and codes[at + 1 : at + 2] == "G":
        return _done(clause, at + 1)
    if lead != "p" or clause.heads[at] not in _PURPOSES:
        return None
    if codes[at + 1 : at + 2] == "G":
        return _done(clause, at + 1)
    at_noun = at + 1 + (codes[at + 1 : at + 2] == "Y") + (codes[at + 1 : at + 2] == "q")
    phrase = phrase_at(clause, at_noun)
    if phrase is None or clause.heads[at_noun] in _TOTALS:
        return _purpose(clause, at_noun + 1) if phrase else None
    doing = clause.heads[at] == "for" and codes.startswith("T", phrase.last + 1)
    if doing and _is_name(clause, phrase):
        return _infinitive(clause, phrase.last + 1)  # "for the CDC to enhance systems"
    if clause.heads[at] == "in" and _is_name(clause, phrase) and verb not in _INVESTING:
        # "in U.S. Customs and Border Protection for border technology", "in Ohio"
        following = phrase.last + 1
        at_place = (
            clause.codes[following : following + 1] == "p" and clause.heads[following] == "in"
        )
        return None if at_place else _purpose(clause, following)
    return said(clause, listed(clause, phrase), "purpose of the money")


_TOTALS = frozenset(
    "average cases instances total all sum full size value length area scope".split()
)


_INVESTING = frozenset("invest invests invested investing".split())


def _is_name(clause: Clause, phrase: Phrase) -> bool:
    """Tell "Ohio" from "U.S. port infrastructure"."""
    words = clause.between(phrase.first, phrase.first).split(" ")
    return words[0][0].isupper() and words[-1][0].isupper()


def _done(clause: Clause, verb: int) -> Said | None:
    """Read the object of "building homes", or of "responding to emergencies"."""
    at = verb + 1 + (clause.codes[verb + 1 : verb + 2] in ("p", "t"))
    phrase = phrase_at(clause, at + (clause.codes[at : at + 1] == "q"))
    return said(clause, listed(clause, phrase), "purpose of the money") if phrase else None


def _infinitive(clause: Clause, at: int) -> Said | None:
    codes = clause.codes
    verb = clause.heads[at]
    place = at + 1
    if codes[place : place + 1] == "T":
        verb, place = clause.heads[place], place + 1  # "to continue to provide funding"
    while codes[place : place + 2] == "cv":  # "to repair and improve stations"
        verb = verb if is_listed(verb, "acquiring") else clause.heads[place + 1]
        place += 2
    particles = 0
    while codes[place : place + 1] in ("p", "t") and particles < 2:
        place, particles = place + 1, particles + 1
    counted = codes[place : place + 1] == "q"
    phrase = phrase_at(clause, place + counted + codes.startswith("qo", place))
    if phrase is None:
        return None
    whole = listed(clause, phrase)
    if verb in _ENABLING and codes.startswith("T", whole.last + 1):
        return _infinitive(clause, whole.last + 1)  # "to enable the CDC to expand efforts"
    if particles or counted or is_listed(verb, "acquiring"):
        return said(clause, whole, "purpose of the money")
    verb_start = clause.ends[at] - len(clause.heads[at])
    return Said(clause.text[verb_start : clause.ends[whole.last]], "purpose of the money")


_ENABLING = frozenset("enable allow permit help assist encourage empower".split())


def _recipient(clause: Clause, at: int) -> Said | None:
    """Read "to cities and states", and the purpose behind it if there is one."""
    if clause.codes[at : at + 1] != "t":
        return None
    at += 2 * (clause.codes.startswith("Noq", at + 1) and is_listed(clause.heads[at + 1], "empty"))
    counted = clause.codes[at + 1 : at + 2] == "q"  # "to a total of 663 projects"
    phrase = phrase_at(clause, at + 1 + counted)
    if phrase is None:
        return None
    whole = listed(clause, phrase)
    behind = clause.codes[whole.last + 1 : whole.last + 2]
    if behind == "T" and _is_name(clause, phrase):
        helped = _purpose(clause, whole.last + 1)  # "allocated to Africa to support people"
        return helped or said(clause, whole, "receiver of the money")
    if behind == "p" and clause.heads[whole.last + 1] == "for":
        return _purpose(clause, whole.last + 1)
    return said(clause, whole, "receiver of the money")


def _led(clause: Clause, lead: Lead) -> Said | None:
    """Return what the words before the amount say it is: "costs of $20", "worth $5 million"."""
    if lead.rule == "subject of another verb" or lead.preposition in (
        "in",
        "with",
        "over",
        "under",
    ):
        return None
    if lead.rule == "noun before" and not lead.preposition:
        return None
    return said(clause, lead.thing, lead.rule)
