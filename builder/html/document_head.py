"""Says above a document's text what it is, where it comes from, and what it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from builder.citing.coins import coins_html
from builder.counting import size_in_words
from builder.dating.display import date_in_words
from builder.html.document_downloads import DOWNLOADS, SOURCE
from builder.html.figure_words import figure_words
from builder.html.language_note import language_of, not_annotated, other_language
from builder.html.outbound import no_copy
from builder.html.rendering import html
from builder.html.shown import Shown
from builder.html.titles import date_of, how_known, known_in_words
from builder.kinds import KINDS, Kind
from builder.model import Annotated, Document, Figure, Known, Mention, Metadata
from builder.web_address import host_of

ROOT = "../../"
BRIEF = 24
"""How many characters the strip of facts has for how a value is known."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact on a document: how it is known in full, and, where that is short, beside its value."""

    label: str
    value: str
    known: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """An entity or figure that a document names: its first passage, and how often."""

    name: str
    first: str
    count: int
    address: str = ""
    reviewed: bool = True


def document_head(one: Annotated, site: Shown) -> dict[str, object]:
    """Return what the template `document_head` shows."""
    document, metadata = one.document, one.document.metadata
    named, facts = named_in(one, site), _facts(document)
    url, archived = metadata.url.value or "", site.references[document.slug].archived
    present = {mention.kind for mention in one.mentions}
    return {
        "document": document,
        "coins": html(coins_html(site.references[document.slug])),
        "facts": facts,
        "notes_on_facts": [
            *((fact.label, fact.known) for fact in facts if fact.known and not fact.short),
            *([] if url else [("Original", _on_original(metadata))]),
        ],
        "length": _length(document),
        "marked": [kind for kind in KINDS if kind.name in present],
        "downloads": DOWNLOADS,
        "sizes": {SOURCE.file: size_in_words(len(document.source.text.encode()))},
        "not_annotated": not_annotated(document),
        "title_note": "" if metadata.title.provenance == "stated" else how_known(metadata.title),
        "url": url,
        "host": host_of(url),
        "original_note": _on_original(metadata),
        "archived": archived,
        "unarchived": no_copy(archived) if url else "",
        "rights": metadata.rights,
        "rights_note": how_known(metadata.rights),
        "file_name": document.source.path.rsplit("/", 1)[-1],
        "named": named,
        "has_unreviewed": any(not item.reviewed for _, listed in named for item in listed),
    }


def _facts(document: Document) -> list[Fact]:
    metadata = document.metadata
    facts = [
        Fact("Issuer", known_in_words(metadata.issuer), how_known(metadata.issuer)),
        Fact("Date", date_of(metadata), how_known(metadata.date), _briefly_known(metadata.date)),
    ]
    if metadata.type.value:
        facts.append(Fact("Kind", known_in_words(metadata.type), how_known(metadata.type)))
    if other_language(document):
        language = language_of(metadata)
        facts.append(Fact("Language", known_in_words(language), how_known(language)))
    return facts


def _briefly_known(known: Known) -> str:
    """Return how a value is known where a few words say it; brackets tell the rest at a glance."""
    words = how_known(known)
    return words if len(words) <= BRIEF else ""


def _on_original(metadata: Metadata) -> str:
    """Return how the original address is known, and when the file was fetched from there."""
    told = [how_known(metadata.url) if metadata.url.value else "address not known"]
    if metadata.retrieved.value:
        told.append(f"retrieved {date_in_words(metadata.retrieved.value)}")
    return "; ".join(filter(None, told))


def _counted(figure: Figure) -> str:
    """Return a figure with what is counted, "159 countries", where a few words name it."""
    words = figure_words(figure)
    if figure.unit == "count" and figure.of and len(figure.of) <= BRIEF:
        return f"{words} {figure.of}"
    return words


def _length(document: Document) -> str:
    words = sum(len(block.text.split()) for block in document.passages)
    count = len(document.passages)
    return f"{count:,} {'passage' if count == 1 else 'passages'}, {words:,} words"


def named_in(one: Annotated, site: Shown) -> list[tuple[Kind, list[Named]]]:
    """Return, for each kind that the document names, its entities by number of mentions.

    A claim stands in the place of its figures, which say the same.
    """
    counted: dict[str, dict[str, list[Mention]]] = {kind.name: {} for kind in KINDS}
    for mention in one.mentions:
        if mention.figure is None:
            counted[mention.kind].setdefault(mention.entity, []).append(mention)
    for claim in site.index.claims_of(one.document.slug):
        counted["figure"][claim.id] = [statement.mention for statement in claim.statements]
    listed = []
    for kind in KINDS:
        if kind.name == "date":
            continue
        named = [_named(mentions, one.document, site) for mentions in counted[kind.name].values()]
        if kind.pages:
            named.sort(key=lambda item: (-item.count, item.name))
        if named:
            listed.append((kind, named))
    return listed


def _named(mentions: Sequence[Mention], document: Document, site: Shown) -> Named:
    first = mentions[0]
    block = document.blocks[first.block]
    if first.figure:
        return Named(_counted(first.figure), first.id or block.anchor or "", len(mentions))
    who = (first.kind, first.entity)
    entry = site.index.by_who[who]
    return Named(
        entry.entity.name,
        block.anchor or "",
        len(mentions),
        ROOT + site.addresses.get(who, ""),
        entry.entity.reviewed,
    )
