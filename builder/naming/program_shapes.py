"""Program names that their own shape gives away: numbered orders, operations, task forces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.naming.document_words import DocumentWords
from builder.naming.person_words import knowledge
from builder.naming.program_named import Named
from builder.naming.program_words import number_pattern, numbered, numbered_beginnings, words_of
from builder.naming.runs import is_capitalized

# ' of December 15, 2021 ("Imposing Sanctions on Foreign Persons")': a numbered order's own title
_TITLE = re.compile(
    r"(?: of [A-Z][a-z]+ \d{1,2}, \d{4})?,? \(?\"?(?P<title>[A-Z][^()\"]{8,160}?),?\"?\)"
)
_KINDS = r"initiative|campaign|program(?:me)?|project|strategy|tour"
# '"Detect and Defeat" counter-fentanyl legislative proposal', '"Safe at Sea" campaign'
_QUOTED = re.compile(
    r"\"(?P<title>[A-Z][^\".!?\n]{1,118}[^\".!?,\n]),?\""
    rf"(?P<what>(?: [\w-]+){{0,3}}? (?:proposal|legislation|bill|{_KINDS})\b)?"
)
# 'the strategy ', "a campaign titled " before '"Safe at Sea"'
_ORDERS = (
    r"[Ee]xecutive [Oo]rder|(?:[Pp]residential )?[Mm]emorandum|[Pp]roclamation|bill|legislation"
)
_BEFORE_QUOTED = re.compile(
    rf"\b(?P<kind>{_KINDS}|plan|operation|report|{_ORDERS}),?(?: [a-z]+| –| —)?:? $"
)
# "Operation Without a Trace", "Operation Southbound", "Project ADDER", "Project Adder is"
_OPERATION = re.compile(
    r"(?<![\w-])(?P<first>Operation"
    r"|Project(?= [A-Z]{4,}\b| [A-Z][a-z]{3,}(?:,| (?:is|was|has|will|and|in|to)\b)))"
    r"(?P<words>(?: (?:[A-Z][\w'-]*|of|the|a|and|to)){1,5})"
)
# "Task Force KleptoCapture", "Joint Task Force North", "Taskforce Ironbark"
_TASK_FORCE = re.compile(
    r"(?<![\w-])(?:(?P<joint>(?:Combined )?Joint )Task ?[Ff]orce (?P<place>[A-Z][a-z]+)"
    r"|(?:Task|Strike) Force (?:[A-Z][a-z]+[A-Z]\w+|[A-Z]{3,})"
    r"|Taskforce (?P<named>[A-Z][a-z]{3,}))(?![\w-])"
)
# "eTrace system", "eVerify database"
_VISA_KINDS = ("programme", "programmes", "program", "programs", "scheme", "schemes")
_CAMEL = re.compile(
    r"(?<![\w-])(?P<name>[a-z]{1,2}[A-Z][a-z]{2,}\w*)(?= (?:system|database|portal|platform)\b)"
)
# "Agenda 2063", "Vision 2030"; "457 visa programme", "H-1B program", "Title X program"
_YEARED = re.compile(r"(?<![\w-])(?:Agenda|Vision|Horizon) 20\d\d(?![\w-]|[.,]\d)")
_VISA = re.compile(
    r"(?<![\w.,$-])(?:(?:\d{3}|[A-Z]-\d[A-Z]?) (?:[a-z]+ )?visas?|[A-Z]-\d[A-Z]?"
    r"|(?:Section|Title) (?:\d+|[IVX]+)) (?:programmes?|programs?|schemes?)\b"
)
_SMALL = frozenset(("of", "the", "a", "and", "to"))


def shaped_programs(words: DocumentWords) -> Iterator[tuple[int, Named]]:
    """Yield block and name of what the shape of a name gives away."""
    for block, at, _ in words.where(numbered_beginnings()):
        for named in _numbered(words.texts[block], at):
            yield block, named
    for match in _QUOTED.finditer(words.text):
        block, begin = words.block_at(match.start())
        quoted = _quoted(words.text, match, begin)
        if quoted:
            yield block, quoted
    for block, at, _ in words.where(("Operation", "Project")):
        operation = _operation(words.texts[block], at)
        if operation:
            yield block, operation
    for block, at, _ in words.where(("Combined", "Joint", "Task", "Strike", "Taskforce")):
        force = _task_force(words.texts[block], at)
        if force:
            yield block, force
    for pattern, first in ((_YEARED, ("Agenda", "Vision", "Horizon")), (_VISA, _VISA_KINDS)):
        for block in dict.fromkeys(block for block, _, _ in words.where(first)):
            for match in pattern.finditer(words.texts[block]):
                yield block, _by_number(match)
    stores = words.where(("system", "database", "portal", "platform"))
    for block in dict.fromkeys(block for block, _, _ in stores):
        for match in _CAMEL.finditer(words.texts[block]):
            start, end = match.span()
            rule = "store of data in camel case"
            yield block, Named(start, end, end, match["name"], "database", rule)


def _by_number(match: re.Match[str]) -> Named:
    name, (start, end) = match.group(), match.span()
    sort = "agenda" if match.re is _YEARED else "program"
    return Named(start, end, end, name, sort, "agenda or visa class by its number")


def _numbered(text: str, at: int) -> Iterator[Named]:
    """Yield a numbered order, and the title that stands in brackets behind the number."""
    match = number_pattern().match(text, at)
    if match is None:
        return
    row = numbered()[match["word"]]
    name = f"{row.name} {match['number']}"
    end = match.end()
    yield Named(at, end, end, name, row.sort, "numbered order")
    title = _TITLE.match(text, end)
    if title and is_capitalized(title["title"].split()[-1]):
        start, end = title.span("title")
        yield Named(start, end, end, name, row.sort, "title of a numbered order")


def _quoted(text: str, match: re.Match[str], begin: int) -> Named | None:
    """Return a name in quotation marks beside what it is; a proposal is named with what it is."""
    title, what, rule = match["title"], match["what"], "name in quotation marks"
    if not _is_title(title):
        return None
    start, end = (at - begin for at in match.span("title"))
    if not what:
        before = _BEFORE_QUOTED.search(text[max(begin, match.start() - 40) : match.start()])
        return Named(start, end, end, title, before["kind"].lower(), rule) if before else None
    kind = what.split()[-1]
    if kind in ("proposal", "legislation", "bill"):
        start, end = match.start() - begin, match.end() - begin
        return Named(start, end, end, f"“{title}”{what}", "legislative proposal", rule)
    return Named(start, end, end, title, kind, rule)


def _is_title(name: str) -> bool:
    """Tell whether more than half of the words of a name begin with a capital."""
    words = name.split()
    return sum(not word[0].islower() for word in words) * 2 > len(words)


def _operation(text: str, at: int) -> Named | None:
    match = _OPERATION.match(text, at)
    words = match["words"].split() if match else []
    while words and words[-1] in _SMALL:
        words.pop()
    if match is None or not words or words[0] in _SMALL or words[0].endswith("'s"):
        return None
    if words[0] in words_of("no_project"):
        return None
    name = " ".join([match["first"], *_before_title(words)]).removesuffix("'s").rstrip("'")
    end = at + len(name)
    return Named(at, end, end, name, "operation", "operation or project by name")


def _before_title(words: list[str]) -> list[str]:
    """Cut the words of an operation where a title or a person's name begins."""
    titles, given = knowledge().titles, knowledge().given
    for number, word in enumerate(words):
        if number > 1 and word in given and number + 1 < len(words):
            return words[:number]
        if number and word in titles:
            while number > 1 and words[number - 1] in words_of("before_titles"):
                number -= 1
            return words[:number]
    return words


def _task_force(text: str, at: int) -> Named | None:
    """Return the task force whose name follows the keyword; not "Joint Task Force Members"."""
    match = None if text.isupper() else _TASK_FORCE.match(text, at)
    if match is None:
        return None
    last = match["place"] or match["named"]
    if last and words_of("not_before").intersection((last, f"{last}s", last[:-1])):
        return None
    name = match.group()
    return Named(at, match.end(), match.end(), name, "task force", "task force by name")
