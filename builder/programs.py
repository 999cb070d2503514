"""Programs in a document: initiatives, statutes, strategies, orders, summits and their kin.

The catalogue's names come first; then patterns (a keyword and the capitalized words around it) find
what no editor has listed yet; then acronyms and short forms follow the names through the document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from builder.catalogue import Catalogue
from builder.model import Entity, Found, Reading
from builder.names import Form, Names, slug
from builder.naming import ALIAS, PATTERN, Hit, acronyms, found, known_names, settle, stand_ins
from builder.program_patterns import Named, lengthened, named_programs, short_forms, stands_for
from builder.runs import is_title_case

KIND = "program"


def find_programs(reading: Reading, catalogue: Catalogue) -> Iterable[Found]:
    """Return the programs that a document names; candidates for what the catalogue lacks."""
    known = known_names(reading, catalogue.names_of(KIND))
    bodies = catalogue.names_of("organization")
    named = {
        Hit(block, one.start, one.end, one.key, PATTERN): one
        for block, text in enumerate(reading.texts)
        if text
        for one in _patterns(text, bodies)
    }
    kept = _beside_known(reading, named, known.full)
    hits = settle([*known.full, *kept])
    candidates = {hit.key: _entity(named[hit]) for hit in hits if hit in named}
    held = catalogue.entities(KIND)
    candidates = {key: entity for key, entity in candidates.items() if key not in held}
    follow = Names(_forms(reading, hits, candidates, held.values()))
    followed = known_names(reading, follow) if follow.size else None
    shorts = [*known.short, *(followed.short if followed else ())]
    given = {hit for group in known.short for hit in group}
    later = stand_ins(
        reading, hits, shorts, fits=lambda text, hit: hit in given or stands_for(text, hit)
    )
    more = [Hit(h.block, h.start, h.end, h.key, ALIAS) for h in followed.full] if followed else []
    settled = settle(_lengthened(reading, [*hits, *later, *more]))
    return tuple(found(settled, candidates))


def _patterns(text: str, bodies: Names) -> Iterator[Named]:
    """Yield what patterns find; in a headline only a name that fills it ("SUBJECT: …" too)."""
    known = [(body.start, body.end) for body in bodies.find(text)]
    headline = is_title_case(text)
    for one in named_programs(text, bodies):
        before, after = text[: one.start], text[one.end :]
        if headline and (before.strip() and not before.endswith(": ") or after.strip(" .*")):
            continue
        if not any(start <= one.start and one.end <= end for start, end in known):
            yield one


def _beside_known(
    reading: Reading, named: dict[Hit, Named], known: Iterable[Hit]
) -> Iterator[Hit]:
    """Yield the patterns' hits that are more than a catalogue name with words around it."""
    starts = {(hit.block, hit.start): hit for hit in settle(known)}
    ends = {(hit.block, hit.end): hit for hit in starts.values()}
    for hit, one in named.items():
        inside = ends.get((hit.block, hit.end)) or ends.get((hit.block, one.core_end))
        if inside and inside.start >= hit.start:
            if inside.end == hit.end or inside.start > hit.start:
                continue
            if reading.texts[hit.block][inside.end : hit.end].strip(" ,")[-4:].isdigit():
                yield Hit(hit.block, hit.start, hit.end, inside.key, ALIAS)
                continue
        yield hit


def _entity(one: Named) -> Entity:
    return Entity(kind=KIND, key=one.key, name=one.name, sort=one.sort, reviewed=False)


def _forms(
    reading: Reading,
    hits: list[Hit],
    candidates: dict[str, Entity],
    held: Iterable[Entity],
) -> Iterator[Form]:
    """Yield what can stand for the programs that this document names."""
    yield from acronyms(reading, hits)
    named = {hit.key for hit in hits}
    for entity in candidates.values():
        yield Form(entity.name, entity.key)
    for entity in (*candidates.values(), *held):
        if entity.key in named:
            for text in short_forms(entity.name):
                yield Form(text, entity.key, short=True, exact=True)


def _lengthened(reading: Reading, hits: Iterable[Hit]) -> Iterator[Hit]:
    """Yield the hits, each with the keyword that follows it: "HIDTA" becomes "HIDTA program"."""
    for hit in hits:
        end = lengthened(reading.texts[hit.block], hit.start, hit.end) if hit.key else hit.end
        yield Hit(hit.block, hit.start, end, hit.key, hit.rank)


__all__ = ["find_programs", "slug"]
