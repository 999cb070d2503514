"""Patterns of program names: a keyword, the words before it, and what it is about after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from builder.naming.document_words import DocumentWords
from builder.naming.names import Names
from builder.naming.program_named import Named
from builder.naming.program_words import (
    Keyword,
    clause_pattern,
    keyword_phrases,
    keywords,
    parting_words,
    post_pattern,
    small_keywords,
    words_of,
)
from builder.naming.run_after import run_after
from builder.naming.run_before import run_before
from builder.naming.runs import is_capitalized, is_generic, starts_sentence

# "the ", "Utopia's ", "a new ": what must stand before some names
_ARTICLE = re.compile(
    r"(?:(?:\b(?:[Tt]he|[Aa]n?|[Tt]his|[Oo]ur|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Mm]y|[Yy]our)|'s|s')"
    r"(?: [a-z][a-z-]+| \$?\d[\w.,]*(?: (?:[mb]|tr)illion)?){0,2}"
    r"|\b(?:[Nn]ew|first-ever|[Aa]nnouncing|[Ll]aunching|bipartisan|inaugural|so-called)) "
    r"(?:\[|\"|')?$"
)
# "U.S.-EU", "Australia-UK": two states that act together
_PAIR = re.compile(
    r"(?:(?:U\.S\.|US|EU|UK|United States)[-–/](?:[A-Z][a-z]+|[A-Z]{2,5})"
    r"|[A-Z][a-z]+[-–/](?:U\.S\.|US|EU|UK))(?!\w)"
)
# "National " before "Commission": words that do not make it the body of one place
_OVER_ALL = re.compile(
    r"(?:(?:National|Federal|Presidential|Independent|Bipartisan|Global|World|Inter-American"
    r"|United States|U\.S\.|Royal|Special) )+"
)
_ABOUT = re.compile(r"\w+ (?:on|for|to|of|into) ")
# '"No ' before "Lost Harbors Act"
_IN_QUOTES = re.compile(r"\"(?P<words>(?:[A-Z][\w'-]* ){1,3})$")
_POST_WINDOW = 60
# "Global", "U.S.-Chile", "G7": what does not stand before the name of a national body
_BETWEEN_STATES = re.compile(
    r"(?:U\.S\.|US|UK|EU|UN|White House|Presidential|G7|G20|Quad|NATO|ASEAN|APEC|Global"
    r"|International|Indo-Pacific|European|African|Caribbean|Americas|Asia-Pacific)\b(?!-led|-based)"
)
# ", an organization founded in 2022": what a standing body is said to be
_SAID_BODY = re.compile(
    r",? (?:\([A-Z]{2,8}\),? )?(?:which is |who are )?(?:an?|the)(?: [\w'-]+){0,4}? (?:company|NGO"
    r"|organi[sz]ation|non-?profit|charity|association|think tank|foundation|union"
    r"|(?:trade|advocacy) group)\b"
)
# "2023 Harbor Fund awards": what programs give away
_GIVEN = re.compile(r" (?:awards?|grants?|grantees|funding|funds|dollars)\b")
# " Room": the word behind a keyword
_NEXT_WORD = re.compile(r" (?P<word>[A-Za-z][\w'-]*)")
# "Drug-Free Communities (DFC) Support Program": an acronym inside a name
_BRACKET = re.compile(r" \([A-Z][A-Za-z&.-]{1,11}\) ")
# "Crimes Legislation Amendment" + " (Law Enforcement Powers) " + "Act 2023"
_MATTER = re.compile(
    r" \((?:[A-Z][\w'-]+|and|of|for|No\. \d{1,2})(?:,? (?:[A-Z][\w'-]+|and|of|for)){0,7}\) "
)
# "EU Drugs Strategy" + " 2021-2025"; not "Trade Act of 1974"
_LAST_YEARS = re.compile(
    r"(?<! of)(?<! for)(?<!Year)(?<! FY)(?<!,) (?:1[89]|20)\d\d(?: ?[-–/] ?(?:20)?\d\d)?$"
)
# "Ulysses S." before "Grant"
_INITIAL = re.compile(r"(?<!\.)\b[A-Z]\.$")
# "Executive Order to advance AI education": what an order does is no name
_TO_DO = re.compile(r" to [a-z]")
# "tools to combat the": small words that end nothing
_SMALL_END = re.compile(r"(?: (?:the|an?|and|or|of|to|in|on|for|with|by|that|as|its?|our|their))+$")
# ", 2023" behind acts of one year: "Harbor Appropriations Act"
_ACT_YEAR = re.compile(r", (?:19|20)\d\d(?![\w-]|,\d)")
_YEARLY = re.compile(r"\b(?:Appropriations|Extensions|Authorization|Relief)\b")
# "Department of Defense Appropriations" + "Act": an act may begin with a body it is about
_OF_BODY = re.compile(
    r"(?:Department|Bureau|Office) of (?:the )?[A-Z][a-z]+(?: (?:and )?[A-Z][a-z]+)+"
)
_CHAMBERS = frozenset(("House", "Senate", "Republican", "Democratic", "Assembly"))
# what a bare year may close: "Proceeds of Crime Act 2002", "EU Drugs Strategy 2021-2025"
_DATED = frozenset(("statute", "strategy", "plan", "program", "agenda", "framework", "survey"))


def keyword_programs(words: DocumentWords, bodies: Names) -> Iterator[tuple[int, Named]]:
    """Yield block and name of the programs that keywords give away; they may overlap.

    `bodies` are the names of organizations, which make no program by a lower-case keyword behind
    them ("the DEA program").
    """
    for block, at, word in keyword_phrases().places(words):
        keyword, text = keywords().get(word), words.texts[block]
        named = _around(text, at, keyword) if keyword else _small(text, at, word, bodies)
        named = _without_body(text, named, bodies) if named else None
        if named:
            yield block, named


def _without_body(text: str, named: Named, bodies: Names) -> Named | None:
    """Leave a body and its acronym out: "Harbor Police (HP) SAFE PORTS initiative"."""
    bracket = _BRACKET.search(text, named.start, named.core_end)
    if bracket is None:
        return named
    body = text[named.start : bracket.start()]
    if not any(found.start == 0 and found.end == len(body) for found in bodies.find(body)):
        return named
    start = bracket.end()
    if not text[start : named.core_end].count(" "):
        return None
    return replace(named, start=start, name=_BRACKET.sub(" ", text[start : named.end]))


def _around(text: str, at: int, keyword: Keyword) -> Named | None:
    """Return the name around one keyword, or None where there is none."""
    core_end = at + len(keyword.word)
    start, end = _beginning(text, at, keyword), _end(text, core_end, keyword)
    head = _BRACKET.sub(" ", text[start:at]).strip()
    subject = text[core_end:end]
    if not _makes_name(head, keyword, subject) or (not subject and _goes_on(text, core_end)):
        return None
    if not _stands_right(text, start, end, keyword):
        return None
    start = _from_quote(text, start, end)
    # a strategy is one entity under its years and without them
    name = _LAST_YEARS.sub("", _BRACKET.sub(" ", text[start:end]))
    rule = "keyword and its subject" if subject else "keyword and the words before it"
    return Named(start, end, core_end, name, keyword.sort, rule)


def _beginning(text: str, at: int, keyword: Keyword) -> int:
    """Return where the name begins whose keyword stands at `at`."""
    start = at
    if keyword.head or keyword.pair:
        start = run_before(text, at, loose=keyword.loose, stop=parting_words())
    if keyword.sort == "statute" and start == at:
        start = _amending(text, start)
    start = _once(text, start, at)
    if keyword.pair and not _PAIR.match(text, start):
        over_all = keyword.after and _OVER_ALL.fullmatch(text, start, at) and _ABOUT.match(text, at)
        return start if over_all else at
    return start


def _end(text: str, core_end: int, keyword: Keyword) -> int:
    """Return where the name ends whose keyword ends at `core_end`."""
    places, years = keyword.clause or keyword.places, keyword.sort in _DATED
    yearly = _ACT_YEAR.match(text, core_end) if keyword.word == "Act" else None
    if yearly and _YEARLY.search(text, max(0, core_end - 60), core_end):
        return yearly.end()
    if keyword.clause and _TO_DO.match(text, core_end):
        return core_end
    end = run_after(text, core_end, keyword.after, places=places, years=years)
    clause = clause_pattern().match(text, core_end) if keyword.clause and end == core_end else None
    return clause.start() + len(_SMALL_END.sub("", clause.group())) if clause else end


def _from_quote(text: str, start: int, end: int) -> int:
    """Return where the quotation marks open that hold the name: "No Lost Harbors Act"."""
    quoted = _IN_QUOTES.search(text[max(0, start - 40) : start])
    closed = text[end : end + 2].lstrip(",.").startswith('"')
    return start - len(quoted["words"]) if quoted and closed else start


def _once(text: str, start: int, at: int) -> int:
    """Skip what converters print twice: "Harbor Jobs Plan Harbor Jobs" before "Plan"."""
    first = " ".join(text[start:at].split()[:2])
    again = text.rfind(first, start + 1, at) if " " in first else -1
    return again if again > start else start


def _stands_right(text: str, start: int, end: int, keyword: Keyword) -> bool:
    """Tell whether the words around a name let it be a program's."""
    subject = not text.endswith(keyword.word, start, end)
    before = text[max(0, start - _POST_WINDOW) : start]
    if text.startswith(keyword.word, start) and before.endswith((" and ", ", ")) and keyword.head:
        # "for Defense Policy and | Strategy on Harbors": the keyword is the end of something
        return False
    if keyword.article and not subject:
        return _ARTICLE.search(before) is not None
    if keyword.body:
        if post_pattern().search(before):
            return False
        if _SAID_BODY.match(text, end):
            return False
        between = _BETWEEN_STATES.match(text, start) is not None
        given = _GIVEN.match(text, end) is not None
        return subject or between or given or _ARTICLE.search(before) is not None
    return True


