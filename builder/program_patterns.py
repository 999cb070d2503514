"""Patterns of program names: a keyword, the capitalized words before it, what it is about after it.

Knowledge (keywords, what opens and ends a clause) is in `data/program_words.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from builder.model import Problems
from builder.names import Names, slug, word_set
from builder.runs import is_capitalized, is_generic, run_after, run_before, starts_sentence
from builder.strict_yaml import load_data


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word that makes a name of the words around it; see the file for the meaning of each field."""

    word: str
    sort: str
    head: int = 1
    after: tuple[str, ...] = ()
    small: bool = False
    loose: bool = False
    alone: bool = False
    clause: bool = False
    subject: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A program name met in a text; `core_end` is where the keyword ends."""

    start: int
    end: int
    core_end: int
    name: str
    sort: str

    @property
    def key(self) -> str:
        return slug(self.name)


@cache
def keywords() -> dict[str, Keyword]:
    """Return the keywords by the way they are printed."""
    out = {}
    for row in load_data("program_words")["keywords"]:
        fields = {name: value for name, value in row.items() if name != "examples"}
        fields["after"] = tuple(fields.get("after", ()))
        out[row["word"]] = Keyword(**fields)
    return out


@cache
def _data() -> dict[str, list[str]]:
    words: dict[str, list[str]] = load_data("program_words")
    return words


@cache
def _parting() -> frozenset[str]:
    """Return the words over which "and" joins two names: "Recovery Funds and Opportunity Act"."""
    return frozenset([*keywords(), *(f"{word}s" for word in keywords()), "Strategies"])


def _choice(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _keyword_words() -> frozenset[str]:
    """Return the last words of the keywords, for a quick look whether a text has any."""
    last = [word.split()[-1] for word in keywords()]
    return frozenset([*last, *(word.lower() for word in last), "system"])


@cache
def _numbered_words() -> frozenset[str]:
    words = [word for row in load_numbered() for word in row["words"]]
    return frozenset(word.replace(".", " ").split()[-1] for word in words)


@cache
def _keyword() -> re.Pattern[str]:
    """Return the pattern of a keyword: "Working Group", "program" where it counts in lower case."""
    small = [word.lower() for word, keyword in keywords().items() if keyword.small]
    return re.compile(rf"(?<![\w-])(?P<keyword>{_choice([*keywords(), *small, 'system'])})(?![\w-])")


@cache
def _clause() -> re.Pattern[str]:
    """Return the pattern of an order's subject: " targeting foreign persons engaged in the trade"."""
    openers, ends = _choice(_data()["clause_openers"]), _choice(_data()["clause_ends"])
    word = rf"(?:(?! ?(?:{ends})\b) ?[^\s.,;:()\"—–]+(?:\.(?=\w))?)"
    return re.compile(rf" (?:{openers})(?: {word}){{2,14}}")


@cache
def _numbered() -> re.Pattern[str]:
    """Return the pattern of a numbered order: "Executive Order 14059", "E.O. (No.) 13694"."""
    words = [word for row in load_data("program_words")["numbered"] for word in row["words"]]
    return re.compile(
        rf"(?<![\w-])(?P<word>{_choice(words)})s?(?: \((?:E\.?O\.?|NSM)\))?"
        r"[ -](?:[Nn]os?\. ?)?(?P<number>\d{1,5}(?:-\d{1,3})?)(?![\w%]|,\d|\.\d)"
    )


