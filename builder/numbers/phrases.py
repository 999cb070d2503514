"""Reads noun phrases with what belongs to them, forward and backward, in a clause's chunks."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from builder.numbers.clauses import Clause
from builder.numbers.units import units
from builder.numbers.words import is_plural
from builder.strict_yaml import load_data

_LINKS = 3  # phrases that "of", "in", "for" chain to one another
_LISTED = 10  # phrases of one list


class Phrase(NamedTuple):
    """A noun phrase by the numbers of its first and last chunk; `head` is its own last word."""

    first: int
    last: int
    head: str


class Said(NamedTuple):
    """Words of the text that say what a figure counts, and the rule that found them."""

    words: str
    rule: str

    def again(self) -> Said:
        """Return the same words as what a later figure counts."""
        return Said(self.words, "same as before it")


def is_when(clause: Clause, phrase: Phrase) -> bool:
    """Tell "71,000 the year before": the phrase says when, not what."""
    following = clause.heads[phrase.last + 1 : phrase.last + 2]
    return bool(following) and following[0] in _BEFORE and is_time(phrase.head)


_BEFORE = frozenset(("before", "earlier", "ago"))


@cache
def _lists() -> dict[str, frozenset[str]]:
    data, claims = load_data("phrases"), load_data("claims")
    change = [*claims["increase_nouns"], *claims["decrease_nouns"]]
    verbs = [*claims["increase_verbs"], *claims["decrease_verbs"]]
    lists = {name: frozenset(words) for name, words in data.items()}
    return lists | {"change": frozenset(change), "change_verbs": frozenset(verbs)}


def is_listed(word: str, name: str) -> bool:
    """Tell whether a word stands in a list of `phrases.yaml`, or tells a change ("increase")."""
    return word in _lists()[name]


def is_unit(words: str) -> bool:
    """Tell whether the words are a unit of measure ("kg", "percentage points") and no thing."""
    return words.lower() in units().words or words in units().marks


def is_time(word: str) -> bool:
    """Tell whether a word is a unit of time."""
    return units().words.get(word.lower(), ("", False, False))[1]


def phrase_at(clause: Clause, index: int, depth: int = 0) -> Phrase | None:
    """Return the noun phrase at a chunk, with what belongs to it, or None.

    `depth` counts the relations gone along: "grants for investment in ports".
    """
    if clause.codes[index : index + 1] != "N":
        return None
    if clause.codes[index + 1 : index + 2] in ("y", "q") and is_listed(
        clause.heads[index], "labels"
    ):
        return None  # "for Phase 3"
    return Phrase(index, _extended(clause, index, depth), clause.heads[index])


def _extended(clause: Clause, index: int, depth: int) -> int:
    """Return the last chunk of "lethal doses of fentanyl", "persons and entities"."""
    last = _with_second(clause, index)
    for _ in range(_LINKS):
        following = clause.codes[last + 1 : last + 4]
        if following.startswith("oN"):
            last = _with_second(clause, last + 2)
        elif following.startswith("oqo") and clause.codes[last + 4 : last + 5] == "N":
            last += 4  # "distribution of 500 tonnes of wheat"
        elif following.startswith("oGN"):
            last = _with_second(clause, last + 3)
        else:
            break
    if clause.heads[index] in _EFFORTS and clause.codes[last + 1 : last + 3] == "TN":
        return last + 2  # "efforts to strengthen biosafety"
    if is_listed(clause.heads[last], "bodies") and _names_on(clause, last):
        last += 2
    agreed = is_listed(clause.heads[index], "agreeing") and clause.heads[last + 1 : last + 2]
    if is_listed(clause.heads[index], "relational") or agreed == ["with"]:
        return _related(clause, last, depth)
    if clause.codes[last + 1 : last + 5] == "pNoq" and clause.heads[last + 2] == "age":
        return last + 4  # "children under the age of 5"
    if clause.codes[last + 1 : last + 3] == "pN" and clause.heads[last + 1] == "with":
        return last + 2 if is_listed(clause.heads[index], "persons") else last
    return last


_EFFORTS = frozenset(("effort", "efforts"))


def _names_on(clause: Clause, last: int) -> bool:
    """Tell "Office on Drugs", "International Organization for Migration": a name that goes on."""
    if clause.codes[last + 1 : last + 3] != "pN" or clause.heads[last + 1] not in _NAMED:
        return False
    body = clause.ends[last] - len(clause.heads[last])
    return clause.text[body].isupper() and clause.text[clause.starts[last + 2]].isupper()


_NAMED = frozenset(("for", "on", "against"))


def _related(clause: Clause, last: int, depth: int) -> int:
    """Return the last chunk of "investment in U.S. port infrastructure", "tariff on Canada"."""
    lead = last + 1
    related = clause.codes[lead : lead + 2] in ("pN", "tN") and clause.heads[lead] in _RELATIONS
    if related and clause.heads[lead] == "for" and _is_body(clause, lead + 1):
        return last  # "mandatory funding for the Department of State"
    inner = phrase_at(clause, lead + 1, depth + 1) if related and depth < _LINKS else None
    return inner.last if inner else last


def _is_body(clause: Clause, index: int) -> bool:
    name = clause.text[clause.starts[index]].isupper()
    return name and (is_listed(clause.heads[index], "bodies") or clause.heads[index].isupper())


_RELATIONS = frozenset("in on for from into against to with".split())
_JOINED = frozenset(("and", "or", "&"))


def _with_second(clause: Clause, index: int) -> int:
    """Join "persons and entities", "Customs and Border Protection"."""
    second = index + 2
    if clause.codes[index + 1 : index + 3] != "cN" or clause.heads[index + 1] not in _JOINED:
        return index
    if (
        clause.codes[second + 1 : second + 2] in ("v", "V", "X", "E", "Z")
        and "N" in clause.codes[second + 2 : second + 3]
    ):
        return index  # "… and Congress passed it"
    text = clause.text
    proper = text[clause.starts[second]].isupper() and text[clause.starts[index]].isupper()
    both = is_plural(clause.heads[index]) and is_plural(clause.heads[second])
    both = both and not _OWN.search(text, clause.ends[index], clause.starts[second])
    both = both and (not _is_surely_human(clause, index) or _is_human(clause, second))
    short = text.count(" ", clause.starts[second], clause.ends[second]) < 4
    return second if short and (proper or both) else index


_HUMAN = re.compile(r"(?:[eo]rs|ists|ians|ants|ees|men|dren|ents|nals|folk|people)$")


def _is_surely_human(clause: Clause, index: int) -> bool:
    """Tell "people" and "Australians", beside which nothing but people is counted."""
    head = clause.heads[index]
    name = clause.text[clause.ends[index] - len(head)].isupper() and head.endswith("ans")
    return name or is_listed(head, "persons")


def _is_human(clause: Clause, index: int) -> bool:
    """Tell whether a noun phrase may name people, as far as its head tells."""
    return _is_surely_human(clause, index) or _HUMAN.search(clause.heads[index]) is not None


def listed(clause: Clause, phrase: Phrase, *, plural: bool = False) -> Phrase:
    """Extend a phrase over its list: "prevention, treatment, and recovery services".

    With `plural`, only over nouns in the plural, or until the plural that a number asks for:
    "25 private sector, nonprofit, and philanthropic partners".
    """
    last = place = phrase.last
    needs = plural and not is_plural(phrase.head)
    for _ in range(_LISTED):
        lead = _ITEM.match(clause.codes, place + 1)
        item = phrase_at(clause, lead.end()) if lead else None
        if lead is None or item is None:
            break
        if plural and not needs and not is_plural(item.head):
            break
        if place == phrase.last and lead[0] == ",c":
            break  # "100,000 women, and high numbers of …"
        if plural and _OWN.search(clause.text, clause.ends[place], clause.starts[item.first]):
            break  # "two summits and her engagements"
        if plural and _is_surely_human(clause, phrase.first) and not _is_human(clause, item.first):
            break  # "four million people, natural resources, and ecosystems"
        place = item.last
        if clause.codes[item.first + 1 : item.last] == "c":
            last = place  # "men, women and children"
        if "c" in lead[0]:
            if needs and not is_plural(item.head):
                break
            return Phrase(phrase.first, place, item.head if needs else phrase.head)
    return Phrase(phrase.first, last, phrase.head)


_OWN = re.compile(r"\b(?:the|an?|his|her) ")
_ITEM = re.compile(r",c?|c")


def phrase_before(
    clause: Clause, last: int, *, near: bool = False, finite: bool = False
) -> Phrase | None:
    """Return the noun phrase that ends at a chunk, back over "of …", "in …", "seized at …".

    With `near`, only over the prepositions that stand between a noun and its own: "of", "for".
    With `finite`, a past form before it is the verb of the sentence and ends the phrase.
    """
    if last < 0 or clause.codes[last] != "N":
        return None
    first = last
    for _ in range(_LINKS):
        step = _link_before(clause, first, near=near, finite=finite)
        if not step:
            break
        first -= step
    return unmeasured(clause, Phrase(first, last, clause.heads[first]))


def unmeasured(clause: Clause, phrase: Phrase) -> Phrase:
    """Return a phrase without "the number of"."""
    first = phrase.first
    while first < phrase.last:
        measure = is_listed(clause.heads[first], "measures") and clause.codes[first + 1] == "o"
        empty = is_listed(clause.heads[first], "empty") and clause.codes[first + 1] in "op"
        if not (measure or empty):
            break
        first += 2  # "the number of overdose deaths", "a record for overdose deaths"
    return Phrase(first, phrase.last, clause.heads[first])


def _link_before(clause: Clause, first: int, *, near: bool, finite: bool) -> int:
    """Return how many chunks before `first` belong to the same phrase, 0 if none."""
    before = clause.codes[max(0, first - 3) : first]
    linked = not near or clause.heads[first - 1] in _NEAR
    if before.endswith(("No", "Np", "Nt")) and linked:
        return 2
    if before in ("Noq", "Npq") and clause.heads[first - 2] != "by":
        return 3  # "the rate in the 28 member states"
    changing = is_listed(clause.heads[first - 1], "change_verbs")
    if before in ("NoX", "NoG") or (before == "NpG" and clause.heads[first - 2] in _NEAR):
        return 0 if changing else 3  # "the risk of being a victim", "the cost of building homes"
    if before in ("NEp", "NGp") and not finite:
        return 0 if is_listed(clause.heads[first - 2], "change_verbs") else 3
    adjacent = clause.starts[first] == clause.ends[first - 1] + 1
    if before in ("oNc", "pNc") and adjacent and clause.codes[max(0, first - 4) : first - 3] == "N":
        return 2  # "energy use by buildings and vehicles"
    if before.endswith("Nc") and _is_proper(clause, first) and _is_proper(clause, first - 2):
        return 2  # "in England and Wales"
    return 0


def _is_proper(clause: Clause, index: int) -> bool:
    return clause.text[clause.starts[index]].isupper() and index > 0


_NEAR = frozenset("of in for on to from against among between".split())
_CHAINS = frozenset("of in for on to from with against among between at by into across per".split())


def said(clause: Clause, phrase: Phrase | None, rule: str) -> Said | None:
    """Return the words of a phrase as what a rule found, without marks at its ends."""
    if phrase is None:
        return None
    start, end = clause.starts[phrase.first], clause.ends[phrase.last]
    words = clause.text[start:end]
    if is_unit(words):
        return None
    return Said(words, rule)
