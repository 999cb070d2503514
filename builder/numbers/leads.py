"""Reads what leads up to a figure: the verb or noun before it, what that is said of, and whether
it tells a growth or a fall: "overdose deaths fell by", "a decline in overdose deaths of".
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from builder.numbers.clauses import Clause
from builder.numbers.phrases import Phrase, is_listed, phrase_at, phrase_before, unmeasured
from builder.numbers.words import class_of
from builder.strict_yaml import load_data

Change = Literal["increase", "decrease"]
_VERBS = frozenset("VvEGTZX")
_STEPS = 24  # chunks before a verb in which its subject is sought
_FAR = 14  # chunks before "to" or "by" in which the verb of change is sought
_DEPTH = 2  # figures that a figure may go on from
_NEAR = 6  # chunks before a figure in which another stands that it goes on from


class Lead(NamedTuple):
    """What stands before a figure.

    `thing` is the phrase said to be measured; `again` that it is what the figure before measures,
    `pronoun` that a pronoun stands for it ("this represents an increase of").
    `verb` and `preposition` are the words right before the figure ("fell", "by"); `rule` names the
    way `thing` was found.
    """

    thing: Phrase | None = None
    change: Change | None = None
    rule: str = ""
    again: bool = False
    pronoun: bool = False
    verb: str = ""
    preposition: str = ""


@cache
def _directions(part: str) -> dict[str, Change]:
    claims = load_data("claims")
    rising = dict.fromkeys(claims[f"increase_{part}"], "increase")
    return rising | dict.fromkeys(claims[f"decrease_{part}"], "decrease")


def verb_change(verb: str) -> Change | None:
    """Return the direction that a form of a verb tells ("fell"), or None."""
    return _directions("verbs").get(verb)


def noun_change(noun: str) -> Change | None:
    """Return the direction that a noun tells ("decline"), or None."""
    return _directions("nouns").get(noun)


_LEADING = frozenset("by to from at up down for in under over of with near as worth".split())
_COMPARED = frozenset("compared relative versus than from against".split())
_TURNS: dict[str, Change] = {"up": "increase", "down": "decrease"}


def lead_of(clause: Clause, index: int, depth: int = 0) -> Lead:
    """Return what leads up to the figure in chunk `index`.

    `depth` counts the figures that were gone back over, as in "from 3 to 5, and to 7".
    """
    if depth > _DEPTH:
        return Lead()
    at, preposition, turn = _prepositions(clause, index - 1)
    if at < 0:
        return Lead(change=turn, preposition=preposition, again=turn is not None)
    base = _base_of_pair(clause, at) if preposition == "to" else -1
    if base >= 0:
        return lead_of(clause, base, depth + 1)._replace(preposition="to", again=True)
    code = clause.codes[at]
    if (turn and preposition == "from") or (code == "p" and clause.heads[at] in _COMPARED):
        return Lead(again=True, preposition="from")
    aside = _before_aside(clause, at) if code == "," and preposition in _ENDS else at
    if aside < at and clause.codes[aside - 1 : aside] == "N":
        at, code = aside - 1, "N"  # "cut the price of its thinner, Plavix, from"
    if code in "q,c–(" and preposition in ("to", "by"):
        return _goes_on(clause, at, preposition, depth)
    if code == "u" and clause.heads[at] in ("it", "them", "this", "that") and at > 0:
        change = verb_change(clause.heads[at - 1])  # "we are cutting it in half"
        return Lead(change=change, again=change is not None, preposition=preposition)
    if code in "qc(,–":
        return _after_mark(clause, at, index, Lead(change=turn, preposition=preposition), depth)
    found = Lead(change=turn, preposition=preposition)
    if code == "N":
        beside = None if preposition else _BESIDE.match(clause.text, clause.starts[index])
        if beside and (not beside["limit"] or is_listed(clause.heads[at], "limited")):
            preposition = "beside"  # "unemployment under 4 percent", "fines up to $10 million"
        found = _after_noun(clause, at, preposition, turn, depth)
    elif code in _VERBS:
        found = _after_verb(clause, at, preposition, turn)
    if found.change is None and preposition in ("to", "by"):
        return _far_change(clause, at, found) or found
    return found


_ENDS = ("to", "from", "by")
# A bound right behind a noun: "unemployment under 4 percent", "liabilities exceed $17 billion"
_BESIDE = re.compile(
    r"(?:now )?(?:under|above|below|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|topp?(?:s|ed|ing)"
    r"|approach(?:es|ed|ing)|near(?:s|ed|ing)|in excess|estimated (?:at|to be)"
    r"|not (?:to exceed|exceeding|more than|less than)|(?P<limit>up to|as (?:much|high) as)"
    r"|over(?= [$€£]| [0-9.]+ [a-z]+ dollars))\b"
)


def _goes_on(clause: Clause, at: int, preposition: str, depth: int) -> Lead:
    """Read "fell by a fifth to 11 percent", "…, to 10,500 tons", "and by 592,000 in the Union"."""
    before = clause.codes.rfind("q", max(0, at - _NEAR), at + 1)
    if before < 0:
        return _far_change(clause, at - 1, Lead(preposition=preposition)) or Lead()
    earlier = lead_of(clause, before, depth + 1)
    if earlier.change is None and earlier.thing is None and not earlier.again:
        far = _far_change(clause, at - 1, Lead(preposition=preposition))
        return far or Lead(again=True, preposition=preposition)
    return Lead(change=earlier.change, again=True, preposition=preposition)


def _prepositions(clause: Clause, at: int) -> tuple[int, str, Change | None]:
    """Skip what stands between a verb or noun and its number: "fell in 2023 by"."""
    preposition, turn = "", None
    if at >= 0 and clause.codes[at] == "N" and _is_empty(clause, at):
        at -= 1  # "will receive a total $39 billion"
    while at >= 0:
        code, head = clause.codes[at], clause.heads[at]
        if code == "p" and head == "between":
            pass  # "rose to between 5 and 7 percent"
        elif code in "pto" and head in _LEADING and (not preposition or head in _TURNS):
            if head in _TURNS:
                turn = _TURNS[head]
            preposition = preposition or head
            if preposition == "of":
                empty = _empty_before(clause, at)
                preposition, at = ("", empty) if empty < at else ("of", at)
        elif code == ")" and preposition:
            at = max(clause.codes.rfind("(", max(0, at - 8), at), 0)
        elif code == ")" and clause.codes[max(0, at - 3) : at - 1] == ":(":
            at -= 3  # "shall be at least: (i)"
        elif code != "Y" and not (code == "u" and (head in _ARTICLES or class_of(head) == "j")):
            break
        at -= 1
    return at, preposition, turn


def _empty_before(clause: Clause, of: int) -> int:
    """Return the first chunk of "a total of", "a new record high of", or `of` if there is none."""
    at = of
    while at > 0 and clause.codes[at - 1] in "Nu" and _is_empty(clause, at - 1):
        at -= 1
    return at


def _is_empty(clause: Clause, at: int) -> bool:
    words = clause.between(at, at).lower().split(" ")
    return all(is_listed(word, "empty") or word in _ARTICLES for word in words)


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


_WHO = ("wE", "wv", "wV")


def _after_noun(clause: Clause, at: int, preposition: str, turn: Change | None, depth: int) -> Lead:
    near = preposition in ("of", "beside")
    chain = phrase_before(clause, at, near=near, finite=preposition == "of")
    assert chain is not None  # the chunk is a noun phrase
    if preposition == "at" and clause.codes[max(0, chain.first - 2) : chain.first] in _WHO:
        chain = phrase_before(clause, chain.first - 3) or chain  # "people who use drugs"
    if preposition in ("of", "by", "to", "from", "at"):
        found = _noun_of_change(clause, chain, preposition)
        verb = clause.heads[chain.first - 1] if chain.first else ""
        turned = verb_change(verb) if found and preposition == "by" else None
        if turned:  # "slow the growth of premiums by 3 percent"
            return Lead(chain, turned, "object of the change", verb=verb, preposition=preposition)
        if found:
            return found
    first = chain.first
    while clause.codes[max(0, first - 2) : first] == "No":
        first -= 2  # "bringing the number of nominees to"
    before = clause.codes[first - 1 : first]
    verb = clause.heads[first - 1] if before and before in _VERBS else ""
    outer = clause.heads[first - 2] if first > 1 else ""
    outer_is_verb = first > 1 and clause.codes[first - 2] in _VERBS
    change = verb_change(verb) if preposition in ("by", "to", "from", "in", "at") else None
    if before == "p" and outer_is_verb and clause.heads[first - 1] in _TURNS:
        verb, change = outer, _TURNS[clause.heads[first - 1]]  # "driving down emissions by"
    if change:
        return Lead(chain, change, "object of the change", verb=verb, preposition=preposition)
    if before == "p" and preposition in ("by", "to", "from") and outer_is_verb:
        change = verb_change(outer)  # "fell among men by 10%"
        if change:
            subject = subject_of(clause, first - 2)
            return Lead(subject, change, "subject", verb=outer, preposition=preposition)
    if before == "c" and preposition == "by" and clause.codes[first - 2] == "q":
        change = lead_of(clause, first - 2, depth + 1).change  # "cars by 75% and ships by 65%"
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
        return _bare_noun(clause, chain.first - 1, change, preposition)
    return None


def _bare_noun(clause: Clause, verb: int, change: Change, preposition: str) -> Lead:
    """Read "…, an increase of", "arrests show a decline of", "the survey reported a fall of"."""
    rule = "noun of change before"
    code = clause.codes[verb] if verb >= 0 else ""
    if code in (",", "–", "(") or clause.heads[verb] in ("representing", "marking", "meaning"):
        return Lead(None, change, rule, again=True, preposition=preposition)
    if code not in _VERBS or not is_listed(clause.heads[verb], "showing"):
        return Lead(None, change, rule, preposition=preposition)
    if _has_pronoun(clause, verb):
        return Lead(None, change, rule, again=True, pronoun=True, preposition=preposition)
    subject = subject_of(clause, verb)
    tells = subject is not None and is_reporter(clause, subject)
    thing = None if tells else subject
    return Lead(thing, change, rule, again=tells, preposition=preposition)


def is_reporter(clause: Clause, phrase: Phrase) -> bool:
    """Tell whether a phrase names who tells of a figure: a survey, the police."""
    return (
        is_listed(phrase.head, "reporters")
        or clause.text[clause.ends[phrase.first] - len(phrase.head)].isupper()
    )


def _after_verb(clause: Clause, at: int, preposition: str, turn: Change | None) -> Lead:
    verb = clause.heads[at]
    change = verb_change(verb) or (turn if is_listed(verb, "turning") else None)
    told = change or is_listed(verb, "measuring") or clause.codes[at] == "X"
    if told and _is_aside(clause, at):
        fall = clause.codes[max(0, at - 5) : at - 2] == "NpN" and noun_change(clause.heads[at - 5])
        if fall:  # "a fall in the homicide rate, which is now 16% below"
            thing = _of_relative(clause, at - 3)
            return Lead(thing, change, "subject", again=True, verb=verb, preposition=preposition)
        return Lead(change=change, again=True, verb=verb, preposition=preposition)
    rule = "subject" if told else "subject of another verb"
    if told and _has_pronoun(clause, at):
        return Lead(
            None, change, rule, again=True, pronoun=True, verb=verb, preposition=preposition
        )
    totals = verb in ("amounting", "totaling", "totalling", "weighing")
    if (
        totals
        and clause.codes[at - 1 : at] == ","
        and "q" in clause.codes[max(0, at - _STEPS) : at]
    ):
        return Lead(change=change, again=True, verb=verb, preposition=preposition)
    subject = subject_of(clause, at)
    if change is None and subject and clause.codes[at] == "X":
        change = noun_change(subject.head)  # "the fuel tax increase will be 3 percent"
    return Lead(subject, change, rule, verb=verb, preposition=preposition)


def _has_pronoun(clause: Clause, verb: int) -> bool:
    return clause.codes[verb - 1 : verb] == "u" and clause.heads[verb - 1] in _PRONOUNS


_PRONOUNS = frozenset("it they this that these".split())


def _is_aside(clause: Clause, verb: int) -> bool:
    """Tell ", which was 12 more than": that speaks of the figure before."""
    before = clause.codes[max(0, verb - 2) : verb]
    return before == ",w" and "q" in clause.codes[max(0, verb - _STEPS) : verb]


def _after_mark(clause: Clause, at: int, index: int, known: Lead, depth: int) -> Lead:
    """Read ", up 5%", "(7 percent)", "(2020 – 543 kg)", "the harvest, $3 billion,"."""
    code, preposition = clause.codes[at], known.preposition
    if code == "q":
        again = known.change is not None or preposition in ("from", "with")
        return known._replace(again=again, preposition=preposition or "from")
    if code == "c":
        return _after_and(clause, at, index, known, depth)
    if code == "(":
        return _in_brackets(clause, at, known.change, depth)
    inside = clause.codes[max(0, at - 2) : at + 1] in ("(y–", "(Y–")
    if known.change and "q" not in clause.codes[max(0, at - _STEPS) : at]:
        verb = _verb_before(clause, at)  # "crossings declined to a new low, down 94 percent"
        subject = subject_of(clause, verb) if verb >= 0 else None
        return known._replace(thing=subject, rule="subject", again=subject is None)
    if known.change or inside or preposition in ("from", "with"):
        return known._replace(again=True)
    following = clause.codes[index + 1 : index + 2]
    closed = following in (",", ".", ")", "–", "") if code == "," else following == "–"
    if closed and not preposition and at > 0:
        return Lead(phrase_before(clause, at - 1), rule="apposition")
    return known


def _after_and(clause: Clause, at: int, index: int, known: Lead, depth: int) -> Lead:
    """Read "by 3.4 percent or 4,516", "12% of deaths in Estonia and 8% in Latvia"."""
    before = clause.codes.rfind("q", max(0, at - _NEAR), at)
    if before < 0:
        return known
    if before == at - 1 and clause.heads[at] == "or":
        return lead_of(clause, before, depth + 1)._replace(again=True)
    if clause.heads[at] != "or" and clause.codes[index + 1 : index + 2] not in ("p", "Y", "E"):
        return known._replace(again=False)
    earlier = lead_of(clause, before, depth + 1)
    return known._replace(again=True, change=known.change or earlier.change)


def _in_brackets(clause: Clause, at: int, turn: Change | None, depth: int) -> Lead:
    """Read "down 1,742 officers (5.4 percent)": the same fall, said again."""
    before = clause.codes.rfind("q", max(0, at - 3), at)
    named = before < 0 and clause.codes[at - 1 : at] == "N"
    if named and clause.text[clause.starts[at - 1]].islower():
        if is_listed(clause.heads[at - 1], "empty"):
            verb = _verb_before(clause, at)  # "inflation remains at a low level (1.2 percent"
            thing = subject_of(clause, verb) if verb >= 0 else None
            return Lead(thing, turn, "subject", preposition="at")
        thing = _of_relative(clause, at - 1)  # "sexual offences (up 1 percent)"
        return Lead(thing, turn, "noun before", preposition="at")
    if turn is None and before >= 0:
        earlier = lead_of(clause, before, depth + 1)
        if earlier.preposition in ("by", "", "up", "down"):
            turn = earlier.change
    return Lead(change=turn, again=True)


def _far_change(clause: Clause, at: int, found: Lead) -> Lead | None:
    """Read "increasing the wage that is paid by its contractors to": the verb stands far off."""
    for place in range(at, max(-1, at - _FAR), -1):
        code = clause.codes[place]
        if code in "q.:–()" or (code == "," and "c" not in clause.codes[place : place + 2]):
            return None
        change = verb_change(clause.heads[place]) if code in _VERBS else None
        if change is None:
            continue
        if clause.codes[place + 1 : place + 2] == "N":
            thing = phrase_at(clause, place + 1)
            thing = unmeasured(clause, thing) if thing else None
            return found._replace(thing=thing, change=change, rule="object of the change")
        subject = subject_of(clause, place)
        return found._replace(thing=subject, change=change, rule="subject", again=False)
    return None


def subject_of(clause: Clause, verb: int, *, joined: bool = True) -> Phrase | None:
    """Return the noun phrase that is the subject of the verb in a chunk, or None.

    `joined` says that it may be the subject of another verb before "and".
    """
    at = verb - 1
    finite = clause.codes[verb] == "G"  # "resulted in production reaching": there is another verb
    first = max(0, verb - _STEPS)
    while at >= first:
        code = clause.codes[at]
        if code == "N" and clause.codes[at + 1 : at + 3] == ",w":
            return _of_relative(clause, at)
        if code == "N":
            return _antecedent(clause, at, finite=finite)
        if code == ")":
            at = clause.codes.rfind("(", 0, at)
        elif code == ",":
            at = _before_aside(clause, at)
        elif code == "c":
            other = _verb_before(clause, at) if joined else -1  # "makes a third and fell by"
            return subject_of(clause, other, joined=False) if other >= 0 else None
        elif code not in "wXVZvETGYpty" or (code == "p" and clause.heads[at] not in _TURNS):
            return None
        at -= 1
    return None


def _of_relative(clause: Clause, at: int) -> Phrase:
    """Return what ", which has fallen" speaks of: the noun right before, with its "of"."""
    first = at
    while first > 1 and clause.codes[first - 2 : first] == "No":
        first -= 2
    return unmeasured(clause, Phrase(first, at, clause.heads[first]))


def _before_aside(clause: Clause, at: int) -> int:
    """Return the comma that opens ", which includes thefts," before the one at `at`, or `at`."""
    opening = clause.codes.rfind(",", max(0, at - 14), at)
    if opening < 0:
        return at
    inside = clause.codes[opening + 1 : at]
    return opening if inside.startswith("w") or not _VERBS.intersection(inside) else at


def _verb_before(clause: Clause, at: int) -> int:
    for place in range(at - 1, max(-1, at - _STEPS), -1):
        if clause.codes[place] in "VvEZX":
            return place
    return -1


def _antecedent(clause: Clause, at: int, *, finite: bool) -> Phrase | None:
    """Return the phrase at a chunk, or that of "people who die of overdoses", "who use drugs"."""
    phrase = phrase_before(clause, at, finite=finite)
    if phrase is None:
        return None
    before = clause.codes[max(0, phrase.first - 4) : phrase.first]
    if before in ("NtZt", "NtZp"):
        return phrase_before(clause, phrase.first - 4)  # "the wage to be paid to workers"
    before = before[-3:]
    if len(before) > 1 and before[-1] in "VvE" and before[-2] == "w":
        return phrase_before(clause, phrase.first - 3)
    if len(before) > 2 and before[-1] in "op" and before[-2] in "VvEZ" and before[-3] == "w":
        return phrase_before(clause, phrase.first - 4)
    return phrase