def _amending(text: str, end: int) -> int:
    """Return where the name of an act begins whose matter stands in brackets before "Act"."""
    low = max(0, end - 90)
    matter = _MATTER.search(text, low, end)
    if matter is None or matter.end() != end:
        return end
    start = run_before(text, matter.start() + 1, loose=True, stop=parting_words())
    return end if start > matter.start() else start


def _makes_name(head: str, keyword: Keyword, subject: str) -> bool:
    """Tell whether keyword, words before it and subject behind it are enough for a name."""
    words = head.split()
    core = f"{head} {keyword.word}"
    of_body = keyword.sort == "statute" and _OF_BODY.fullmatch(head) is not None
    if not (of_body or _may_begin(words)) or core.endswith(_not_endings()):
        return False
    if words and _INITIAL.search(head):
        return False
    chambers = not _CHAMBERS.isdisjoint(words) and not head.startswith("White House")
    if keyword.sort == "committee" and chambers:
        return False
    if keyword.head == 0:
        return bool(subject or words) or keyword.alone
    if not words or is_generic(head):
        capitalized = any(is_capitalized(word) for word in subject.split()[1:3])
        return capitalized and keyword.word != "Committee"
    return len(words) >= keyword.head


@cache
def _not_endings() -> tuple[str, ...]:
    return tuple(words_of("not_endings"))


