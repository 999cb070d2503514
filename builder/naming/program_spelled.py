"""Program names without a keyword of their own that the words around them give away.

"the Rivers for Everyone (RIVE) program", "a plan called Safe Shores".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.naming.program_named import Named

_KINDS = r"(?:initiative|program(?:me)?|project|campaign|partnership|platform|fund)"
# "the Rivers for Everyone (RIVE) program", "the new Better Harbors (BH) initiative"
_BRACKETED = re.compile(
    r"(?<![\w-])(?:[a-z]+|The|Its|Our|A) (?P<name>[A-Z][\w'-]+(?:[:,]? (?:[A-Z][\w'-]*|[a-z]{1,7}))"
    rf"{{0,13}} [A-Z][\w'-]*) \((?P<acronym>[A-Z][A-Z -]{{1,12}})\) (?P<kind>{_KINDS})\b"
)
# "Rivers for Everyone (RIVE): the new RIVE initiative": the lead of an item
_LEAD = re.compile(
    r"(?P<name>[A-Z][\w'-]+(?:,? (?:[A-Z][\w'-]*|[a-z]{1,7})){1,12}) "
    r"\((?P<acronym>[A-Z][A-Za-z-]{2,12})\): ?"
)
# "a citizens' program called Safe Shores", 'a plan dubbed "Safe Shores"'
_CALLED = re.compile(
    rf"\b(?P<kind>{_KINDS}|strategy|plan|policy|operation|sting),? (?:called|dubbed|codenamed) "
    r"(?:the )?\"?(?P<name>[A-Z][\w'-]+(?: (?:of |for |the |and |to )?[A-Z][\w'-]*){0,5})"
)


def spelled_out(text: str) -> Iterator[Named]:
    """Yield the names that an acronym and a kind, or a kind and "called", introduce."""
    for match in _BRACKETED.finditer(text):
        if _abbreviates(match["acronym"], match["name"]) and _is_title(match["name"]):
            yield _named(match, match["kind"])
    lead = _LEAD.match(text)
    if lead and _is_title(lead["name"]):
        acronym = re.escape(lead["acronym"])
        kind = re.search(rf"\b{acronym} (?P<kind>{_KINDS})\b", text[lead.end() :])
        if kind:
            yield _named(lead, kind["kind"])
    for match in _CALLED.finditer(text):
        yield _named(match, match["kind"])


def _named(match: re.Match[str], kind: str) -> Named:
    start, end = match.span("name")
    return Named(start, end, end, match["name"], kind)


def _is_title(name: str) -> bool:
    """Tell whether most words of a name are capitalized, as in a title."""
    words = name.split()
    return sum(word[0].isupper() for word in words) >= 0.6 * len(words)


def _abbreviates(acronym: str, name: str) -> bool:
    """Tell whether an acronym's letters stand in the name, in order, the first one first."""
    letters = iter(name.casefold())
    wanted = [letter for letter in acronym.casefold() if letter.isalpha()]
    return name[0].casefold() == wanted[0] and all(letter in letters for letter in wanted)
