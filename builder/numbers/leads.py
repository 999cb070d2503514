"""Reads what leads up to a figure: the verb or noun before it, what that is said of, and whether
it tells a growth or a fall: "overdose deaths fell by", "a decline in overdose deaths of".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from builder.numbers.clauses import Clause
from builder.numbers.phrases import Phrase, is_listed, phrase_before
from builder.strict_yaml import load_data

Change = Literal["increase", "decrease"]
_VERBS = frozenset("VvEGTZX")
_STEPS = 24  # chunks before a verb in which its subject is sought
_FAR = 14  # chunks before "to" or "by" in which the verb of change is sought


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands before a figure.

    `thing` is the phrase said to be measured; `again` that it is what the figure before measures.
    `verb` and `preposition` are the words right before the figure ("fell", "by"); `rule` names the
    way `thing` was found.
    """

    thing: Phrase | None = None
    change: Change | None = None
    rule: str = ""
    again: bool = False
    verb: str = ""
    preposition: str = ""


@cache
def _directions(part: str) -> dict[str, Change]:
    claims = load_data("claims")
    rising = dict.fromkeys(claims[f"increase_{part}"], "increase")
    return rising | dict.fromkeys(claims[f"decrease_{part}"], "decrease")  # type: ignore[return-value]  # the two literals above


def verb_change(verb: str) -> Change | None:
    """Return the direction that a form of a verb tells ("fell"), or None."""
    return _directions("verbs").get(verb)


def noun_change(noun: str) -> Change | None:
    """Return the direction that a noun tells ("decline"), or None."""
    return _directions("nouns").get(noun)


_LEADING = frozenset("by to from at up down for in under over of with near as worth".split())
_COMPARED = frozenset("compared relative versus than from against".split())
_TURNS: dict[str, Change] = {"up": "increase", "down": "decrease"}


def lead_of(clause: Clause, index: int) -> Lead:
    """Return what leads up to the figure in chunk `index`."""
    at, preposition, turn = _prepositions(clause, index - 1)
    if at < 0:
        return Lead(change=turn, preposition=preposition, again=turn is not None)
    base = _base_of_pair(clause, at) if preposition == "to" else -1
    if base >= 0:
        return replace(lead_of(clause, base), preposition="to", again=True)
    code = clause.codes[at]
    if code == "q" or (code == "p" and clause.heads[at] in _COMPARED):
        again = code == "p" or preposition in ("to", "from", "up", "down", "with")
        if code == "q" and preposition == "to":
            turn = lead_of(clause, at).change  # "fell by a fifth to 11 percent"
        return Lead(again=again, change=turn, preposition=preposition or "from")
    found = Lead(change=turn, preposition=preposition)
    if code == "N":
        found = _after_noun(clause, at, preposition, turn)
    elif code in _VERBS:
        found = _after_verb(clause, at, preposition, turn)
    elif code == "c" and clause.codes[index + 1 : index + 2] == "p":
        return Lead(again="q" in clause.codes[max(0, at - 6) : at])  # "and 8% in Latvia"
    elif code in "(,–":
        return _after_mark(clause, at, index, preposition, turn)
    if found.change is None and preposition in ("to", "by"):
        return _far_change(clause, at, found) or found
    return found


def _prepositions(clause: Clause, at: int) -> tuple[int, str, Change | None]:
    """Skip what stands between a verb or noun and its number: "fell in 2023 by"."""
    preposition, turn = "", None
    while at >= 0:
        code, head = clause.codes[at], clause.heads[at]
        if code in "pto" and head in _LEADING and (not preposition or head in _TURNS):
            if head in _TURNS:
                turn = _TURNS[head]
            preposition = preposition or head
        elif preposition == "of" and code == "N" and _is_empty(clause, at):
            preposition = ""  # "seized a total of", "reached a record high of"
        elif preposition == "of" and code == "u" and is_listed(head, "empty"):
            preposition = ""
            while at > 0 and clause.codes[at - 1] == "u":  # "a new high of"
                at -= 1
        elif code == ")" and preposition:
            at = max(clause.codes.rfind("(", max(0, at - 8), at), 0)
        elif code != "Y" and not (code == "u" and head in _ARTICLES):
            break
        at -= 1
    return at, preposition, turn


def _is_empty(clause: Clause, at: int) -> bool:
    words = clause.between(at, at).lower().split(" ")
    return all(is_listed(word, "empty") for word in words)


# "from 685 tons of opium in 1993 to"
_PAIR = re.compile(r"pq(?:oN|N|oNpN)?$")


def _base_of_pair(clause: Clause, at: int) -> int:
    """Return the chunk of the first figure of "from … to", or -1."""
    first = max(0, at - 5)
    pair = _PAIR.search(clause.codes[first : at + 1])
    if pair is None or clause.heads[first + pair.start()] != "from":
        return -1
    return first + pair.start() + 1


_ARTICLES = frozenset("a an the another more additional its".split())


