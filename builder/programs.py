"""Programs in a document: initiatives, statutes, strategies, orders, summits and their kin.

The catalogue's names come first; then patterns (a keyword and the capitalized words around it) find
what no editor has listed yet; then acronyms and short forms follow the names through the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from builder.catalogue import Catalogue
from builder.model import Entity, Found, Reading
from builder.naming.document_words import DocumentWords, document_words
from builder.naming.following import (
    ALIAS,
    PATTERN,
    Covered,
    Hit,
    Known,
    Shorts,
    acronyms,
    found,
    known_in,
    settle,
    stand_ins,
)
from builder.naming.names import Form, Names
from builder.naming.program_forms import is_part_of_more, lengthened, short_forms, stands_for
from builder.naming.program_named import Named
from builder.naming.program_patterns import keyword_programs
from builder.naming.program_shapes import shaped_programs
from builder.naming.program_spelled import spelled_out
from builder.naming.program_told import told_programs
from builder.naming.program_words import small_endings
from builder.naming.runs import is_generic, starts_sentence

KIND = "program"
# " 2017-2026": what may follow a name that fills a headline
_YEARS = re.compile(r",? ?(?:\(?(?:19|20)\d\d(?: ?[-–/] ?(?:(?:19|20)\d\d|\d\d))?\)?)?[ .*]*")
_AGAIN = "name met again"


# "BY ", " FOR": words in capitals beside a name
_CAPITALS = re.compile(r"[A-Z]{2,}[ :]*$"), re.compile(r" [A-Z]{2,}")
# "Joining forces": what a sentence may begin with, though a name has these words
_PLAIN = re.compile(r"[A-Z][a-z']*(?: [a-z']+)+")


def find_programs(reading: Reading, catalogue: Catalogue) -> Iterable[Found]:
    """Return the programs that a document names; candidates for what the catalogue lacks."""
    texts = reading.texts
    bodies = catalogue.names_of("organization")
    known = _outside(reading, known_in(texts, catalogue.names_of(KIND)), known_in(texts, bodies))
    named = dict(_patterns(document_words(texts), bodies))
    kept = _beside_known(reading, named, known.full)
    hits = settle([*known.full, *kept])
    candidates = {hit.key: _entity(named[hit]) for hit in hits if hit in named}
    held = catalogue.entities(KIND)
    candidates = {key: entity for key, entity in candidates.items() if key not in held}
    follow = Shorts(_forms(reading, hits, candidates, held.values(), bodies))
    followed = known_in(texts, follow.names)
    given = {hit for group in known.short for hit in group}

    def fits(text: str, hit: Hit) -> bool:
        return not is_part_of_more(text, hit) and (hit in given or stands_for(text, hit))

    shorts = [*known.short, *followed.short]
    later = stand_ins(reading, hits, shorts, shared=follow.shared, fits=fits)
    later = [
        hit
        if hit in given
        else _ranked(reading, hit, (held.get(hit.key) or candidates[hit.key]).name)
        for hit in later
    ]
    more = [hit._replace(rank=PATTERN, rule=_AGAIN) for hit in followed.full]
    settled = settle(_lengthened(reading, [*hits, *later, *more]))
    return tuple(found(settled, candidates))


def _outside(reading: Reading, known: Known, bodies: Known) -> Known:
    """Leave out what is part of the name of a body: "Social Security" in its Administration's.

    And what only begins a sentence: "Joining forces with".
    """
    covered = Covered(bodies.full)

    def stands(hit: Hit) -> bool:
        text = reading.texts[hit.block]
        if starts_sentence(text, hit.start) and _PLAIN.fullmatch(text, hit.start, hit.end):
            return text.endswith(small_endings(), hit.start, hit.end)
        if _is_shouted(text, hit):
            return False
        inside = covered.overlapping(hit.block, hit.start, hit.end)
        return not any(one.start <= hit.start and hit.end < one.end for one in inside)

    return Known(tuple(hit for hit in known.full if stands(hit)), known.short)


def _is_shouted(text: str, hit: Hit) -> bool:
    """Tell whether plain words of a longer text in capitals only look like a name."""
    surface = text[hit.start : hit.end]
    if " " not in surface or not surface.isupper() or surface.lower().endswith(small_endings()):
        return False
    before, behind = _CAPITALS
    low = max(0, hit.start - 12)
    return (
        before.search(text, low, hit.start) is not None or behind.match(text, hit.end) is not None
    )


def _patterns(words: DocumentWords, bodies: Names) -> Iterator[tuple[Hit, Named]]:
    """Yield what patterns find; in a headline only a name that fills it ("SUBJECT: …" too)."""
    known = Covered(known_in(words.texts, bodies).full)
    for block, one in (
        *shaped_programs(words),
        *spelled_out(words),
        *told_programs(words),
        *keyword_programs(words, bodies),
    ):
        if words.is_headline(block) and not _fills(words.texts[block], one):
            continue
        inside = known.overlapping(block, one.start, one.end)
        text = words.texts[block]
        if not any(_is_body(text, one, body) for body in inside):
            yield Hit(block, one.start, one.end, one.key, PATTERN, one.rule), one


def _is_body(text: str, one: Named, body: Hit) -> bool:
    """Tell whether a name is that of a body, be it with a word before it: "UN" of its agency."""
    if body.start <= one.start:
        return one.end <= body.end
    before = text[one.start : body.start]
    return body.end == one.end and (before in ("UN ", "EU ") or is_generic(before))


def _fills(text: str, one: Named) -> bool:
    """Tell whether a headline is nothing but the name; a number makes a name anywhere."""
    if one.end == one.core_end and text[one.end - 1].isdigit():
        return True
    if one.sort == "national emergency":
        return True
    before, after = text[: one.start], text[one.end :]
    opens = not before.strip() or before.endswith((": ", "'s "))
    return opens and _YEARS.fullmatch(after) is not None


def _beside_known(reading: Reading, named: dict[Hit, Named], known: Iterable[Hit]) -> Iterator[Hit]:
    """Yield the patterns' hits that are more than a catalogue name with words around it."""
    covered = Covered(known)
    for hit, one in named.items():
        inside = [
            other
            for other in covered.overlapping(hit.block, hit.start, hit.end)
            if hit.start <= other.start and other.end <= hit.end
        ]
        last = next((other for other in inside if other.end == hit.end), None)
        core = last or next((other for other in inside if other.end == one.core_end), None)
        if core is None:
            if not (inside and one.is_small):
                yield hit
        elif not one.is_small:
            yield from _around_core(reading.texts[hit.block], hit, core, one.sort)


