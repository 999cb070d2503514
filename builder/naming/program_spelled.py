"""Program names without a keyword of their own that the words around them give away.

"the Rivers for Everyone (RIVE) program", "a plan called Safe Shores".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from builder.naming.document_words import DocumentWords
from builder.naming.program_named import Named

_KINDS = r"(?:initiative|program(?:me)?|project|campaign|partnership|platform|fund)"
_CAPITAL_KINDS = r"(?:Initiative|Program(?:me)?|Project|Partnership|Fund|Grants?|Act)"
# "(RIVE) program" behind a name
_BRACKETED = re.compile(
    r"\((?P<acronym>[A-Z][A-Z -]{1,12})\) "
    r"(?:(?:(?!(?:an?|the|in|of|for|to|and|or|is|was|will|has|its|this|\w+(?:ed|s|ing)) )[a-z-]+ )?"
    rf"(?P<kind>{_KINDS})|(?P<capital>{_CAPITAL_KINDS}))\b"
)
# "the Rivers for Everyone ", "the new Better Harbors " before it
_BEFORE_BRACKET = re.compile(
    r"(?<![\w-])(?:[a-z]+|The|Its|Our|A) (?P<name>[A-Z][\w'-]+(?:[:,]? (?:[A-Z][\w'-]*|[a-z]{1,7}))"
    r"{0,13} [A-Z][\w'-]*) $"
)
_NAMING = ("called", "dubbed", "codenamed", "labelled", "labeled", "nicknamed")
_BY_ACRONYM = "acronym and kind behind the name"
_WINDOW = 160
# "Rivers for Everyone (RIVE): the new RIVE initiative": the lead of an item
_LEAD = re.compile(
    r"(?P<name>[A-Z][\w'-]+(?:,? (?:[A-Z][\w'-]*|[a-z]{1,7})){1,12}) "
    r"\((?P<acronym>[A-Z][A-Za-z-]{2,12})\): ?"
)
# "a citizens' program called Safe Shores", 'a plan dubbed "Safe Shores"'
_CALLED = re.compile(
    rf"\b(?P<kind>{_KINDS}|strategy|plan|policy|operation|sting|effort|scheme),? "
    r"(?:called|dubbed|codenamed|labell?ed|nicknamed) "
    r"(?:the )?\"?(?P<name>[A-Z][\w'-]+(?: (?:of |for |the |and |to )?[A-Z0-9][\w'-]*){0,5})"
    r"(?:\"?,? (?:also|otherwise|or) (?:known as |called )?"
    r"\"(?P<also>[A-Z][\w'-]+(?: (?:of |for |the |and |to )?[A-Z0-9][\w'-]*){0,5})[.,]?\")?"
)


def spelled_out(words: DocumentWords) -> Iterator[tuple[int, Named]]:
    """Yield the names that an acronym and a kind, or a kind and "called", introduce, by block."""
    for match in _BRACKETED.finditer(words.text):
        block, begin = words.block_at(match.start())
        low = max(begin, match.start() - _WINDOW)
        before = _BEFORE_BRACKET.search(words.text[low : match.start()])
        if before and _abbreviates(match["acronym"], before["name"]) and _is_title(before["name"]):
            start, end = (low - begin + at for at in before.span("name"))
            name, kind = before["name"], match["kind"] or match["capital"]
            if match["capital"]:
                end, name = match.end() - begin, f"{name} {kind}"
            yield block, Named(start, end, end, name, kind.lower(), _BY_ACRONYM)
    for block, text in enumerate(words.texts):
        lead = _LEAD.match(text) if "): " in text else None
        if lead and _is_title(lead["name"]):
            acronym = re.escape(lead["acronym"])
            kind = re.search(rf"\b{acronym} (?P<kind>{_KINDS})\b", text[lead.end() :])
            if kind:
                yield block, _named(lead, kind["kind"], _BY_ACRONYM)
    blocks = dict.fromkeys(block for block, _, _ in words.where(_NAMING))
    for block in blocks:
        for match in _CALLED.finditer(words.texts[block]):
            named = _named(match, match["kind"], 'kind and "called" before the name')
            yield block, named
            if match["also"]:
                start, end = match.span("also")
                yield block, replace(named, start=start, end=end, core_end=end)


def _named(match: re.Match[str], kind: str, rule: str) -> Named:
    start, end = match.span("name")
    return Named(start, end, end, match["name"], kind, rule)


def _is_title(name: str) -> bool:
    """Tell whether most words of a name are capitalized, as in a title."""
    words = name.split()
    return sum(word[0].isupper() for word in words) >= 0.6 * len(words)


def _abbreviates(acronym: str, name: str) -> bool:
    """Tell whether an acronym's letters stand in the name, in order, the first one first."""
    letters = iter(name.casefold())
    wanted = [letter for letter in acronym.casefold() if letter.isalpha()]
    return name[0].casefold() == wanted[0] and all(letter in letters for letter in wanted)
