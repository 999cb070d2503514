"""Names of persons that the words around them tell, whatever the given name.

"Ami Bera, D-Calif.", "Jonas Okello, 34, was", '," said Ilze Kalns,', "journalists Ama Osei and …".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from builder.naming.names import capitals
from builder.strict_yaml import load_data

# behind a name: party and state; an age; what a nominee is to be; an office held
_BEHIND = (
    r"(?:, | \()[DRI]-(?:[A-Z]{2}\b|[A-Z][a-z])"
    r"|, (?:aged? )?[1-9]\d(?:,(?! \d)|\)| and\b)"
    r"|(?: I{2,3}| IV|, [JS]r\.)?, of (?:the )?[A-Z][a-z]+(?: (?:of )?[A-Z][a-z]+){0,3}, to be\b"
)
# "Oriel M. Tamsin has been": a middle initial and what persons do; not "Hepatitis C. Care is"
_INITIALED = re.compile(
    r"(?<![\w.'&-])(?!(?:Hepatitis|Vitamin|Plan|Appendix|Schedule|Part|Section|Annex|Exhibit|Type|Class"
    r"|Grade|Category|Group|Tier|Phase|Table|Figure|Influenza|Title|War|Chapter|Article|Option)\b)"
    r"[A-Z][a-z]{2,} [A-HJ-UWYZ]\. (?P<last>[A-Z][a-z]+(?:-[A-Z][a-z]+)?)"
    r"(?=: | (?:has (?:been|served|worked)|serves|served|joined|graduated|received|said|worked)\b)"
)
_FOLLOWED = re.compile(_BEHIND)
_PLACE_BEFORE = re.compile(r"\b(?:[Ii]n|[Aa]t|[Ff]rom|[Tt]o|[Nn]ear|of|for|the) $")
# '," said Ilze Kalns, who'
_QUOTED = re.compile(r"[,.?!]['\"] (?:said|says|added) (?=[A-Z])")
_SAID_END = re.compile(r"[,.]| of | who\b|$")


@cache
def _name() -> str:
    word = rf"[{capitals()}][^\W\d_]+(?:['-][{capitals()}]?[^\W\d_]+)*"
    return rf"{word}(?: [A-Z]\.)?(?: {word}){{1,2}}"


@cache
def _office() -> re.Pattern[str]:
    """Return the pattern of an office behind a name: ", UNODC Regional Representative, "."""
    held = "|".join(load_data("titles")["held"])
    return re.compile(
        rf", (?:[A-Z]{{2,8}}(?:'s)? )?(?:[A-Z][a-z-]+ ){{0,3}}(?:{held})(?=,| of | for | at )"
    )


@cache
def _before_name() -> re.Pattern[str]:
    behind = rf"(?={_BEHIND}|{_office().pattern})"
    return re.compile(rf"(?<![\w.'&-])(?<![A-Z][a-z] ){_name()}{behind}")


@cache
def _roles() -> re.Pattern[str]:
    """Return the pattern of one or two names behind what persons are: "analysts A B and C D"."""
    roles = "|".join(load_data("titles")["roles"])
    first = "|".join(role.capitalize() for role in load_data("titles")["roles"])
    return re.compile(
        rf"(?<![\w-])(?:{roles}|{first})s? (?P<one>{_name()})(?:(?: and|,) (?P<two>{_name()}))?"
    )


def told_starts(text: str) -> Iterator[int]:
    """Yield where names begin that their surroundings tell."""
    for match in _before_name().finditer(text):
        yield match.start()
    for match in _INITIALED.finditer(text):
        yield match.start()
    for match in _QUOTED.finditer(text):
        yield match.end()
    for match in _roles().finditer(text):
        yield match.start("one")
        if match["two"]:
            yield match.start("two")


def is_told(text: str, start: int, end: int) -> bool:
    """Tell whether what stands before or behind a full name tells that it is a person's."""
    initialed = _INITIALED.match(text, start)
    if _FOLLOWED.match(text, end) or (initialed and initialed.end() == end):
        return True
    before = text[max(0, start - 160) : start]
    if _office().match(text, end):
        return _PLACE_BEFORE.search(before) is None
    quoted = re.search(r"[,.?!]['\"] (?:said|says|added) $", before)
    if quoted:
        return _SAID_END.match(text, end) is not None
    here = max(0, start - 160)
    return any(
        start in (match.start("one"), match.start("two")) for match in _roles().finditer(text, here)
    )