def _after_noun(clause: Clause, at: int, preposition: str, turn: Change | None) -> Lead:
    chain = phrase_before(clause, at, near=preposition == "of")
    assert chain is not None  # the chunk is a noun phrase
    if preposition in ("of", "by", "to", "from", "at"):
        found = _noun_of_change(clause, chain, preposition)
        if found:
            return found
    before = clause.codes[chain.first - 1 : chain.first]
    verb = clause.heads[chain.first - 1] if before and before in _VERBS else ""
    outer = clause.heads[chain.first - 2] if chain.first > 1 else ""
    outer_is_verb = chain.first > 1 and clause.codes[chain.first - 2] in _VERBS
    change = verb_change(verb) if preposition in ("by", "to", "from", "in", "at") else None
    if before == "p" and outer_is_verb and clause.heads[chain.first - 1] in _TURNS:
        verb, change = outer, _TURNS[clause.heads[chain.first - 1]]  # "driving down emissions by"
    if change:
        return Lead(chain, change, "object of the change", verb=verb, preposition=preposition)
    if before == "p" and preposition in ("by", "to", "from") and outer_is_verb:
        change = verb_change(outer)  # "fell among men by 10%"
        if change:
            subject = subject_of(clause, chain.first - 2)
            return Lead(subject, change, "subject", verb=outer, preposition=preposition)
    if before == "c" and preposition == "by" and clause.codes[chain.first - 2] == "q":
        change = lead_of(clause, chain.first - 2).change  # "cars by 75% and ships by 65%"
        return Lead(chain, change, "object of the change", preposition=preposition)
    return Lead(chain, turn, "noun before", verb=verb, preposition=preposition)


def _noun_of_change(clause: Clause, chain: Phrase, preposition: str) -> Lead | None:
    """Read "decline in overdose deaths of", "an increase of"."""
    for place in range(chain.last, chain.first - 1, -1):
        change = noun_change(clause.heads[place]) if clause.codes[place] == "N" else None
        if change is None:
            continue
        if place < chain.last and clause.codes[place + 1] in "pot":
            stop = clause.codes.find("E", place + 2, chain.last)
            last = stop - 1 if stop > 0 else chain.last
            inner = Phrase(place + 2, last, clause.heads[place + 2])
            return Lead(inner, change, "noun of change before", preposition=preposition)
        subject = subject_of(clause, chain.first - 1) if chain.first else None
        return Lead(subject, change, "noun of change before", preposition=preposition)
    return None


def _after_verb(clause: Clause, at: int, preposition: str, turn: Change | None) -> Lead:
    verb = clause.heads[at]
    change = verb_change(verb) or turn
    told = change or is_listed(verb, "measuring") or clause.codes[at] == "X"
    if told and _is_aside(clause, at):
        return Lead(change=change, again=True, verb=verb, preposition=preposition)
    rule = "subject" if told else "subject of another verb"
    subject = subject_of(clause, at)
    if change is None and subject and clause.codes[at] == "X":
        change = noun_change(subject.head)  # "the fuel tax increase will be 3 percent"
    return Lead(subject, change, rule, verb=verb, preposition=preposition)


def _is_aside(clause: Clause, verb: int) -> bool:
    """Tell ", which was 12 more than": that speaks of the figure before."""
    before = clause.codes[max(0, verb - 2) : verb]
    return before == ",w" and "q" in clause.codes[max(0, verb - _STEPS) : verb]


def _after_mark(clause: Clause, at: int, index: int, preposition: str, turn: Change | None) -> Lead:
    """Read ", up 5%", "(7 percent)", "(2020 – 543 kg)", "the harvest, $3 billion,"."""
    code = clause.codes[at]
    inside = clause.codes[max(0, at - 2) : at + 1] in ("(y–", "(Y–")
    if turn or code == "(" or inside or preposition in ("from", "with"):
        return Lead(change=turn, again=True, preposition=preposition)
    closed = clause.codes[index + 1 : index + 2] in (",", ".", ")", "–", "")
    if code == "," and closed and not preposition and at > 0:
        return Lead(phrase_before(clause, at - 1), rule="apposition")
    return Lead(preposition=preposition)


def _far_change(clause: Clause, at: int, found: Lead) -> Lead | None:
    """Read "increasing the wage that is paid by its contractors to": the verb stands far off."""
    for place in range(at, max(0, at - _FAR), -1):
        code = clause.codes[place]
        if code in "q.:–()" or (code == "," and "c" not in clause.codes[place : place + 2]):
            return None
        change = verb_change(clause.heads[place]) if code in _VERBS else None
        if change and clause.codes[place + 1 : place + 2] == "N":
            thing = Phrase(place + 1, place + 1, clause.heads[place + 1])
            return replace(found, thing=thing, change=change, rule="object of the change")
    return None


def subject_of(clause: Clause, verb: int) -> Phrase | None:
    """Return the noun phrase that is the subject of the verb in a chunk, or None."""
    marks = 0
    at = verb - 1
    while at >= max(0, verb - _STEPS):
        code = clause.codes[at]
        if code == "N":
            return _antecedent(clause, at)
        if code == ")":
            at = clause.codes.rfind("(", 0, at)
        elif code == ",":
            marks += 1
        elif code not in "wXVZvETGYp" or (code == "p" and clause.heads[at] not in _TURNS):
            return None
        if marks > 1:
            return None
        at -= 1
    return None


def _antecedent(clause: Clause, at: int) -> Phrase | None:
    """Return the phrase at a chunk, or that of "people who die of overdoses", "who use drugs"."""
    phrase = phrase_before(clause, at)
    if phrase is None:
        return None
    before = clause.codes[max(0, phrase.first - 3) : phrase.first]
    if len(before) > 1 and before[-1] in "VvE" and before[-2] == "w":
        return phrase_before(clause, phrase.first - 3)
    if len(before) > 2 and before[-1] in "op" and before[-2] in "VvEZ" and before[-3] == "w":
        return phrase_before(clause, phrase.first - 4)
    return phrase
