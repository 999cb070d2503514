"""Program names that what is said of them gives away: emergencies, dated orders, appositions.

"the national emergency with respect to Utopia", "launched Safe Shores, a campaign to".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.naming.document_words import DocumentWords
from builder.naming.program_named import Named
from builder.naming.program_words import words_of

# "national emergency" before what it is about, or before the order that declared it
_EMERGENCY = re.compile(
    r"[Ee]mergency(?: (?P<about>(?:[Ww]ith [Rr]espect [Tt]o|[Rr]egarding|[Cc]oncerning) "
    r"(?!th[aio]|such)(?:[^,.;:()\"\n]|\.(?=\S)){3,120}?)"
    r"(?= (?:declared|pursuant|under|is|was|has|that|which|originally|beyond|established|caused"
    r"|and to|and I|and(?=,)|on [A-Z]|posed|in Executive|by Executive|until|for an|for 1|for one)\b"
    r"|[,;:\"\n]|\.(?!\S)| \(|$)"
    r"|(?= declared (?:in|by|on|under|pursuant|through|at|with)\b))"
)
_DECLARED = re.compile(r" declared (?:in|by|on|under|pursuant to) (Executive Order \d{5})")
_LONGEST_MATTER = 16
# "Memorandum of January 21, 2021 (Memorandum to Extend Support to Harbors)"
_DATED_KINDS = ("Memorandum", "Determination", "Order", "Proclamation", "Notice")
_DATED = re.compile(
    rf"(?:{'|'.join(_DATED_KINDS)})(?: \d{{4,5}}-\d{{2}})? of "
    r"[A-Z][a-z]+ \d{1,2}, \d{4},? \((?P<title>[A-Z][^()\n\"]{8,240})\)"
)
_KINDS = (
    "initiative",
    "program",
    "programme",
    "campaign",
    "partnership",
    "project",
    "fund",
    "platform",
    "operation",
    "strategy",
    "effort",
    "coalition",
    "challenge",
    "pilot",
)
# "launched Safe Shores, a new citizens'" before "campaign"
_APPOSED = re.compile(
    r"(?<![\w.'-])(?P<name>[A-Z][\w@'&-]*"
    r"(?: (?:of |for |the |to |in |and |on |at )?[A-Z0-9][\w@'&-]*){1,6})"
    r"(?: \((?P<acronym>[A-Z][\w&-]{1,11})\))?(?:,| –| —| -) an? (?:[a-z$\d][\w$,.-]* ){0,6}$"
)
# what may follow the kind: "campaign to", "initiative that"
_SAID_OF_IT = re.compile(
    r" (?:to|that|which|for|of|designed|led|by|aimed|in|with|between|where|launched|under)\b"
    r"|[,.;:)]|$"
)
_APPOSED_WINDOW = 150


def told_programs(words: DocumentWords) -> Iterator[tuple[int, Named]]:
    """Yield block and name of the programs that what is said of them gives away."""
    for block, at, _ in words.where(("emergency", "Emergency")):
        emergency = _emergency(words.texts[block], at)
        if emergency:
            yield block, emergency
    dated = any(map(words.text.__contains__, _DATED_KINDS))  # far cheaper than the pattern
    for match in _DATED.finditer(words.text) if dated else ():
        block, begin = words.block_at(match.start())
        start, end = (at - begin for at in match.span("title"))
        yield block, Named(start, end, end, match["title"], "memorandum", "title of a dated order")
    for block, at, kind in words.where(_KINDS):
        apposed = _apposed(words.texts[block], at, kind)
        if apposed:
            yield block, apposed


def _emergency(text: str, at: int) -> Named | None:
    start = at - len("national ")
    match = _EMERGENCY.match(text, at) if text[start:at].lower() == "national " else None
    if match is None or (match["about"] or "").count(" ") > _LONGEST_MATTER:
        return None
    end = match.end()
    name = text[start:end]
    if not match["about"]:
        name = f"{name}{_declared(text, end)}"
    rule = "national emergency and its matter" if match["about"] else "national emergency declared"
    return Named(start, end, end, name, "national emergency", rule)


def _declared(text: str, end: int) -> str:
    """Return the words that tell which order declared an emergency: " (Executive Order 13566)"."""
    order = _DECLARED.match(text, end)
    return f" ({order[1]})" if order else ""


def _apposed(text: str, at: int, kind: str) -> Named | None:
    """Return the name that stands before "a … campaign to"."""
    if not _SAID_OF_IT.match(text, at + len(kind)):
        return None
    match = _APPOSED.search(text[max(0, at - _APPOSED_WINDOW) : at])
    words = match["name"].split() if match else []
    if match is None or not words_of("no_program").isdisjoint(words):
        return None
    if words[-1] in words_of("lands"):
        return None
    shift = max(0, at - _APPOSED_WINDOW)
    start, end = (shift + where for where in match.span("name"))
    return Named(start, end, end, match["name"], kind, "name and what it is in apposition")
