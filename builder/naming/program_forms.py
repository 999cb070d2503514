"""What stands for a program once a document has named it: "the Strategy", "Executive Group"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.naming.following import Hit
from builder.naming.program_words import keyword_pattern, keywords
from builder.naming.runs import is_capitalized, starts_sentence

# "HIDTA" + " program"; "European Ports Alliance" + " initiative"; "eTrace" + " system"
_TAIL = re.compile(
    r" (?:[Pp]rogram(?:me)?s?|[Ii]nitiatives?|[Aa]genda|[Cc]ampaign|[Dd]atabase|[Ss]ystem"
    r"|[Pp]artnership)(?![\w-])"
)
# "Harbor Dredging Act" + " of 1907"
_YEAR = re.compile(r" of (?:1[789]|20)\d\d\b")
# what must stand before a bare keyword that stands for a name: "the Strategy", "this Act"
_ARTICLE = re.compile(r"\b(?:[Tt]he|[Tt]his|[Oo]ur|[Ii]ts) $")
# "the Strategy Group": the bare keyword is part of another name
_CAPITAL_NEXT = re.compile(r" [A-Z]")


def lengthened(text: str, start: int, end: int) -> int:
    """Return where a name ends when the keyword or the year behind it is counted in."""
    year = _YEAR.match(text, end) if text.endswith("Act", start, end) else None
    if year:
        return year.end()
    tail = _TAIL.match(text, end)
    if tail is None or text[start:end].split()[-1].lower() in tail.group().lower():
        return end
    return tail.end()


def short_forms(name: str) -> Iterator[str]:
    """Yield what a document may call a program once it has named it.

    "U.S.-India Drug Policy Executive Working Group" gives "Executive Working Group", "Working
    Group"; "Unity Agenda for the Nation" gives "Unity Agenda", "Agenda".
    """
    matches = keyword_pattern().finditer(name)
    match = next((match for match in matches if _is_core(name, match)), None)
    if match is None:
        return
    core = name[: match.end()]
    words = core.split()
    if core != name and len(words) > 1:
        yield core
    least = len(match["keyword"].split())
    for first in range(1, len(words) - least + 1):
        if is_capitalized(words[first]):
            yield " ".join(words[first:])


# what may follow the keyword of a name: nothing, what it is about, a year
_BEHIND = re.compile(r"$|,? (?:[a-z]|\d|Fiscal|FY)")


def _is_core(name: str, match: re.Match[str]) -> bool:
    """Tell whether a keyword is that of the whole name: "Act" in "Marine Corps Coin Act"."""
    return match["keyword"] in keywords() and _BEHIND.match(name, match.end()) is not None


# "Security Strategy": a capital before a short form makes another name of it
_CAPITAL_BEFORE = re.compile(r"(?P<word>[A-Z][\w'-]*),?(?: and)? $")


def is_part_of_more(text: str, hit: Hit) -> bool:
    """Tell whether a short form is the end of another name: in "Peace, and Security Strategy"."""
    before = _CAPITAL_BEFORE.search(text[max(0, hit.start - 30) : hit.start])
    if before is None or before.group().endswith("and ") or "," in before.group():
        return False
    start = max(0, hit.start - 30) + before.start()
    return before["word"] not in ("The", "This", "Our", "Its") and not starts_sentence(text, start)


def stands_for(text: str, hit: Hit) -> bool:
    """Tell whether a short form stands for a name where it is: "the Strategy", not "a Strategy"."""
    surface = text[hit.start : hit.end]
    if surface not in keywords() or surface.isupper():
        return True
    before = text[max(0, hit.start - 6) : hit.start]
    return bool(_ARTICLE.search(before)) and not _CAPITAL_NEXT.match(text, hit.end)
