"""Annotates a document: runs every kind's finder over it and settles where they overlap.

One rule settles it: leftmost, then longest; spans nest or stand apart, never cross. Nothing is
needed but the document and the catalogue, so documents can be annotated anywhere, in any order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from builder.catalogue import Catalogue
from builder.fold import fold
from builder.kinds import KINDS, Kind, function_named
from builder.language_names import ENGLISH
from builder.model import Annotated, Block, Document, Entity, Found, Mention, Reading, Span
from builder.naming.named import find_named
from builder.numbers.printed import as_printed
from builder.reviewing.apply import apply_decisions
from builder.reviewing.decisions import Decision

# A number or a date that is part of a name is no claim of its own.
CLAIMS = frozenset(kind.name for kind in KINDS if kind.claim)
# "https://www.example.gov/a", "www.example.gov", "example.gov/fentanyl"
_ADDRESS = re.compile(
    r"\b(?:(?:https?://|www\.)\S*[\w/]"
    r"|(?:[\w-]{1,60}\.){1,5}(?:com|org|gov|net|edu|int|mil|eu|uk|au|mx|ca)/\S*[\w/])",
    re.IGNORECASE,
)
# " campaign", " (ROW) program": what stands behind a link that gives a name
_TAIL = re.compile(r"[\"”’]?,?(?: \([^()]*\))? [a-z]+")


def annotate(document: Document, catalogue: Catalogue) -> Annotated:
    """Return the document with all its mentions, in source order, and the candidates it names."""
    reading = reading_of(document)
    found = [(kind.name, item) for kind in KINDS for item in found_by(kind, reading, catalogue)]
    found = _in_links(found, document.blocks)
    found, _, decisions = _decided(found, reading, document, catalogue)
    mentions: list[Mention] = []
    candidates: dict[tuple[str, str], Entity] = {}
    for kind, item in settle(found):
        mentions.append(_mention(kind, item, document))
        if item.candidate is not None:
            candidates.setdefault((kind, item.entity), item.candidate)
    mentions.sort(key=lambda mention: (mention.span.start, -mention.span.end))
    decided = tuple(sorted({decision.about for decision in decisions}))
    return Annotated(document, tuple(mentions), tuple(candidates.values()), decided)


def _decided(
    found: Iterable[tuple[str, Found]],
    reading: Reading,
    document: Document,
    catalogue: Catalogue,
) -> tuple[list[tuple[str, Found]], list[tuple[str, Found]], frozenset[Decision]]:
    """Return what is found as editors decided on it, what they dropped, and their decisions."""
    return apply_decisions(
        found, catalogue.decisions, catalogue.names, reading.texts, document.slug
    )


def passed_over(document: Document, catalogue: Catalogue) -> Iterator[Mention]:
    """Yield what finders looked at and left out, with the rules that say why, kind by kind."""
    reading = reading_of(document)
    if catalogue.decisions.lines:
        found = [(kind.name, item) for kind in KINDS for item in found_by(kind, reading, catalogue)]
        for name, item in _decided(found, reading, document, catalogue)[1]:
            yield _mention(name, item, document)
    for kind in KINDS:
        if kind.passed_over:
            for item in function_named(kind.passed_over)(reading, catalogue):
                yield _mention(kind.name, item, document)


def reading_of(document: Document) -> Reading:
    """Return what finders read of a document."""
    return Reading(
        tuple(_read(block) for block in document.blocks),
        tuple(block.kind for block in document.blocks),
        document.metadata,
    )


def _in_links(
    found: Iterable[tuple[str, Found]], blocks: Sequence[Block]
) -> list[tuple[str, Found]]:
    """Return what is found, names that a link gives without the small word behind the link."""
    links = [
        [mark.span for mark in block.marks if mark.tag == "link"] if block.marks else ()
        for block in blocks
    ]
    return [
        (kind, _in_link(item, links[item.block], blocks[item.block].text))
        if links[item.block] and kind not in CLAIMS
        else (kind, item)
        for kind, item in found
    ]


def _in_link(item: Found, links: Iterable[Span], text: str) -> Found:
    """Return a name that a link gives without the small word behind it: "[Free Ports] campaign"."""
    at = item.at
    for link in links:
        within = link.start <= at.start < link.end < at.end
        if within and _TAIL.fullmatch(text, link.end, at.end):
            return replace(item, at=Span(at.start, link.end))
    return item


def _mention(kind: str, item: Found, document: Document) -> Mention:
    block = document.blocks[item.block]
    span = block.source_span(item.at, document.source.text)
    return Mention(
        kind=kind,
        entity=item.entity,
        at=item.at,
        span=span,
        surface=document.source.text[span.start : span.end],
        block=item.block,
        figure=as_printed(item.figure, block.text) if item.figure else None,
        rules=item.rules,
    )


def _read(block: Block) -> str:
    """Return what finders read of a block: English, no furniture, nothing across table cells.

    What stands in an address says nothing: "https://www.example.gov/news/fentanyl/" names no drug.
    """
    if block.kind == "furniture" or block.language != ENGLISH:
        return ""
    text = fold(block.text)
    if "/" in text or "www" in text.lower():  # no address is without either
        text = _ADDRESS.sub(lambda found: "|" * len(found[0]), text)
    if block.kind != "table":
        return text
    parted = list(text)
    for mark in block.marks:
        if mark.tag in ("td", "th") and mark.span.end < len(parted):
            parted[mark.span.end] = "|"
    return "".join(parted)


def found_by(kind: Kind, reading: Reading, catalogue: Catalogue) -> list[Found]:
    """Return what the finder of one kind finds, before overlaps with other kinds are settled."""
    if not kind.find:
        return list(find_named(kind.name, reading, catalogue))
    return list(function_named(kind.find)(reading, catalogue))


def settle(found: Iterable[tuple[str, Found]]) -> list[tuple[str, Found]]:
    """Return what stands after overlaps are settled; among equal spans the first kind stands."""
    # What is equal stays in order: so the first kind stands.
    order = sorted(found, key=lambda one: (one[1].block, one[1].at.start, -one[1].at.end))
    settled: list[tuple[str, Found]] = []
    around: list[tuple[str, Found]] = []  # what is open at the place reached, outermost first
    for kind, item in order:
        while around and (
            around[-1][1].block != item.block or around[-1][1].at.end <= item.at.start
        ):
            around.pop()
        if around and not _fits(kind, item.at, *around[-1]):
            continue
        settled.append((kind, item))
        around.append((kind, item))
    return settled


def _fits(kind: str, at: Span, outer_kind: str, outer: Found) -> bool:
    if not outer.at.contains(at) or outer.at == at or outer_kind == kind:
        return False
    return kind not in CLAIMS or outer_kind in CLAIMS
