"""Names of persons that the words around them tell, whatever the given name.

"Ami Bera, D-Calif.", "Jonas Okello, 34, was", '," said Ilze Kalns,', "journalists Ama Osei and …".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from builder.naming.document_words import DocumentWords
from builder.naming.typography import capitals
from builder.strict_yaml import load_data

# behind a name: party and state; an age; what a nominee is to be; an office held
_PARTY = r"(?:, | \()[DRI]-(?:[A-Z]{2}\b|[A-Z][a-z])"
_AGE = r", (?:aged? )?[1-9]\d(?:,(?! \d)|\)| and\b)"
_NOMINEE = (
    r"(?: I{2,3}| IV|, [JS]r\.)?, of (?:the )?[A-Z][a-z]+(?: (?:of )?[A-Z][a-z]+){0,3}, to be\b"
)
_RULES = {
    "party": "party and state behind the name",
    "age": "age behind the name",
    "nominee": "nominee for an office",
}
# ", " or " (" behind a capitalized word, before what may tell a person
_MARK = re.compile(r"(?:, (?=[A-Zao1-9])| \((?=[DRI]-)| I{1,2}[IV],)")
_BEHIND = re.compile(rf"(?P<party>{_PARTY})|(?P<age>{_AGE})|(?P<nominee>{_NOMINEE})")
_WINDOW = 60
# "Oriel M. Tamsin has been": a middle initial and what persons do; not "Hepatitis C. Care is"
_INITIALED = re.compile(
    r"(?<![\w.'&-])(?!(?:Hepatitis|Vitamin|Plan|Appendix|Schedule|Part|Section|Annex|Exhibit|Type|Class"
    r"|Grade|Category|Group|Tier|Phase|Table|Figure|Influenza|Title|War|Chapter|Article|Option)\b)"
    r"[A-Z][a-z]{2,} [A-HJ-UWYZ]\. (?P<last>[A-Z][a-z]+(?:-[A-Z][a-z]+)?)"
    r"(?=: | (?:has (?:been|served|worked)|serves|served|joined|graduated|received|said|worked)\b)"
)
_INITIALS = tuple("ABCDEFGHJKLMNOPQRSTUWYZ")
_PLACE_BEFORE = re.compile(r"\b(?:[Ii]n|[Aa]t|[Ff]rom|[Tt]o|[Nn]ear|of|for|the) $")
# '," said Ilze Kalns, who'
_QUOTED = re.compile(r"[,.?!]['\"] (?:said|says|added) (?=[A-Z])")


@cache
def _name() -> str:
    word = rf"[{capitals()}][^\W\d_]+(?:['-][{capitals()}]?[^\W\d_]+)*"
    return rf"{word}(?: [A-Z]\.)?(?: {word}){{1,2}}"


@dataclass(frozen=True, slots=True)
class Told:
    """Where a name stands that its surroundings tell: its block, its offsets, the rule that tells.

    `end` is 0 where only the beginning is told.
    """

    block: int
    start: int
    end: int
    rule: str


@cache
def _name_end() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.'&-])(?<![A-Z][a-z] ){_name()}$")


@cache
def _office() -> re.Pattern[str]:
    """Return the pattern of an office behind a name: ", UNODC Regional Representative, "."""
    held = "|".join(load_data("titles")["held"])
    return re.compile(
        rf", (?:[A-Z]{{2,8}}(?:'s)? )?(?:[A-Z][a-z-]+ ){{0,3}}(?:{held})(?=,| of | for | at )"
    )


@cache
def _roles() -> Mapping[str, re.Pattern[str]]:
    """Return, by word, the pattern of names behind what persons are: "analysts A B and C D"."""
    names = rf" (?P<one>{_name()})(?:(?: and|,) (?P<two>{_name()}))?"
    roles = [form for role in load_data("titles")["roles"] for form in (role, f"{role}s")]
    words = [form for role in roles for form in (role, role.capitalize())]
    return {word.partition("-")[0]: re.compile(rf"{re.escape(word)}{names}") for word in words}


def told_names(words: DocumentWords) -> Iterator[Told]:
    """Yield where names stand that their surroundings tell, in no order."""
    yield from _told_behind(words)
    yield from _initialed(words)
    for block, at, _ in words.where(("said", "says", "added")):
        quoted = _QUOTED.match(words.texts[block], max(0, at - 3))
        if quoted:
            yield Told(block, quoted.end(), 0, "name after what was said")
    roles = _roles()
    for block, at, word in words.where(roles.keys() & words.places.keys()):
        match = roles[word].match(words.texts[block], at)
        for group in ("one", "two") if match and words.texts[block][at - 1 : at] != "-" else ():
            if match and match[group]:
                yield Told(block, *match.span(group), "role before the name")


def _told_behind(words: DocumentWords) -> Iterator[Told]:
    """Yield the names whose party, age, nomination or office stands behind them."""
    for mark in _MARK.finditer(words.text):
        at = mark.start()
        behind = _BEHIND.match(words.text, at)
        rule = _RULES[behind.lastgroup or ""] if behind else ""
        if not behind and _office().match(words.text, at):
            rule = "office behind the name"
        block, begin = words.block_at(at) if rule else (0, 0)
        name = _name_end().search(words.text[max(begin, at - _WINDOW) : at]) if rule else None
        if name:
            start = at - len(name.group())
            before = words.text[max(begin, start - 12) : start]
            if rule != "office behind the name" or not _PLACE_BEFORE.search(before):
                yield Told(block, start - begin, at - begin, rule)


def _initialed(words: DocumentWords) -> Iterator[Told]:
    """Yield the names with a middle initial before what persons do."""
    for block, at, _ in words.where(_INITIALS):
        text = words.texts[block]
        if text[at - 1 : at] == " " and text[at + 1 : at + 3] == ". ":
            start = text.rfind(" ", 0, at - 1) + 1
            match = _INITIALED.match(text, start)
            if match:
                yield Told(block, start, match.end(), "middle initial before what persons do")