def _around_core(text: str, hit: Hit, core: Hit, sort: str) -> Iterator[Hit]:
    """Yield what a pattern makes of a catalogue name with more words before or behind it.

    "Controlled Substances Act of 1970" is the act; "Global Coalition to End Hunger" is not the
    coalition that the catalogue knows by its first two words, nor "John Marsh Harbor Act" the
    Harbor Act.
    """
    before, behind = text[hit.start : core.start], text[core.end : hit.end]
    if before == '"':
        yield hit._replace(key=core.key, rank=ALIAS, rule=core.rule)
    elif before and sort == "statute" and not is_generic(before):
        yield hit
    elif behind and (" Year " in behind or " FY" in behind or not behind[-4:].isdigit()):
        if not before:
            yield hit
    elif behind:
        yield hit._replace(start=core.start, key=core.key, rank=ALIAS, rule=core.rule)


def _entity(one: Named) -> Entity:
    return Entity(kind=KIND, key=one.key, name=one.name, sort=one.sort, reviewed=False)


def _forms(
    reading: Reading,
    hits: list[Hit],
    candidates: dict[str, Entity],
    held: Iterable[Entity],
    bodies: Names,
) -> Iterator[Form]:
    """Yield what can stand for the programs that this document names."""
    for form in acronyms(reading, hits):
        # "World Trade Organization (WTO) Agreement" does not make "WTO" the agreement
        same = (body.form for body in bodies.find(form.text) if body.form.text == form.text)
        if all(body.short for body in same):
            yield form
    named = {hit.key for hit in hits}
    for entity in candidates.values():
        yield Form(entity.name, entity.key)
    for entity in (*candidates.values(), *held):
        if entity.key in named:
            for text in short_forms(entity.name):
                yield Form(text, entity.key, short=True, exact=True)


def _ranked(reading: Reading, hit: Hit, name: str) -> Hit:
    """Let a name of its own go before a short form, unless they differ in general words only.

    "Drug Strategy" stands for "U.S. Drug Strategy"; "First Step Act" does not stand for
    "Advancing First Step Act".
    """
    before = name.partition(reading.texts[hit.block][hit.start : hit.end])[0]
    rank = ALIAS if is_generic(before) else PATTERN + 1
    return hit._replace(rank=rank)


def _lengthened(reading: Reading, hits: Iterable[Hit]) -> Iterator[Hit]:
    """Yield the hits, each with the keyword that follows it: "HIDTA" becomes "HIDTA program"."""
    for hit in hits:
        end = lengthened(reading.texts[hit.block], hit.start, hit.end) if hit.key else hit.end
        yield hit._replace(end=end)