def _may_begin(words: list[str]) -> bool:
    return not words or words[0] not in words_of("not_first")


def _goes_on(text: str, end: int) -> bool:
    """Tell whether the name goes on behind the keyword, so that it names something else."""
    following = _NEXT_WORD.match(text, end)
    return following is not None and following["word"] in words_of("not_before")


def _small(text: str, at: int, word: str, bodies: Names) -> Named | None:
    """Return a name with a lower-case keyword: "State Opioid Response grant programs"."""
    before, end = at, at + len(word)
    if text.endswith(" grant ", 0, before):
        before -= len("grant ")
    start = run_before(text, before, stop=parting_words())
    head = text[start:before].strip()
    words = head.split()
    if not words or is_generic(head) or not _may_begin(words) or head.endswith("'"):
        return None
    if words[-1] in keywords():  # "European Ports Alliance initiative" is the alliance
        return None
    if any(found.start == 0 and found.end == len(head) for found in bodies.find(head)):
        return None
    if len(words) == 1:
        # an acronym alone is a program's name only before these two words
        acronym = head.isupper() and len(head) >= 4 and word in ("database", "program")
        if not (acronym or "@" in head):
            return None
    elif len(words) == 2 and starts_sentence(text, start):
        return None
    sort = small_keywords()[word].sort
    name = _BRACKET.sub(" ", text[start:end])
    return Named(start, end, end, name, sort, "keyword in lower case", is_small=True)
