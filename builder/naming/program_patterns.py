"""Patterns of program names: a keyword, the words before it, and what it is about after it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.naming.names import Names, word_set
from builder.naming.program_named import Named
from builder.naming.program_spelled import spelled_out
from builder.naming.program_words import (
    Keyword,
    clause_pattern,
    keyword_pattern,
    keyword_words,
    keywords,
    number_pattern,
    numbered,
    numbered_words,
    parting_words,
    small_keywords,
    words_of,
)
from builder.naming.runs import is_capitalized, is_generic, run_after, run_before, starts_sentence

# ' of December 15, 2021 ("Imposing Sanctions on Foreign Persons")': a numbered order's own title
_TITLE = re.compile(
    r"(?: of [A-Z][a-z]+ \d{1,2}, \d{4})?,? \(?\"?(?P<title>[A-Z][^()\"]{8,160}?),?\"?\)"
)
# '"Detect and Defeat" counter-fentanyl legislative proposal'
_PROPOSAL = re.compile(
    r"\"(?P<title>[A-Z][^\"]{2,60}?),?\"(?P<what>(?: [\w-]+){0,3}? "
    r"(?:proposal|initiative|campaign|program(?:me)?|legislation|bill))\b"
)
# "Operation Without a Trace", "Operation Southbound", "Project ADDER"
_OPERATION = re.compile(
    r"(?<![\w-])(?P<first>Operation|Project(?= [A-Z]{4,}\b))"
    r"(?P<words>(?: (?:[A-Z][\w'-]*|of|the|a|and|to)){1,5})"
)
# "Task Force KleptoCapture", "Joint Task Force North", "Taskforce Ironbark"
_TASK_FORCE = re.compile(
    r"(?<![\w-])(?:(?P<joint>(?:Combined )?Joint )Task Force (?P<place>[A-Z][a-z]+)"
    r"|(?:Task|Strike) Force (?:[A-Z][a-z]+[A-Z]\w+|[A-Z]{3,})"
    r"|Taskforce (?P<named>[A-Z][a-z]{3,}))(?![\w-])"
)
_CALLED_BY = frozenset(("called", "dubbed", "codenamed"))
_STORES = frozenset(("system", "database", "portal", "platform"))
# "eTrace system", "eVerify database"
_CAMEL = re.compile(
    r"(?<![\w-])(?P<name>[a-z]{1,2}[A-Z][a-z]{2,}\w*)(?= (?:system|database|portal|platform)\b)"
)
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
    r"(?<! of)(?<! for)(?<!Year)(?<! FY) (?:1[89]|20)\d\d(?: ?[-–/] ?(?:20)?\d\d)?$"
)
# "Ulysses S." before "Grant"
_INITIAL = re.compile(r"(?<!\.)\b[A-Z]\.$")
# what a bare year may close: "Proceeds of Crime Act 2002", "EU Drugs Strategy 2021-2025"
_DATED = frozenset(("statute", "strategy", "plan", "program", "agenda", "framework", "survey"))
_SMALL = frozenset(("of", "the", "a", "and", "to"))


def named_programs(text: str, bodies: Names) -> Iterator[Named]:
    """Yield the program names that patterns find in one text; they may overlap.

    `bodies` are the names of organizations, which make no program by a lower-case keyword behind
    them ("the DEA program").
    """
    words = word_set(text)
    if not words.isdisjoint(numbered_words()):
        yield from _numbered_programs(text)
    if '"' in text:
        yield from _proposals(text)
    if "(" in text or not words.isdisjoint(_CALLED_BY):
        yield from spelled_out(text)
    if "Operation" in words or "Project" in words:
        yield from _operations(text)
    if not words.isdisjoint(("Force", "Taskforce")) and not text.isupper():
        yield from _task_forces(text)
    if not words.isdisjoint(_STORES):
        for match in _CAMEL.finditer(text):
            yield Named(match.start(), match.end(), match.end(), match["name"], "database")
    if not words.isdisjoint(keyword_words()):
        for match in keyword_pattern().finditer(text):
            keyword = keywords().get(match["keyword"])
            named = _around(text, match, keyword) if keyword else _small(text, match, bodies)
            if named:
                yield named


def _numbered_programs(text: str) -> Iterator[Named]:
    """Yield numbered orders, and the title that stands in brackets behind the number."""
    for match in number_pattern().finditer(text):
        row = numbered()[match["word"]]
        name = f"{row.name} {match['number']}"
        yield Named(match.start(), match.end(), match.end(), name, row.sort)
        title = _TITLE.match(text, match.end())
        if title and is_capitalized(title["title"].split()[-1]):
            start, end = title.span("title")
            yield Named(start, end, end, name, row.sort)


def _proposals(text: str) -> Iterator[Named]:
    for match in _PROPOSAL.finditer(text):
        name = f"“{match['title']}”{match['what']}"
        yield Named(match.start(), match.end(), match.end(), name, "legislative proposal")


def _operations(text: str) -> Iterator[Named]:
    for match in _OPERATION.finditer(text):
        words = match["words"].split()
        while words and words[-1] in _SMALL:
            words.pop()
        if not words or words[0] in _SMALL or words[0].endswith("'s"):
            continue
        name = " ".join([match["first"], *words]).removesuffix("'s")
        end = match.start() + len(name)
        yield Named(match.start(), end, end, name, "operation")


def _task_forces(text: str) -> Iterator[Named]:
    """Yield task forces whose name follows the keyword; not "Joint Task Force Members"."""
    for match in _TASK_FORCE.finditer(text):
        last = match["place"] or match["named"]
        if not last or not words_of("not_before").intersection((last, f"{last}s", last[:-1])):
            name = match.group()
            yield Named(match.start(), match.end(), match.end(), name, "task force")


def _around(text: str, match: re.Match[str], keyword: Keyword) -> Named | None:
    """Return the name around one keyword, or None where there is none."""
    start = match.start()
    if keyword.head:
        start = run_before(text, match.start(), loose=keyword.loose, stop=parting_words())
    if keyword.sort == "statute" and start == match.start():
        start = _amending(text, start)
    head = _BRACKET.sub(" ", text[start : match.start()]).strip()
    end = run_after(
        text,
        match.end(),
        keyword.after,
        places=keyword.clause or keyword.places,
        years=keyword.sort in _DATED,
    )
    if end == match.end() and keyword.clause:
        clause = clause_pattern().match(text, match.end())
        end = clause.end() if clause else end
    subject = text[match.end() : end]
    if not _makes_name(head, keyword, subject) or (not subject and _goes_on(text, match.end())):
        return None
    # a strategy is one entity under its years and without them
    name = _LAST_YEARS.sub("", _BRACKET.sub(" ", text[start:end]))
    return Named(start, end, match.end(), name, keyword.sort)


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
    if not _may_begin(words) or any(core.endswith(end) for end in words_of("not_endings")):
        return False
    if words and _INITIAL.search(head):
        return False
    if keyword.head == 0:
        return bool(subject) or keyword.alone
    if not words or is_generic(head):
        capitalized = any(is_capitalized(word) for word in subject.split()[1:3])
        return capitalized and keyword.word != "Committee"
    return len(words) >= keyword.head


def _may_begin(words: list[str]) -> bool:
    return not words or words[0] not in words_of("not_first")


def _goes_on(text: str, end: int) -> bool:
    """Tell whether the name goes on behind the keyword, so that it names something else."""
    following = _NEXT_WORD.match(text, end)
    return following is not None and following["word"] in words_of("not_before")


def _small(text: str, match: re.Match[str], bodies: Names) -> Named | None:
    """Return a name with a lower-case keyword: "State Opioid Response grant programs"."""
    before, end = match.start(), match.end()
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
        if not (head.isupper() and len(head) >= 4 and match["keyword"] in ("database", "program")):
            return None
    elif len(words) == 2 and starts_sentence(text, start):
        return None
    sort = small_keywords()[match["keyword"]].sort
    name = _BRACKET.sub(" ", text[start:end])
    return Named(start, end, end, name, sort, is_small=True)