# 'E.O. 14059 ("Imposing Sanctions on Foreign Persons")': the order's own title
_TITLE = re.compile(r"(?: of [A-Z][a-z]+ \d{1,2}, \d{4})?,? \(?\"?(?P<title>[A-Z][^()\"]{8,160}?),?\"?\)")
# '"Detect and Defeat" counter-fentanyl legislative proposal'
_PROPOSAL = re.compile(
    r"\"(?P<title>[A-Z][^\"]{2,60}?),?\"(?: [\w-]+){0,3}? "
    r"(?:legislative proposal|proposal|initiative|campaign|program|programme|legislation|bill|plan)\b"
)
# "Operation Without a Trace", "Operation Southbound"
_FIRST = re.compile(
    r"(?<![\w-])(?P<word>Operation)(?P<name>(?: (?:[A-Z][\w'-]*|of|the|a|in|and|to)){1,5})"
)
_STORES = frozenset(("system", "database", "portal", "platform"))
# "eTrace system", "eVerify database"
_CAMEL = re.compile(r"(?<![\w-])(?P<name>[a-z]{1,2}[A-Z][a-z]{2,}\w*)(?= (?:system|database|portal|platform)\b)")


def named_programs(text: str, bodies: Names) -> Iterator[Named]:
    """Yield the program names that patterns find in one text; they may overlap.

    `bodies` are the names of organizations, which make no program by a lower-case keyword behind
    them ("the DEA program").
    """
    words = word_set(text)
    if not words.isdisjoint(_numbered_words()):
        yield from _numbered_programs(text)
    for match in _PROPOSAL.finditer(text) if '"' in text else ():
        name = f"“{match['title']}” {match.group()[len(match['title']) + 2:].strip(' ,')}"
        yield Named(match.start(), match.end(), match.end(), name, "legislative proposal")
    for match in _FIRST.finditer(text) if "Operation" in words else ():
        named = _operation(text, match)
        if named:
            yield named
    for match in _CAMEL.finditer(text) if not words.isdisjoint(_STORES) else ():
        yield Named(match.start(), match.end(), match.end(), match["name"], "database")
    for match in _keyword().finditer(text) if not words.isdisjoint(_keyword_words()) else ():
        named = _around(text, match, bodies)
        if named:
            yield named


def _numbered_programs(text: str) -> Iterator[Named]:
    rows = {word: row for row in load_numbered() for word in row["words"]}
    for match in _numbered().finditer(text):
        row = rows[match["word"]]
        name = f"{row['name']} {match['number']}"
        yield Named(match.start(), match.end(), match.end(), name, row["sort"])
        title = _TITLE.match(text, match.end())
        if title and is_capitalized(title["title"].split()[-1]):
            yield Named(title.start("title"), title.end("title"), title.end("title"), name, row["sort"])


@cache
def load_numbered() -> tuple[dict[str, str], ...]:
    """Return the rows of numbered orders: words, name, sort."""
    return tuple(load_data("program_words")["numbered"])


_SMALL = {"of", "the", "a", "in", "and", "to"}


def _operation(text: str, match: re.Match[str]) -> Named | None:
    words = match["name"].split()
    while words and words[-1] in _SMALL:
        words.pop()
    if not words or (words[0] in _SMALL) or words[0].endswith("'s") and len(words) == 1:
        return None
    name = " ".join([match["word"], *words])
    name = name.removesuffix("'s")
    return Named(match.start(), match.start() + len(name), match.start() + len(name), name, "operation")


def _around(text: str, match: re.Match[str], bodies: Names) -> Named | None:
    """Return the name around one keyword, or None where there is none."""
    printed = match["keyword"]
    keyword = keywords().get(printed)
    if keyword is None:
        return _small(text, match, bodies)
    start = match.start()
    if keyword.head:
        start = run_before(text, match.start(), loose=keyword.loose, stop=_parting())
    head = text[start : match.start()].strip()
    end = run_after(text, match.end(), keyword.after, places=keyword.clause)
    subject = end > match.end()
    if not subject and keyword.clause:
        clause = _clause().match(text, match.end())
        end = clause.end() if clause else end
        subject = clause is not None
    if not _makes_name(text, match, keyword, head, subject):
        return None
    if not subject and _goes_on(text, match.end()):
        return None
    name = text[start:end]
    return Named(start, end, match.end(), name, keyword.sort)


