"""Names of persons that the words around them tell, whatever the given name.

"Ami Bera, D-Calif.", "Jonas Okello, 34, was", "Ilze Kalns, the head of", '," said Ilze Kalns,',
"journalists Ama Osei and …". Knowledge of the words is in `data/person_words.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from builder.naming.document_words import DocumentWords
from builder.naming.phrases import Phrases
from builder.naming.runs import opens, starts_sentence
from builder.naming.typography import capitals
from builder.strict_yaml import load_data

_WINDOW = 70
# behind a name: party and state; an age; what a nominee is to be
_BEHIND = re.compile(
    r"(?P<party>(?:, | \()[DRI]-(?:[A-Z]{2}\b|[A-Z][a-z]))"
    r"|(?P<age>(?:, | \()(?:aged? )?[1-9]\d(?:,(?! \d)|\)|[.;](?! ?\d)| and\b))"
    r"|(?P<nominee>(?: I{2,3}| IV|, [JS]r\.)?, (?:of (?:the )?[A-Z][a-z]+"
    r"(?: (?:of )?[A-Z][a-z]+){0,3}, to be\b|(?:Nominee|nominee) (?:for|to)\b))"
)
_RULES = {
    "party": "party and state behind the name",
    "age": "age behind the name",
    "nominee": "nominee for an office",
}
# ", " or " (" behind a capitalized word, before what may tell a person
_MARK = re.compile(r"(?:, (?=[DRINa1-9o])| \((?=[DRI]-|a|[1-9]\d\))| I{1,2}[IV],)")
# "the former ", "its deputy assistant ", "UNODC's ": what may stand between a comma and an office
_BETWEEN = re.compile(
    r"(?:(?:the|an?|his|her|its|our|their|then|now|former|acting|incoming|outgoing|current)\b ?"
    r"|(?:(?:[A-Z]\.)+|[A-Z][\w&'-]*|and|of|for|the|to|in|&) ?|[a-z\d][\w'-]* ){0,7}"
)
_ARTICLED = re.compile(r"(?:the|an?|his|her|its|our|their|then|former|acting) ")
_OFFICE_END = re.compile(r"[,.;)]| (?:of|for|at|and|to|in|with|who|said|on|emeritus|designate)\b|$")
# "Oriel M. Tamsin has been": a middle initial and what persons do; not "Hepatitis C. Care is"
_INITIALED = re.compile(
    r"(?<![\w.'&-])(?!(?:Hepatitis|Vitamin|Plan|Appendix|Schedule|Part|Section|Annex|Exhibit|Type|Class"
    r"|Grade|Category|Group|Tier|Phase|Table|Figure|Influenza|Title|War|Chapter|Article|Option)\b)"
    r"[A-Z][a-z]{2,} [A-HJ-UWYZ]\. (?P<last>[A-Z][a-z]+(?:-[A-Z][a-z]+)?)"
    r"(?=: |, | \(| (?:has (?:been|served|worked)|serves|served|joined|graduated|received|said"
    r"|worked|is|was|and|to|as|for)\b|$)"
)
_INITIALS = tuple("ABCDEFGHJKLMNOPQRSTUWYZ")
_PLACE_BEFORE = re.compile(r"\b(?:[Ii]n|[Aa]t|[Ff]rom|[Nn]ear|[Oo]f|[Ff]or|[Tt]he) $")
# '," said Ilze Kalns, who'
_QUOTED = re.compile(r"[,.?!]['\"] (?:said|says|added) (?=[A-Z])")


# "I am Ilze Kalns with Baltic News": who asks
_SELF = re.compile(r"I(?<!\wI)(?: am|'m)(?= [A-Z])")
_SELF_END = re.compile(r" (?:from|with|of|at)\b")


@dataclass(frozen=True, slots=True)
class Told:
    """Where a name stands that its surroundings tell: its block, its offsets, the rule that tells.

    `end` is 0 where only the beginning is told.
    """

    block: int
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class _Words:
    """What persons are and do: the words beside a name that give it away."""

    offices: frozenset[str]
    deeds: Phrases
    roles: Phrases


@cache
def _words() -> _Words:
    data = load_data("person_words")
    return _Words(
        offices=frozenset(data["offices"]),
        deeds=Phrases(data["deeds"]),
        roles=Phrases([*_both_cases(data["roles"]), *data["before"]]),
    )


def _both_cases(roles: list[str]) -> Iterator[str]:
    for role in roles:
        yield from (role, f"{role}s", role[0].upper() + role[1:])


@cache
def _name() -> str:
    word = rf"[{capitals()}](?:'[{capitals()}]?|[^\W\d_])[^\W\d_]*(?:['-][{capitals()}]?[^\W\d_]+)*"
    particle = "|".join(sorted(load_data("titles")["particles"], key=len, reverse=True))
    return rf"{word}(?: [A-Z]\.)*(?: (?:(?:{particle}) )?{word}){{1,3}}"


@cache
def _one_or_two() -> re.Pattern[str]:
    """Return the pattern of one or two names: " Ama Osei and Ilze Kalns"."""
    return re.compile(rf" (?P<one>{_name()})(?:(?: and|,) (?P<two>{_name()}))?")


@cache
def _name_end() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.'&-])(?P<before>[{capitals()}][\w'.-]* )??(?P<name>{_name()})$")


def told_names(words: DocumentWords) -> Iterator[Told]:
    """Yield where names stand that their surroundings tell, what tells most first."""
    yield from _marked(words)
    yield from _initialed(words)
    for block, at, _ in words.where(("said", "says", "added")):
        quoted = _QUOTED.match(words.texts[block], max(0, at - 3))
        if quoted:
            yield Told(block, quoted.end(), 0, "name after what was said")
    for self in _SELF.finditer(words.text):
        block, begin = words.block_at(self.start())
        text = words.texts[block]
        match = _one_or_two().match(text, self.end() - begin)
        if match and _SELF_END.match(text, match.end("one")):
            yield Told(block, *match.span("one"), "role before the name")
    yield from _in_office(words)
    yield from _doing(words)
    for block, at, role in _words().roles.places(words):
        text = words.texts[block]
        # "the Corps of Engineers Cold Regions Laboratory", "Teacher Appreciation Week"
        alone = role[0].islower() or role in ("CEO", "By") or starts_sentence(text, at)
        match = _one_or_two().match(text, at + len(role)) if alone else None
        for group in ("one", "two") if match else ():
            if match and match[group]:
                yield Told(block, *match.span(group), "role before the name")


def _ending(words: DocumentWords, block: int, end: int, rule: str) -> Iterator[Told]:
    """Yield the name that ends at `end`, unless the word before it tells a place."""
    text = words.texts[block]
    low = max(0, end - _WINDOW)
    name = _name_end().search(text[low:end])
    if name and (not name["before"] or name["before"].rstrip(" .") in _words().offices):
        start = low + name.start("name")
        first = text[start:end].split()[0]
        if opens(first):
            start += len(first) + 1
        if not _PLACE_BEFORE.search(text[max(0, start - 12) : start]):
            yield Told(block, start, end, rule)


def _marked(words: DocumentWords) -> Iterator[Told]:
    """Yield the names whose party, age or nomination stands behind them."""
    for mark in _MARK.finditer(words.text):
        behind = _BEHIND.match(words.text, mark.start())
        if behind:
            block, begin = words.block_at(mark.start())
            rule = _RULES[behind.lastgroup or ""]
            yield from _ending(words, block, mark.start() - begin, rule)


def _in_office(words: DocumentWords) -> Iterator[Told]:
    """Yield the names behind which an office stands: ", UNODC Regional Representative, "."""
    offices = _words().offices
    for block, at, word in words.where(offices & words.places.keys()):
        text = words.texts[block]
        comma = text.rfind(", ", max(0, at - _WINDOW), at)
        if comma < 0 or not _OFFICE_END.match(text, at + len(word)):
            continue
        between = text[comma + 2 : at]
        if _BETWEEN.fullmatch(between) and (word[0].isupper() or _ARTICLED.match(between)):
            yield from _ending(words, block, comma, "office behind the name")


def _doing(words: DocumentWords) -> Iterator[Told]:
    """Yield the names before what persons are and do: "graduated", ", who"."""
    for block, at, deed in _words().deeds.places(words):
        text = words.texts[block]
        end = at - 2 if text[at - 2 : at] == ", " else at - 1
        if end > 3 and text[end - 1].isalpha() and (end == at - 1 or deed in ("who", "whose")):
            yield from _ending(words, block, end, "what persons do behind the name")


def _initialed(words: DocumentWords) -> Iterator[Told]:
    """Yield the names with a middle initial before what persons do."""
    for block, at, _ in words.where(_INITIALS):
        text = words.texts[block]
        if text[at - 1 : at] == " " and text[at + 1 : at + 3] == ". ":
            start = text.rfind(" ", 0, at - 1) + 1
            match = _INITIALED.match(text, start)
            if match:
                yield Told(block, start, match.end(), "middle initial before what persons do")