def _makes_name(
    text: str, match: re.Match[str], keyword: Keyword, head: str, subject: bool
) -> bool:
    words = head.split()
    if head and any(head.endswith(word) for word in _data()["not_after"]):
        return False
    if keyword.head == 0:
        return subject or (keyword.alone and not keyword.subject)
    if not words or is_generic(head):
        capitals = sum(is_capitalized(w) for w in text[match.end() : match.end() + 60].split()[1:3])
        return subject and capitals >= 1 and keyword.word != "Committee"
    return len(words) >= keyword.head


# " Room": the word behind a keyword
_NEXT_WORD = re.compile(r" (?P<word>[A-Za-z][\w'-]*)")


def _goes_on(text: str, end: int) -> bool:
    """Tell whether the name goes on behind the keyword, so that it names something else."""
    following = _NEXT_WORD.match(text, end)
    return bool(following) and following["word"] in _data()["not_before"]  # type: ignore[index]


def _small(text: str, match: re.Match[str], bodies: Names) -> Named | None:
    """Return a name with a lower-case keyword: "State Opioid Response grant programs"."""
    end = match.end()
    before = match.start()
    grant = text.endswith(" grant ", 0, before)
    if grant:
        before -= len("grant ")
    start = run_before(text, before, stop=_parting())
    head = text[start:before].strip()
    words = head.split()
    if not words or is_generic(head) or head.endswith(("'s", "'")):
        return None
    if match["keyword"] == "system":
        return None
    acronym = len(words) == 1 and head.isupper() and len(head) >= 4
    if not acronym and len(words) < 2:
        return None
    if any(found.start == 0 and found.end == len(head) for found in bodies.find(head)):
        return None
    if acronym and match["keyword"] not in ("database", "program"):
        return None
    if starts_sentence(text, start) and len(words) < 3 and not acronym:
        return None
    sort = next(k.sort for w, k in keywords().items() if w.lower() == match["keyword"])
    return Named(start, end, end, text[start:end], sort)


# "HIDTA" + " program"; "European Ports Alliance" + " initiative"; "eTrace" + " system"
_TAIL = re.compile(
    r" (?:[Pp]rogram(?:me)?s?|[Ii]nitiatives?|[Aa]genda|[Cc]ampaign|[Dd]atabase|[Ss]ystem|[Pp]artnership)(?![\w-])"
)


def lengthened(text: str, start: int, end: int) -> int:
    """Return where a name ends when the keyword behind it is counted in."""
    tail = _TAIL.match(text, end)
    if tail is None or text[start:end].split()[-1].lower() in tail.group():
        return end
    return tail.end()


def short_forms(name: str) -> Iterator[str]:
    """Yield what a document may call a program once it has named it.

    "U.S.-India Drug Policy Executive Working Group" gives "Executive Working Group", "Working
    Group"; "Unity Agenda for the Nation" gives "Unity Agenda", "Agenda".
    """
    match = None
    for match in _keyword().finditer(name):
        if match["keyword"] in keywords():
            break
    if match is None or match["keyword"] not in keywords():
        return
    core = name[: match.end()]
    if core != name and len(core.split()) > 1:
        yield core
    words = core.split()
    least = len(match["keyword"].split())
    for first in range(1, len(words) - least + 1):
        if is_capitalized(words[first]):
            yield " ".join(words[first:])


# what must stand before a bare keyword that stands for a name: "the Strategy", "this Act"
_ARTICLE = re.compile(r"\b(?:[Tt]he|[Tt]his|[Oo]ur|[Ii]ts) $")
_CAPITAL_NEXT = re.compile(r" [A-Z]")


def stands_for(text: str, hit: object) -> bool:
    """Tell whether a short form stands for a name where it is: "the Strategy", not "a Strategy"."""
    start, end = hit.start, hit.end  # type: ignore[attr-defined]
    surface = text[start:end]
    if surface not in keywords() or surface.isupper():
        return True
    return bool(_ARTICLE.search(text[max(0, start - 6) : start])) and not _CAPITAL_NEXT.match(text, end)


__all__ = ["Problems", "keywords", "lengthened", "named_programs", "short_forms", "stands_for"]
